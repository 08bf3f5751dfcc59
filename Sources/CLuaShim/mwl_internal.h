/* What the files of the shim share. Nothing here is seen by Swift. */
#ifndef MWL_INTERNAL_H
#define MWL_INTERNAL_H

#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>
#include <stdatomic.h>
#include <string.h>

#include "moonwire_lua.h"

enum {
    MWL_HOOK_INTERVAL = 100,
    MWL_CLOSE_DEPTH = 100,
    MWL_SOURCE_LIMIT = 256 << 10,
    MWL_LOAD_LIMIT = 64 << 10,
    MWL_ELEMENTS = 1 << 20,
    MWL_ELEMENTS_META = 1 << 16,
    MWL_LOCATION = 160,
    MWL_SPARED = 16,
};

/* Flags in the extra space of every coroutine. */
enum {
    MWL_CO_ROOT = 1,
    MWL_CO_PARKED = 2,
    MWL_CO_NO_WAIT = 4, /* resumed from where its resumer cannot yield, or being closed */
};

struct mwl_task {
    mwl_state *state;
    lua_State *L;
    mwl_task *previous, *next;
    int anchor;
    int cancel_ref; /* the cancellation's error object, once made */
    int phase;
    int reason;
    int64_t deadline;
    bool started;
    bool cleanup;
    bool raised; /* the cancellation was delivered once */
    bool sticky; /* and caught: every later wait raises it anew */
    bool keep_traceback;
    bool inner_traceback;
    char *traceback;
    size_t traceback_size, traceback_capacity;
    size_t size;
    char name[]; /* at most 63 bytes */
};

typedef struct mwl_cells {
    mwl_cell *cells;
    uint32_t count, capacity;
} mwl_cells;

/* What one host function needs to be called; its closure holds a pointer to it. Made in blocks, freed with the state. */
typedef struct mwl_stub {
    mwl_state *state;
    const char *name; /* for messages; the host's, which outlives us */
    int32_t id;
    uint32_t flags;
} mwl_stub;

enum { MWL_STUB_BLOCK = 42 }; /* 42 stubs fill about a KiB */

typedef struct mwl_stub_block {
    struct mwl_stub_block *next;
    uint32_t count;
    mwl_stub stubs[MWL_STUB_BLOCK];
} mwl_stub_block;

struct mwl_state {
    lua_State *L;
    mwl_callbacks host;
    mwl_limits limits;

    /* memory */
    uint64_t used, peak, soft, hard;
    bool armed, over_cancel_limit;
    uint64_t allocations;

    /* the entry */
    lua_State *running;
    mwl_task *task;
    mwl_task *tasks;
    mwl_task *finished;
    int64_t entry_wall; /* as of the entry's first check; 0: not yet */
    int64_t burst_due, burst_base, seen_at;
    uint64_t entries;
    int close_depth;

    uint64_t checks; /* counted with the test hook only */

    /* phases */
    _Atomic(uint32_t) requested; /* phase | reason << 8, from other threads */
    int phase, reason;
    int64_t deadline, grace_end;
    int kill_ref, memory_ref, dump_found;

    /* messages */
    mwl_cells arena; /* for messages that take more than the inline cells */
    mwl_message *request; /* in the report of the resume that runs */
    mwl_cell request_room[MWL_INLINE_CELLS];
    const mwl_message *answer;
    int answer_mode;
    int request_id;
    char location[MWL_LOCATION];
    int *pending_refs;
    uint32_t pending_count, pending_capacity;
    uint64_t references;

    /* host functions */
    mwl_stub_block *stubs;

    /* handles */
    uint64_t handles;
    int spared; /* instructions left for a new handle to reach its variable */
    uint64_t *released;
    size_t released_count, released_capacity;

    /* registry references */
    int classes_ref, ephemeron_ref, failure_meta_ref, loaded_ref, preludes_ref, anchors_ref, primitives_ref;
    lua_CFunction stock_time, stock_date;

    /* for the watchdog */
    _Atomic(uint64_t) entered;
    _Atomic(const char *) published;
    char published_name[96];
    char seen[MWL_LOCATION];
    _Atomic(uint32_t) seen_version, phase_seen;
};

typedef struct mwl_handle {
    uint32_t class_id, slot, generation;
    bool open;
    int64_t identity;
} mwl_handle;

