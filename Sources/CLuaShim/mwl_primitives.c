/* What preludes get beside their host functions (the table `vm`), and how bindings reach their place. */
#include <stdio.h>

#include "mwl_internal.h"

/* ---- try, raise ---- */

static int tried(lua_State *L, int status, lua_KContext context) {
    (void)context;
    mwl_state *st = mwl_of(L);
    if (status == LUA_OK || status == LUA_YIELD) return lua_gettop(L) - 1;
    if (mwl_effective_phase(st) == MWL_PHASE_KILL) mwl_raise_phase(L, st);
    mwl_task *task = st->task;
    lua_pushboolean(L, 0);
    lua_insert(L, -2);
    if (task == NULL || task->traceback_size == 0) return 2;
    lua_pushlstring(L, task->traceback, task->traceback_size);
    return 3;
}

/* try(fn, …) → true, results… | false, error, traceback. A cancellation that passes does not count as caught. */
static int vm_try(lua_State *L) {
    luaL_checkany(L, 1);
    lua_pushcfunction(L, mwl_message_handler);
    lua_insert(L, 1);
    lua_pushboolean(L, 1);
    lua_insert(L, 2);
    int status = lua_pcallk(L, lua_gettop(L) - 3, LUA_MULTRET, 1, 0, tried);
    return tried(L, status, 0);
}

/* raise(error, traceback): again, with the traceback of the first throw. */
static int vm_raise(lua_State *L) {
    mwl_state *st = mwl_of(L);
    mwl_task *task = st->task;
    size_t size;
    const char *traceback = lua_type(L, 2) == LUA_TSTRING ? lua_tolstring(L, 2, &size) : NULL;
    if (task != NULL && traceback != NULL) {
        if (size + 1 > task->traceback_capacity) {
            char *grown = mwl_allocate(st, task->traceback, task->traceback_capacity, size + 1);
            if (grown == NULL) mwl_no_memory(L);
            task->traceback = grown;
            task->traceback_capacity = size + 1;
        }
        memcpy(task->traceback, traceback, size + 1);
        task->traceback_size = size;
        task->keep_traceback = true;
    }
    lua_settop(L, 1);
    return lua_error(L);
}

/* ---- failures and places ---- */

static int vm_failure(lua_State *L) {
    mwl_state *st = mwl_of(L);
    char where[MWL_LOCATION];
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 1);
    lua_pushliteral(L, "where");
    if (lua_rawget(L, 1) == LUA_TNIL && mwl_locate(L, 1, where, sizeof where)) {
        lua_pushliteral(L, "where");
        lua_pushstring(L, where);
        lua_rawset(L, 1);
    }
    lua_settop(L, 1);
    mwl_push_failure_meta(L, st);
    lua_setmetatable(L, 1);
    return 1;
}

static int vm_is_failure(lua_State *L) {
    lua_pushboolean(L, mwl_is_failure(L, mwl_of(L), 1));
    return 1;
}

static int vm_is_cancellation(lua_State *L) {
    luaL_checkany(L, 1);
    lua_pushboolean(L, mwl_is_cancellation(L, mwl_of(L), 1));
    return 1;
}

static int vm_where(lua_State *L) {
    char where[MWL_LOCATION];
    if (!mwl_locate(L, (int)luaL_optinteger(L, 1, 1), where, sizeof where)) return 0;
    lua_pushstring(L, where);
    return 1;
}

/* method(object, name): a host object's method or nil; anything else indexed as usual. */
static int vm_method(lua_State *L) {
    lua_settop(L, 2);
    if (mwl_to_handle(L, mwl_of(L), 1) == NULL) {
        if (!lua_istable(L, 1)) return 0;
        lua_gettable(L, 1);
        return 1;
    }
    luaL_getmetafield(L, 1, "__index");
    if (lua_getupvalue(L, -1, 1) == NULL) return 0;
    lua_pushvalue(L, 2);
    return lua_rawget(L, -2) == LUA_TFUNCTION ? 1 : 0;
}

/* load(source, chunkname) → function | nil, message. For require: the limit of a file, not of load. */
static int vm_load(lua_State *L) {
    mwl_state *st = mwl_of(L);
    size_t size;
    const char *bytes = luaL_checklstring(L, 1, &size);
    const char *name = luaL_checkstring(L, 2);
    mwl_check(L, st);
    snprintf(st->published_name, sizeof st->published_name, "load %s", name + (*name == '@'));
    mwl_publish(st, st->published_name);
    int status = LUA_ERRSYNTAX;
    if (size > MWL_SOURCE_LIMIT) {
        lua_pushfstring(L, "%s: source too large (a module has at most 256 KiB)", name + (*name == '@'));
    } else {
        status = mwl_load(L, bytes, size, name);
    }
    mwl_publish(st, NULL);
    if (status == LUA_OK) return 1;
    luaL_pushfail(L);
    lua_insert(L, -2);
    return 2;
}

