/* Roots: the coroutines the host resumes, one per task. */
#include <stdlib.h>

#include "mwl_internal.h"

enum { SLOT_HANDLER = 1, SLOT_FUNCTION = 2 };

/* ---- Inside the root ---- */

static int root_ended(lua_State *L, int status, lua_KContext context) {
    (void)context;
    mwl_state *st = mwl_of(L);
    bool failed = status != LUA_OK && status != LUA_YIELD;
    int first = failed ? lua_gettop(L) : SLOT_FUNCTION;
    st->request_id = failed;
    mwl_encode(L, st, first, lua_gettop(L), MWL_ENCODE_LENIENT, "return", 0, st->request_room,
               st->request);
    /* What the cells point at stays on this stack until the report has been read. */
    return lua_gettop(L);
}

/* Stack: the task's function. The arguments wait in the answer. */
static int root(lua_State *L) {
    mwl_state *st = mwl_of(L);
    lua_settop(L, 1);
    lua_pushcfunction(L, mwl_message_handler);
    lua_insert(L, SLOT_HANDLER);
    int arguments = mwl_push_message(L, st, st->answer);
    return root_ended(L, lua_pcallk(L, arguments, LUA_MULTRET, SLOT_HANDLER, 0, root_ended), 0);
}

/* ---- Entries ---- */

static void link_task(mwl_state *st, mwl_task *task) {
    task->next = st->tasks;
    if (st->tasks != NULL) st->tasks->previous = task;
    st->tasks = task;
}

static void unlink_task(mwl_state *st, mwl_task *task) {
    if (task->previous != NULL) task->previous->next = task->next;
    if (task->next != NULL) task->next->previous = task->previous;
    if (st->tasks == task) st->tasks = task->next;
}

/* luaL_unref of a reference that exists writes an existing slot and never raises. */
void mwl_discard(mwl_state *st, mwl_task *task) {
    unlink_task(st, task);
    if (task->anchor != LUA_NOREF) {
        if (task->started && lua_status(task->L) == LUA_YIELD) {
            mwl_task *previous = st->task;
            st->task = task;
            *mwl_flags(task->L) |= MWL_CO_NO_WAIT;
            lua_resetthread(task->L);
            st->task = previous;
        }
        luaL_unref(st->L, LUA_REGISTRYINDEX, task->anchor);
    }
    luaL_unref(st->L, LUA_REGISTRYINDEX, task->cancel_ref);
    mwl_allocate(st, task->traceback, task->traceback_capacity, 0);
    mwl_allocate(st, task, task->size, 0);
}

static int spawn_body(lua_State *L) {
    mwl_task *task = lua_touserdata(L, 1);
    const mwl_source *source = lua_touserdata(L, 2);
    lua_settop(L, 0);
    if (source->bytes != NULL) {
        const char *shown = source->name + (*source->name == '@' || *source->name == '=');
        if (source->size > MWL_SOURCE_LIMIT) {
            lua_pushfstring(L, "%s: source too large (a script has at most 256 KiB)", shown);
            return lua_error(L);
        }
        mwl_publish(task->state, shown);
        int status = mwl_load(L, (const char *)source->bytes, source->size, source->name);
        mwl_publish(task->state, NULL);
        if (status != LUA_OK) return lua_error(L);
    } else {
        lua_rawgeti(L, LUA_REGISTRYINDEX, source->function);
    }
    lua_State *co = lua_newthread(L);
    *mwl_flags(co) = MWL_CO_ROOT;
    lua_sethook(co, mwl_hook, LUA_MASKCOUNT, mwl_hook_interval(task->state));
    lua_pushcfunction(co, root);
    lua_pushvalue(L, 1);
    lua_xmove(L, co, 1);
    task->L = co;
    task->anchor = luaL_ref(L, LUA_REGISTRYINDEX);
    return 0;
}

/* A task that ended keeps what its report points at until the next entry. No clock is read: the first check of the entry
   does, and the watchdog times the entry's number. */
static inline void begin_entry(mwl_state *st) {
    mwl_task *finished = st->finished;
    st->finished = NULL;
    if (finished != NULL) mwl_discard(st, finished);
    st->entry_wall = 0;
    st->entries += 1;
    atomic_store_explicit(&st->entered, st->entries, memory_order_release);
}

static inline void end_entry(mwl_state *st) {
    atomic_store_explicit(&st->entered, 0, memory_order_release);
    st->running = NULL;
    st->task = NULL;
}

static int report_body(lua_State *L) {
    mwl_state *st = mwl_of(L);
    mwl_message *message = lua_touserdata(L, 2);
    lua_pushvalue(L, 1);
    lua_setfield(L, LUA_REGISTRYINDEX, "moonwire.error");
    mwl_encode(L, st, 1, 1, MWL_ENCODE_LENIENT, "load", 0, st->request_room, message);
    return 0;
}