/* state */
static inline mwl_state *mwl_of(lua_State *L) {
    void *state;
    (void)lua_getallocf(L, &state);
    return state;
}

static inline uintptr_t *mwl_flags(lua_State *L) {
    return lua_getextraspace(L);
}

void *mwl_allocate(mwl_state *st, void *block, size_t old_size, size_t size);
int64_t mwl_now(void);
void mwl_begin_burst(mwl_state *st, int64_t now);
_Noreturn void mwl_no_memory(lua_State *L);

/* checks */
void mwl_hook(lua_State *L, lua_Debug *ar);
void mwl_check(lua_State *L, mwl_state *st);
void mwl_remember_line(lua_State *L, mwl_state *st);
void mwl_take_request(mwl_state *st);
int mwl_effective_phase(mwl_state *st);
int mwl_hook_interval(mwl_state *st);
bool mwl_is_cancellation(lua_State *L, mwl_state *st, int index);
void mwl_caught(lua_State *L, mwl_state *st, int index);
_Noreturn void mwl_raise_phase(lua_State *L, mwl_state *st);
void mwl_refuse_wait(lua_State *L, mwl_state *st, bool shielded);
static inline void mwl_read_request(mwl_state *st) {
    if (atomic_load_explicit(&st->requested, memory_order_relaxed) != 0) mwl_take_request(st);
}

static inline void mwl_before_wait(lua_State *L, mwl_state *st, bool shielded) {
    mwl_read_request(st);
    if (st->phase != MWL_PHASE_RUN || st->task->phase != MWL_PHASE_RUN) mwl_refuse_wait(L, st, shielded);
}

static inline void mwl_publish(mwl_state *st, const char *what) {
    atomic_store_explicit(&st->published, what, memory_order_release);
}

/* errors */
_Noreturn void mwl_fail(lua_State *L, const char *kind, const char *format, ...);
_Noreturn void mwl_bad_argument(lua_State *L, int argument, const char *function, const char *problem);
void mwl_push_failure_meta(lua_State *L, mwl_state *st);
bool mwl_is_failure(lua_State *L, mwl_state *st, int index);
bool mwl_locate(lua_State *L, int level, char *out, size_t size);
int mwl_message_handler(lua_State *L);
void mwl_capture(lua_State *L, mwl_task *task, bool append);
size_t mwl_stack_text(lua_State *L, int level, char *out, size_t size);
void mwl_open_errors(lua_State *L, mwl_state *st);

/* codec */
enum { MWL_ENCODE_CALLBACKS = 1, MWL_ENCODE_LENIENT = 2 };
typedef struct mwl_encoder mwl_encoder;
void mwl_encode(lua_State *L, mwl_state *st, int first, int last, int options, const char *function, int offset,
                mwl_cell *inline_cells, mwl_message *out);
int mwl_push_message(lua_State *L, mwl_state *st, const mwl_message *message);
void mwl_push_failure(lua_State *L, mwl_state *st, const mwl_message *message);
void mwl_drop_pending(lua_State *L, mwl_state *st);

/* calls, objects */
void mwl_push_stub(lua_State *L, mwl_state *st, const char *name, int id, uint32_t flags);
mwl_handle *mwl_to_handle(lua_State *L, mwl_state *st, int index);
static inline void mwl_handle_cell(const mwl_handle *handle, mwl_cell *cell) {
    *cell = (mwl_cell){.kind = MWL_HANDLE, .flags = handle->open ? 0 : 1, .aux = handle->class_id};
    cell->integer = handle->identity;
    cell->slot = handle->slot;
    cell->generation = handle->generation;
}

void mwl_push_handle(lua_State *L, mwl_state *st, const mwl_cell *cell);

/* libraries */
void mwl_open_base(lua_State *L, mwl_state *st);
void mwl_protect_globals(lua_State *L, bool interactive);
void mwl_open_coroutines(lua_State *L, mwl_state *st);
void mwl_open_strings(lua_State *L, mwl_state *st);
void mwl_check_long_strings(lua_State *L, const char *const *names);
void mwl_open_tables(lua_State *L, mwl_state *st);
void mwl_open_primitives(lua_State *L, mwl_state *st);
int mwl_load(lua_State *L, const char *bytes, size_t size, const char *name);
extern const luaL_Reg mwl_matchers[];

extern const char mwl_mark;

#endif
