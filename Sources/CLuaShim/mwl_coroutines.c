/* coroutine.create wrap resume yield close status: the script's coroutines, through which waits pass. */
#include "mwl_internal.h"

static lua_State *to_coroutine(lua_State *L) {
    lua_State *co = lua_tothread(L, 1);
    if (co == NULL) luaL_typeerror(L, 1, "coroutine");
    return co;
}

/* The task's own root runs, and is refused by what that makes of its status. */
static bool is_own_root(lua_State *L, lua_State *co) {
    mwl_task *task = mwl_of(L)->task;
    return task != NULL && task->L == co;
}

static void refuse_if_waiting(lua_State *L, lua_State *co) {
    uintptr_t flags = *mwl_flags(co);
    if (is_own_root(L, co)) return;
    if (flags & (MWL_CO_PARKED | MWL_CO_ROOT)) {
        mwl_state *st = mwl_of(L);
        const char *name = "?";
        for (mwl_task *task = st->tasks; task != NULL; task = task->next) {
            if (task->L == co || (flags & ~(uintptr_t)7) == (uintptr_t)task) name = task->name;
        }
        luaL_error(L, "coroutine is waiting for the host in task \"%s\"", name);
    }
}

/* The parked mark carries the task for messages; tasks are aligned, so its low bits are free. */
static void set_parked(lua_State *co, mwl_task *task) {
    *mwl_flags(co) = (*mwl_flags(co) & (MWL_CO_NO_WAIT | MWL_CO_ROOT)) | MWL_CO_PARKED | (uintptr_t)task;
}

static void clear_parked(lua_State *co) {
    *mwl_flags(co) &= MWL_CO_NO_WAIT | MWL_CO_ROOT;
}

static bool is_host_wait(lua_State *co, int results) {
    return results == 1 && lua_touserdata(co, -1) == (void *)(uintptr_t)&mwl_mark &&
           lua_type(co, -1) == LUA_TLIGHTUSERDATA;
}

static bool nesting_allowed(lua_State *L, mwl_state *st) {
    if (st->close_depth < MWL_CLOSE_DEPTH) return true;
    luaL_error(L, "coroutines are nested too deeply in each other's closing (%d)", MWL_CLOSE_DEPTH);
    return false;
}

/* Runs the pending <close> of a coroutine that ended or is given up; the status as lua_resetthread gives it. */
static int close_protected(lua_State *L, mwl_state *st, lua_State *co) {
    nesting_allowed(L, st);
    lua_State *before = st->running;
    st->close_depth += 1;
    st->running = co;
    *mwl_flags(co) |= MWL_CO_NO_WAIT;
    int status = lua_resetthread(co);
    st->running = before;
    st->close_depth -= 1;
    return status;
}

static int finish_step(lua_State *L, lua_State *co, int status, int results, bool wrap);

static int after_wait(lua_State *L, int status, lua_KContext wrap) {
    (void)status;
    mwl_state *st = mwl_of(L);
    lua_State *co = lua_tothread(L, 1);
    int results;
    clear_parked(co);
    lua_settop(L, 1);
    st->running = co;
    int ended = lua_resume(co, L, 0, &results);
    return finish_step(L, co, ended, results, wrap != 0);
}

static int failed(lua_State *L, mwl_state *st, lua_State *co, bool wrap) {
    mwl_task *task = st->task;
    if (mwl_effective_phase(st) == MWL_PHASE_KILL) mwl_raise_phase(L, st);
    if (!wrap) {
        lua_xmove(co, L, 1);
        mwl_caught(L, st, -1);
        lua_pushboolean(L, 0);
        lua_insert(L, -2);
        return 2;
    }
    if (task != NULL) {
        mwl_capture(co, task, task->inner_traceback);
        task->inner_traceback = task->traceback_size > 0;
    }
    int status = lua_status(co);
    if (status != LUA_OK && status != LUA_YIELD) close_protected(L, st, co);
    lua_xmove(co, L, 1);
    return lua_error(L);
}

static int finish_step(lua_State *L, lua_State *co, int status, int results, bool wrap) {
    mwl_state *st = mwl_of(L);
    st->running = L;
    if (status == LUA_YIELD && is_host_wait(co, results)) {
        lua_pop(co, 1);
        set_parked(co, st->task);
        lua_pushlightuserdata(L, (void *)(uintptr_t)&mwl_mark);
        return lua_yieldk(L, 1, wrap, after_wait);
    }
    if (status != LUA_OK && status != LUA_YIELD) return failed(L, st, co, wrap);
    if (!lua_checkstack(L, results + 1)) {
        lua_pop(co, results);
        return luaL_error(L, "too many results to resume");
    }
    if (!wrap) lua_pushboolean(L, 1);
    lua_xmove(co, L, results);
    return results + !wrap;
}

