/* Birth and death of a VM: allocator, boot, entries that are no task. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "mwl_internal.h"

const char mwl_mark = 0;

int64_t mwl_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static bool refused(mwl_state *st) {
    uint64_t fail = st->limits.fail_allocation;
    if (fail == 0) return false;
    st->allocations += 1;
    return st->limits.fail_after ? st->allocations >= fail : st->allocations == fail;
}

/* With a null block `old_size` is Lua's type tag, not a size. A block that does not grow is never refused. */
void *mwl_allocate(mwl_state *st, void *block, size_t old_size, size_t size) {
    if (block == NULL) old_size = 0;
    if (size == 0) {
        free(block);
        st->used -= old_size;
        return NULL;
    }
    if (size > old_size && (refused(st) || st->used + (size - old_size) > st->hard)) return NULL;
    void *moved = realloc(block, size);
    if (moved == NULL) return size <= old_size ? block : NULL;
    st->used += size - old_size;
    if (st->used > st->peak) st->peak = st->used;
    if (st->used > st->soft && !st->armed && st->running != NULL) {
        st->armed = true;
        lua_sethook(st->running, mwl_hook, LUA_MASKCOUNT, 1);
    }
    return moved;
}

static void *lua_allocate(void *state, void *block, size_t old_size, size_t size) {
    return mwl_allocate(state, block, old_size, size);
}

static int panicked(lua_State *L) {
    const char *message = lua_type(L, -1) == LUA_TSTRING ? lua_tostring(L, -1) : "(no message)";
    fprintf(stderr, "moonwire: Lua error outside protection: %s\n", message);
    return 0; /* Lua aborts */
}

/* Strings that Lua makes outside protection: interned here, they need no memory there. */
static void anchor_messages(lua_State *L, mwl_state *st) {
    static const char *const messages[] = {
        "cannot resume dead coroutine", "cannot resume non-suspended coroutine", "C stack overflow",
        "error in error handling", "not enough memory", "cancelled",
    };
    int count = (int)(sizeof messages / sizeof *messages);
    lua_createtable(L, count, 0);
    for (int i = 0; i < count; i++) {
        lua_pushstring(L, messages[i]);
        lua_rawseti(L, -2, i + 1);
    }
    st->anchors_ref = luaL_ref(L, LUA_REGISTRYINDEX);
}

static void make_registry(lua_State *L, mwl_state *st) {
    lua_newtable(L);
    st->classes_ref = luaL_ref(L, LUA_REGISTRYINDEX);
    lua_newtable(L);
    st->preludes_ref = luaL_ref(L, LUA_REGISTRYINDEX);
    lua_newtable(L);
    lua_createtable(L, 0, 1);
    lua_pushliteral(L, "k");
    lua_setfield(L, -2, "__mode");
    lua_setmetatable(L, -2);
    st->ephemeron_ref = luaL_ref(L, LUA_REGISTRYINDEX);
    lua_newtable(L); /* the kill error: no script ever sees it */
    st->kill_ref = luaL_ref(L, LUA_REGISTRYINDEX);
}

static int boot(lua_State *L) {
    mwl_state *st = mwl_of(L);
    lua_gc(L, LUA_GCINC, 0, 0, 0);
    anchor_messages(L, st);
    make_registry(L, st);
    mwl_open_errors(L, st);
    mwl_open_base(L, st);
    mwl_open_strings(L, st);
    mwl_open_tables(L, st);
    mwl_open_coroutines(L, st);
    mwl_open_primitives(L, st);
    mwl_protect_globals(L, st->limits.interactive);
    return 0;
}

mwl_state *mwl_new(const mwl_callbacks *callbacks, const mwl_limits *limits) {
    mwl_state *st = calloc(1, sizeof *st);
    if (st == NULL) return NULL;
    st->host = *callbacks;
    st->limits = *limits;
    st->soft = limits->memory_soft;
    st->hard = limits->memory_hard;
    st->deadline = INT64_MAX;
    st->grace_end = INT64_MAX;
    st->memory_ref = LUA_NOREF;
    lua_State *L = lua_newstate(lua_allocate, st);
    if (L == NULL) {
        free(st);
        return NULL;
    }
    st->L = L;
    lua_atpanic(L, panicked);
    *mwl_flags(L) = 0;
    lua_pushcfunction(L, boot);
    if (lua_pcall(L, 0, 0, 0) != LUA_OK) {
        mwl_close(st, NULL);
        return NULL;
    }
    lua_sethook(L, mwl_hook, LUA_MASKCOUNT, mwl_hook_interval(st));
    return st;
}