/* Encodes the error value on top of the main stack. The registry keeps it, and so its bytes, until the next one. */
static void report_error(mwl_state *st, mwl_report *report) {
    static const mwl_cell no_memory = {
        .kind = MWL_BYTES, .bytes = (const uint8_t *)"not enough memory", .size = sizeof "not enough memory" - 1};
    lua_State *L = st->L;
    lua_pushcfunction(L, report_body);
    lua_insert(L, -2);
    lua_pushlightuserdata(L, &report->message);
    if (lua_pcall(L, 2, 0, 0) != LUA_OK) {
        lua_pop(L, 1);
        report->message = (mwl_message){&no_memory, 1, 1};
    }
}

static inline void fill_phases(mwl_state *st, mwl_task *task, mwl_report *report) {
    report->run_phase = st->phase;
    report->run_reason = st->reason;
    report->task_phase = task != NULL ? task->phase : MWL_PHASE_RUN;
    report->task_raised = task != NULL && task->raised;
}

mwl_task *mwl_spawn(mwl_state *st, const mwl_source *source, mwl_report *report) {
    lua_State *L = st->L;
    *report = (mwl_report){.outcome = MWL_REFUSED};
    begin_entry(st);
    size_t name = strnlen(source->task, 63), task_size = sizeof(mwl_task) + name + 1;
    mwl_task *task = mwl_allocate(st, NULL, 0, task_size);
    static const mwl_cell no_memory = {
        .kind = MWL_BYTES, .bytes = (const uint8_t *)"not enough memory", .size = sizeof "not enough memory" - 1};
    report->message = (mwl_message){&no_memory, 1, 1};
    if (task == NULL || !lua_checkstack(L, 8)) {
        if (task != NULL) mwl_allocate(st, task, task_size, 0);
        end_entry(st);
        return NULL;
    }
    memset(task, 0, task_size);
    task->size = task_size;
    task->state = st;
    task->anchor = task->cancel_ref = LUA_NOREF;
    task->deadline = INT64_MAX;
    task->cleanup = source->cleanup;
    memcpy(task->name, source->task, name);
    link_task(st, task);
    st->running = L;
    lua_pushcfunction(L, spawn_body);
    lua_pushlightuserdata(L, task);
    lua_pushlightuserdata(L, (void *)(uintptr_t)source);
    int status = lua_pcall(L, 2, 0, 0);
    if (status != LUA_OK) report_error(st, report);
    end_entry(st);
    fill_phases(st, NULL, report);
    if (status == LUA_OK) return task;
    mwl_discard(st, task);
    return NULL;
}

/* An error that left the root itself: only when its last message could not be encoded. */
static void report_raw_error(mwl_state *st, mwl_task *task, mwl_report *report) {
    report->outcome = MWL_FAILED;
    lua_State *L = st->L;
    if (lua_checkstack(task->L, 2) && lua_checkstack(L, 8) && lua_gettop(task->L) > 0) {
        lua_xmove(task->L, L, 1);
        report_error(st, report);
    }
}

void mwl_resume(mwl_state *st, mwl_task *task, int32_t mode, const mwl_message *values, int64_t deadline,
                mwl_report *report) {
    int results;
    begin_entry(st);
    st->task = task;
    st->running = task->L;
    st->answer = values;
    report->message = (mwl_message){NULL, 0, 0};
    st->request = &report->message;
    st->answer_mode = mode;
    task->deadline = deadline;
    mwl_read_request(st);
    int arguments = task->started ? 0 : 1; /* the task's function */
    task->started = true;
    int status = lua_resume(task->L, st->L, arguments, &results);
    report->location = NULL;
    report->traceback = NULL;
    end_entry(st);
    fill_phases(st, task, report);
    if (status == LUA_YIELD) {
        st->pending_count = 0; /* the host takes the references over */
        lua_pop(task->L, results);
        report->outcome = MWL_WAITING;
        report->id = st->request_id;
        if (st->location[0] != '\0') report->location = st->location;
        return;
    }
    st->finished = task;
    if (status == LUA_OK) {
        report->outcome = st->request_id ? MWL_FAILED : MWL_FINISHED;
    } else {
        report_raw_error(st, task, report);
    }
    if (report->outcome == MWL_FAILED && task->traceback_size > 0) report->traceback = task->traceback;
}

void mwl_cancel(mwl_state *st, mwl_task *task, int32_t phase, int32_t reason) {
    if (phase == MWL_PHASE_RUN || task->phase == MWL_PHASE_RUN) {
        luaL_unref(st->L, LUA_REGISTRYINDEX, task->cancel_ref);
        task->cancel_ref = LUA_NOREF;
        task->raised = task->sticky = false;
        task->reason = reason;
    }
    task->phase = phase;
}
