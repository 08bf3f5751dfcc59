/* Drives the shim for sanitizers and valgrind. Fails unless every session gives all its memory back.

     session allocations FILE   the session of FILE, with each allocation failing once, then with all behind it failing
     session run FILE...        each FILE as a script of its own, under a limit of 32 MiB */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "moonwire_lua.h"

enum { ADD = 1, WAIT, MAKE, KEEP, FAIL, METHOD, CLOSE };

static mwl_cell answer_cell;
static uint32_t last_slot;
static int32_t references[256];
static size_t reference_count;
static uint64_t written;

static int32_t call(void *context, int32_t id, const mwl_message *arguments, const char *location, mwl_message *answer) {
    (void)context;
    (void)location;
    answer_cell = (mwl_cell){.kind = MWL_NIL};
    switch (id) {
    case ADD:
        answer_cell.kind = MWL_INTEGER;
        answer_cell.integer = arguments->cells[0].integer + arguments->cells[1].integer;
        break;
    case MAKE:
        answer_cell = (mwl_cell){.kind = MWL_HANDLE, .aux = 1, .integer = ++last_slot};
        answer_cell.slot = last_slot;
        answer_cell.generation = 1;
        break;
    case KEEP:
        for (uint32_t i = 0; i < arguments->count; i++) {
            if (arguments->cells[i].kind == MWL_FUNCTION && reference_count < 256)
                references[reference_count++] = (int32_t)arguments->cells[i].aux;
        }
        answer_cell.kind = MWL_TRUE;
        break;
    case FAIL:
        answer_cell.kind = MWL_FAILURE;
        break;
    default:
        break;
    }
    *answer = (mwl_message){&answer_cell, 1, 1};
    return id == FAIL ? MWL_RAISE : MWL_RETURN;
}

static void describe(void *context, uint32_t id, mwl_class *out) {
    static const mwl_member members[] = {
        {"method", 'm', METHOD, MWL_RECEIVER},
        {"__close", 'c', WAIT, MWL_RECEIVER | MWL_WAITS},
    };
    (void)context;
    (void)id;
    *out = (mwl_class){"thing", members, 2};
}

static int32_t write_out(void *context, const uint8_t *bytes, size_t size, mwl_message *answer) {
    (void)context;
    (void)answer;
    for (size_t i = 0; i < size; i++) written += bytes[i];
    return MWL_RETURN;
}

static double wall(void *context) {
    (void)context;
    return 0;
}

static bool bind_all(mwl_state *state) {
    static const char prelude[] = "local host, vm = ... return { try = vm.try }";
    static const struct {
        const char *name;
        int id;
        uint32_t flags;
    } functions[] = {{"add", ADD, 0}, {"wait", WAIT, MWL_WAITS}, {"make", MAKE, 0}, {"keep", KEEP, MWL_CALLBACKS}, {"fail", FAIL, 0}};
    char message[200];
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
        mwl_binding binding = {.module = "_G", .name = functions[i].name, .place = MWL_IN_GLOBALS, .id = functions[i].id, .flags = functions[i].flags};
        if (!mwl_register(state, &binding, message, sizeof message)) return false;
    }
    mwl_binding binding = {.module = "session", .place = MWL_PRELUDE, .target = MWL_IN_GLOBALS, .source = (const uint8_t *)prelude, .source_size = sizeof prelude - 1};
    return mwl_register(state, &binding, message, sizeof message);
}

static mwl_state *make(uint64_t memory, uint64_t fail_at, bool and_after) {
    mwl_callbacks callbacks = {.call = call, .describe = describe, .write = write_out, .wall = wall};
    mwl_limits limits = {.memory_soft = memory, .memory_hard = 4 * memory, .burst = 600000000000, .grace = 600000000000, .grace_burst = 600000000000, .fail_allocation = fail_at, .fail_after = and_after};
    last_slot = 0;
    reference_count = 0;
    return mwl_new(&callbacks, &limits);
}

/* The outcome of the last report; MWL_REFUSED too when the task could not be made. */
static int run(mwl_state *state, const char *text, size_t size, char *message, size_t message_size) {
    mwl_source source = {.bytes = (const uint8_t *)text, .size = size, .name = "@session.lua", .task = "main"};
    mwl_report report;
    mwl_task *task = mwl_spawn(state, &source, &report);
    if (task != NULL) {
        mwl_message none = {0};
        do {
            mwl_resume(state, task, MWL_VALUES, &none, INT64_MAX, &report);
        } while (report.outcome == MWL_WAITING);
    }
    const mwl_cell *cell = report.message.cells;
    *message = '\0';
    if (report.outcome != MWL_FINISHED && report.message.count > 0 && cell->kind == MWL_BYTES)
        snprintf(message, message_size, "%.*s", (int)cell->size, (const char *)cell->bytes);
    const uint64_t *released;
    (void)mwl_released(state, &released);
    return report.outcome;
}

static int end(mwl_state *state, const char *what, uint64_t number) {
    mwl_release(state, references, reference_count);
    uint64_t leaked = mwl_close(state, NULL);
    if (leaked == 0) return 0;
    fprintf(stderr, "%s %llu: %llu bytes leaked\n", what, (unsigned long long)number, (unsigned long long)leaked);
    return 1;
}

static int fail_each_allocation(const char *text, size_t size, bool and_after) {
    char message[200];
    int failures = 0, whole = 0;
    uint64_t number = 1;
    for (; whole < 3 && number < 20000; number++) {
        mwl_state *state = make(8 << 20, number, and_after);
        if (state == NULL) continue;
        if (bind_all(state)) {
            run(state, text, size, message, sizeof message);
            mwl_usage_counts usage;
            mwl_usage(state, &usage);
            if (usage.stack != 0) failures += fprintf(stderr, "allocation %llu: stack of %d\n", (unsigned long long)number, usage.stack) > 0;
            whole += usage.allocations < number;
        }
        failures += end(state, "allocation", number);
    }
    printf("%llu allocations, each failing %s: %s\n", (unsigned long long)number - 4, and_after ? "with all behind it" : "alone", failures == 0 && whole == 3 ? "fine" : "BAD");
    return failures + (whole != 3);
}

static int run_file(const char *path, const char *text, size_t size) {
    char message[200];
    mwl_state *state = make(32 << 20, 0, false);
    if (state == NULL || !bind_all(state)) return 1;
    int outcome = run(state, text, size, message, sizeof message);
    printf("%s: %s %s\n", path, outcome == MWL_FINISHED ? "finished" : "failed:", message);
    return end(state, path, 0);
}

int main(int count, char **arguments) {
    static char text[1 << 16];
    int failures = 0;
    for (int i = 2; i < count; i++) {
        FILE *file = fopen(arguments[i], "r");
        if (file == NULL) return 2;
        size_t size = fread(text, 1, sizeof text, file);
        fclose(file);
        if (strcmp(arguments[1], "run") == 0) {
            failures += run_file(arguments[i], text, size);
        } else {
            failures += fail_each_allocation(text, size, false) + fail_each_allocation(text, size, true);
        }
    }
    return count < 3 ? 2 : failures != 0;
}