/* Stack: the coroutine at 1, its arguments above. */
static int step(lua_State *L, lua_State *co, bool wrap) {
    mwl_state *st = mwl_of(L);
    int results, arguments = lua_gettop(L) - 1;
    mwl_check(L, st);
    refuse_if_waiting(L, co);
    if (is_own_root(L, co)) {
        if (wrap) return luaL_error(L, "cannot resume non-suspended coroutine");
        lua_pushboolean(L, 0);
        lua_pushliteral(L, "cannot resume non-suspended coroutine");
        return 2;
    }
    if (lua_status(co) == LUA_OK && lua_gettop(co) == 0) {
        if (wrap) return luaL_error(L, "cannot resume dead coroutine");
        lua_pushboolean(L, 0);
        lua_pushliteral(L, "cannot resume dead coroutine");
        return 2;
    }
    if (!lua_checkstack(co, arguments)) return luaL_error(L, "too many arguments to resume");
    lua_xmove(L, co, arguments);
    bool no_wait = !lua_isyieldable(L) || *mwl_flags(L) & MWL_CO_NO_WAIT;
    *mwl_flags(co) = no_wait ? MWL_CO_NO_WAIT : 0;
    st->running = co;
    int status = lua_resume(co, L, arguments, &results);
    return finish_step(L, co, status, results, wrap);
}

static int co_resume(lua_State *L) {
    return step(L, to_coroutine(L), false);
}

static int wrapped(lua_State *L) {
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_insert(L, 1);
    return step(L, lua_tothread(L, 1), true);
}

static int co_create(lua_State *L) {
    luaL_checktype(L, 1, LUA_TFUNCTION);
    lua_State *co = lua_newthread(L);
    *mwl_flags(co) = 0;
    lua_pushvalue(L, 1);
    lua_xmove(L, co, 1);
    return 1;
}

static int co_wrap(lua_State *L) {
    co_create(L);
    lua_pushcclosure(L, wrapped, 1);
    return 1;
}

static int co_yield(lua_State *L) {
    if (*mwl_flags(L) & MWL_CO_ROOT) {
        return luaL_error(L, "coroutine.yield outside a coroutine of the script (to wait, call time.sleep or the modem)");
    }
    mwl_check(L, mwl_of(L));
    return lua_yield(L, lua_gettop(L));
}

static const char *status_of(lua_State *L, lua_State *co) {
    if (L == co) return "running";
    if (*mwl_flags(co) & MWL_CO_PARKED) return "normal";
    if (*mwl_flags(co) & MWL_CO_ROOT && lua_status(co) == LUA_YIELD) return "normal";
    lua_Debug ar;
    switch (lua_status(co)) {
    case LUA_YIELD:
        return "suspended";
    case LUA_OK:
        if (lua_getstack(co, 0, &ar)) return "normal";
        return lua_gettop(co) == 0 ? "dead" : "suspended";
    default:
        return "dead";
    }
}

static int co_status(lua_State *L) {
    lua_pushstring(L, status_of(L, to_coroutine(L)));
    return 1;
}

static int co_close(lua_State *L) {
    mwl_state *st = mwl_of(L);
    lua_State *co = to_coroutine(L);
    mwl_check(L, st);
    const char *status = status_of(L, co);
    refuse_if_waiting(L, co);
    if (strcmp(status, "suspended") != 0 && strcmp(status, "dead") != 0) {
        return luaL_error(L, "cannot close a %s coroutine", status);
    }
    if (close_protected(L, st, co) == LUA_OK) {
        lua_pushboolean(L, 1);
        return 1;
    }
    lua_xmove(co, L, 1);
    mwl_caught(L, st, -1);
    lua_pushboolean(L, 0);
    lua_insert(L, -2);
    return 2;
}

void mwl_open_coroutines(lua_State *L, mwl_state *st) {
    static const luaL_Reg functions[] = {
        {"create", co_create}, {"wrap", co_wrap},     {"resume", co_resume}, {"yield", co_yield},
        {"close", co_close},   {"status", co_status}, {NULL, NULL},
    };
    (void)st;
    luaL_requiref(L, LUA_COLIBNAME, luaopen_coroutine, 1);
    luaL_setfuncs(L, functions, 0);
    lua_pop(L, 1);
}