uint64_t mwl_close(mwl_state *st, void (*released)(void *, uint64_t)) {
    st->soft = st->hard = UINT64_MAX;
    st->limits.fail_allocation = 0;
    st->running = NULL;
    lua_sethook(st->L, NULL, 0, 0);
    while (st->tasks != NULL) mwl_discard(st, st->tasks);
    lua_close(st->L);
    for (size_t i = 0; released != NULL && i < st->released_count; i++) released(st->host.context, st->released[i]);
    mwl_allocate(st, st->arena.cells, st->arena.capacity * sizeof *st->arena.cells, 0);
    mwl_allocate(st, st->pending_refs, st->pending_capacity * sizeof *st->pending_refs, 0);
    mwl_allocate(st, st->released, st->released_capacity * sizeof *st->released, 0);
    while (st->stubs != NULL) {
        mwl_stub_block *block = st->stubs;
        st->stubs = block->next;
        mwl_allocate(st, block, sizeof *block, 0);
    }
    uint64_t left = st->used;
    free(st);
    return left;
}

static int release_body(lua_State *L) {
    const int32_t *references = lua_touserdata(L, 1);
    size_t count = (size_t)lua_tointeger(L, 2);
    mwl_state *st = mwl_of(L);
    for (size_t i = 0; i < count; i++) luaL_unref(L, LUA_REGISTRYINDEX, references[i]);
    st->references -= count;
    return 0;
}

void mwl_release(mwl_state *st, const int32_t *references, size_t count) {
    lua_State *L = st->L;
    if (!lua_checkstack(L, 8)) return;
    lua_pushcfunction(L, release_body);
    lua_pushlightuserdata(L, (void *)(uintptr_t)references);
    lua_pushinteger(L, (lua_Integer)count);
    if (lua_pcall(L, 2, 0, 0) != LUA_OK) lua_pop(L, 1);
}

size_t mwl_released(mwl_state *st, const uint64_t **out) {
    size_t count = st->released_count;
    *out = st->released;
    st->released_count = 0;
    return count;
}

void mwl_usage(mwl_state *st, mwl_usage_counts *out) {
    *out = (mwl_usage_counts){
        .memory = st->used,
        .peak = st->peak,
        .handles = st->handles,
        .references = st->references,
        .run_phase = st->phase,
        .run_reason = st->reason,
        .stack = lua_gettop(st->L),
        .allocations = st->allocations,
    };
}

void mwl_set_deadline(mwl_state *st, int64_t deadline) {
    st->deadline = deadline;
}

void mwl_interrupt(mwl_state *st, int32_t phase, int32_t reason) {
    uint32_t wanted = (uint32_t)phase | (uint32_t)reason << 8;
    uint32_t seen = atomic_load(&st->requested);
    if (phase == MWL_PHASE_RUN && st->limits.interactive) atomic_store(&st->requested, 0);
    while ((seen & 0xff) < (uint32_t)phase) {
        if ((seen >> 8) != 0) wanted = (uint32_t)phase | (seen & ~0xffu);
        if (atomic_compare_exchange_weak(&st->requested, &seen, wanted)) return;
    }
}

/* Retries while the VM's thread writes; a torn line would only be an odd message. */
static void copy_published(_Atomic(uint32_t) *version, const char *from, char *out, size_t size) {
    for (int attempt = 0; attempt < 100; attempt++) {
        uint32_t before = atomic_load(version);
        if (before & 1) continue;
        snprintf(out, size, "%.*s", (int)size - 1, from);
        if (atomic_load(version) == before) return;
    }
}

void mwl_blocked_in(mwl_state *st, mwl_sighting *out) {
    uint32_t phase = atomic_load(&st->phase_seen);
    *out = (mwl_sighting){
        .entry = atomic_load(&st->entered),
        .phase = (int32_t)(phase & 0xff),
        .reason = (int32_t)(phase >> 8),
    };
    const char *name = atomic_load(&st->published);
    if (name != NULL) snprintf(out->what, sizeof out->what, "%s", name);
    copy_published(&st->seen_version, st->seen, out->location, sizeof out->location);
}
