/* A plain C host on the system's Lua: no hook, no limits, no checks. Runs one script; prints what it returns. */
#include <lauxlib.h>
#include <lualib.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "host.h"

static int add(lua_State *L) {
    lua_pushinteger(L, luaL_checkinteger(L, 1) + luaL_checkinteger(L, 2));
    return 1;
}

static int now(lua_State *L) {
    lua_pushinteger(L, monotonic());
    return 1;
}

static int cpu(lua_State *L) {
    lua_pushinteger(L, thread_cpu());
    return 1;
}

static int answered(lua_State *L, int status, lua_KContext context) {
    (void)status;
    (void)context;
    return lua_gettop(L);
}

static int waiting(lua_State *L) {
    return lua_yieldk(L, lua_gettop(L), 0, answered);
}

static bool hops;

static int hopping(lua_State *L) {
    hops = true;
    return waiting(L);
}

int main(int count, char **arguments) {
    lua_State *L = luaL_newstate();
    if (count != 2 || L == NULL) return fail("plain SCRIPT");
    luaL_openlibs(L);
    lua_register(L, "add", add);
    lua_register(L, "now", now);
    lua_register(L, "cpu", cpu);
    lua_register(L, "wait", waiting);
    lua_register(L, "hop", hopping);
    lua_State *co = lua_newthread(L);
    if (luaL_loadfile(co, arguments[1]) != LUA_OK) return fail(lua_tostring(co, -1));
    struct other other;
    other_start(&other);
    int results = 0, status, passed = 0;
    while ((status = lua_resume(co, L, passed, &results)) == LUA_YIELD) {
        if (hops) other_ask(&other);
        hops = false;
        passed = results;
    }
    if (status != LUA_OK) return fail(lua_tostring(co, -1));
    for (int i = 1; i <= results; i++) printf(i > 1 ? ",%.2f" : "%.2f", lua_tonumber(co, i));
    printf("\n");
    other_end(&other);
    lua_close(L);
    return 0;
}
