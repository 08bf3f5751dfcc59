/* A C host on the shim: its hook, checks and limits, and no Swift. Runs one script; prints what it returns. */
#include <stdlib.h>
#include <string.h>

#include "host.h"
#include "moonwire_lua.h"

enum { ADD, NOW, CPU, WAIT, HOP };

static mwl_cell answer_cell;

static int32_t call(void *context, int32_t id, const mwl_message *arguments, const char *location, mwl_message *answer) {
    (void)context;
    (void)location;
    answer_cell.kind = MWL_INTEGER;
    if (id == ADD) {
        if (arguments->count != 2 || arguments->cells[0].kind != MWL_INTEGER || arguments->cells[1].kind != MWL_INTEGER)
            abort();
        answer_cell.integer = arguments->cells[0].integer + arguments->cells[1].integer;
    } else {
        answer_cell.integer = id == NOW ? monotonic() : thread_cpu();
    }
    *answer = (mwl_message){&answer_cell, 1, 1};
    return MWL_RETURN;
}

static void describe(void *context, uint32_t id, mwl_class *out) {
    (void)context;
    (void)id;
    *out = (mwl_class){.name = "none"};
}

static int32_t write_out(void *context, const uint8_t *bytes, size_t size, mwl_message *answer) {
    (void)context;
    (void)answer;
    fwrite(bytes, 1, size, stdout);
    return MWL_RETURN;
}

static double wall(void *context) {
    (void)context;
    return 0;
}

static bool bind(mwl_state *state, const char *name, int id, uint32_t flags) {
    char message[256];
    mwl_binding binding = {.module = "_G", .name = name, .place = MWL_IN_GLOBALS, .id = id, .flags = flags};
    return mwl_register(state, &binding, message, sizeof message);
}

static char *read_file(const char *path, size_t *size) {
    static char text[1 << 16];
    FILE *file = fopen(path, "r");
    if (file == NULL) return NULL;
    *size = fread(text, 1, sizeof text, file);
    fclose(file);
    return text;
}

static void print_results(const mwl_message *message) {
    for (uint32_t i = 0; i < message->count; i++) {
        const mwl_cell *cell = &message->cells[i];
        printf(i > 0 ? ",%.2f" : "%.2f", cell->kind == MWL_INTEGER ? (double)cell->integer : cell->number);
    }
    printf("\n");
}

int main(int count, char **arguments) {
    mwl_callbacks callbacks = {.call = call, .describe = describe, .write = write_out, .wall = wall};
    mwl_limits limits = {32 << 20, 128 << 20, .burst = 60000000000, .grace = 1000000000, .grace_burst = 500000000};
    size_t size = 0;
    char *text = count == 2 ? read_file(arguments[1], &size) : NULL;
    mwl_state *state = mwl_new(&callbacks, &limits);
    if (text == NULL || state == NULL) return fail("shim SCRIPT");
    if (!bind(state, "add", ADD, 0) || !bind(state, "now", NOW, 0) || !bind(state, "cpu", CPU, 0) ||
        !bind(state, "wait", WAIT, MWL_WAITS) || !bind(state, "hop", HOP, MWL_WAITS))
        return fail("no memory to bind");
    mwl_source source = {.bytes = (const uint8_t *)text, .size = size, .name = "@script", .task = "main"};
    mwl_report report;
    mwl_task *task = mwl_spawn(state, &source, &report);
    if (task == NULL) return fail("the script does not load");
    struct other other;
    other_start(&other);
    mwl_message passed = {0};
    static mwl_cell copies[16];
    do {
        mwl_resume(state, task, MWL_VALUES, &passed, INT64_MAX, &report);
        if (report.outcome != MWL_WAITING) break;
        /* A host copies the request before it does anything else. */
        memcpy(copies, report.message.cells, report.message.count * sizeof *copies);
        passed = (mwl_message){copies, report.message.count, report.message.values};
        if (report.id == HOP) other_ask(&other);
    } while (true);
    if (report.outcome != MWL_FINISHED) return fail("the script failed");
    print_results(&report.message);
    other_end(&other);
    return mwl_close(state, NULL) == 0 ? 0 : fail("the state leaked");
}