void mwl_open_primitives(lua_State *L, mwl_state *st) {
    static const luaL_Reg functions[] = {
        {"try", vm_try},     {"raise", vm_raise},   {"failure", vm_failure},
        {"where", vm_where}, {"method", vm_method}, {"is_failure", vm_is_failure},
        {"load", vm_load},   {"is_cancellation", vm_is_cancellation},
        {NULL, NULL},
    };
    luaL_newlib(L, functions);
    st->primitives_ref = luaL_ref(L, LUA_REGISTRYINDEX);
}

/* ---- Bindings ---- */

/* Pushes the table a binding's place means. */
static void push_place(lua_State *L, mwl_state *st, const char *module, int place) {
    switch (place) {
    case MWL_IN_GLOBALS:
        lua_pushglobaltable(L);
        return;
    case MWL_IN_PRELUDE:
        lua_rawgeti(L, LUA_REGISTRYINDEX, st->preludes_ref);
        break;
    default:
        lua_getfield(L, LUA_REGISTRYINDEX, LUA_LOADED_TABLE);
        break;
    }
    lua_pushstring(L, module);
    if (lua_rawget(L, -2) == LUA_TTABLE) {
        lua_remove(L, -2);
        return;
    }
    lua_pop(L, 1);
    lua_newtable(L);
    lua_pushstring(L, module);
    lua_pushvalue(L, -2);
    lua_rawset(L, -4);
    lua_remove(L, -2);
    if (place == MWL_IN_MODULE) {
        lua_pushglobaltable(L);
        lua_pushstring(L, module);
        lua_pushvalue(L, -3);
        lua_rawset(L, -3);
        lua_pop(L, 1);
    }
}

typedef struct dump {
    mwl_state *st;
    char *bytes;
    size_t size, capacity;
} dump;

static int add_to_dump(lua_State *L, const void *piece, size_t size, void *context) {
    dump *dump = context;
    (void)L;
    if (dump->size + size > dump->capacity) {
        size_t wanted = 2 * (dump->size + size);
        char *grown = mwl_allocate(dump->st, dump->bytes, dump->capacity, wanted);
        if (grown == NULL) return 1;
        dump->bytes = grown;
        dump->capacity = wanted;
    }
    memcpy(dump->bytes + dump->size, piece, size);
    dump->size += size;
    return 0;
}

/* Replaces the function on top by itself without debug information: a prelude shows in no traceback, and the memory is
   a third of a small VM. The bytecode is our own, made a moment ago. */
static void strip(lua_State *L, mwl_state *st) {
    dump dump = {st, NULL, 0, 0};
    int failed = lua_dump(L, add_to_dump, &dump, 1);
    if (!failed) failed = luaL_loadbufferx(L, dump.bytes, dump.size, "=[moonwire]", "b") != LUA_OK;
    mwl_allocate(st, dump.bytes, dump.capacity, 0);
    if (failed) mwl_no_memory(L);
    lua_remove(L, -2);
    lua_gc(L, LUA_GCCOLLECT);
}

/* Runs a prelude with (host functions, vm) and moves what it returns to the target. */
static void run_prelude(lua_State *L, mwl_state *st, const mwl_binding *binding) {
    if (mwl_load(L, (const char *)binding->source, binding->source_size, "=[moonwire]") != LUA_OK) lua_error(L);
    strip(L, st);
    push_place(L, st, binding->module, MWL_IN_PRELUDE);
    lua_rawgeti(L, LUA_REGISTRYINDEX, st->primitives_ref);
    lua_call(L, 2, 1);
    if (!lua_istable(L, -1)) return;
    int functions = lua_gettop(L);
    push_place(L, st, binding->module, binding->target);
    lua_pushnil(L);
    while (lua_next(L, functions)) {
        lua_pushvalue(L, -2);
        lua_insert(L, -2);
        lua_rawset(L, functions + 1);
    }
}

static int register_body(lua_State *L) {
    mwl_state *st = mwl_of(L);
    const mwl_binding *binding = lua_touserdata(L, 1);
    switch (binding->place) {
    case MWL_PRELUDE:
        run_prelude(L, st, binding);
        return 0;
    case MWL_CONSTANT:
        push_place(L, st, binding->module, binding->target);
        lua_pushstring(L, binding->name);
        mwl_push_message(L, st, &binding->value);
        lua_rawset(L, -3);
        return 0;
    default:
        push_place(L, st, binding->module, binding->place);
        lua_pushstring(L, binding->name);
        mwl_push_stub(L, st, binding->name, binding->id, binding->flags);
        lua_rawset(L, -3);
        return 0;
    }
}

bool mwl_register(mwl_state *st, const mwl_binding *binding, char *message, size_t size) {
    /* A prelude runs Lua, so it is an entry of its own: its burst counts from here. */
    mwl_begin_burst(st, mwl_now());
    lua_State *L = st->L;
    message[0] = '\0';
    if (!lua_checkstack(L, 8)) return false;
    lua_pushcfunction(L, register_body);
    lua_pushlightuserdata(L, (void *)(uintptr_t)binding);
    if (lua_pcall(L, 1, 0, 0) == LUA_OK) return true;
    snprintf(message, size, "%s", lua_type(L, -1) == LUA_TSTRING ? lua_tostring(L, -1) : "out of memory");
    lua_pop(L, 1);
    return false;
}
