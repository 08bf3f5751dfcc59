/* The string library: the stock one, but for what could run or grow without end. */
#include "mwl_internal.h"

static int string_rep(lua_State *L) {
    mwl_state *st = mwl_of(L);
    size_t size, gap;
    const char *bytes = luaL_checklstring(L, 1, &size);
    lua_Integer count = luaL_checkinteger(L, 2);
    const char *separator = luaL_optlstring(L, 3, "", &gap);
    mwl_check(L, st);
    if (count <= 0 || (size == 0 && gap == 0)) {
        lua_pushliteral(L, "");
        return 1;
    }
    uint64_t unit = (uint64_t)size + gap;
    if ((uint64_t)count > st->limits.memory_soft / unit + 1 || (uint64_t)count * unit - gap > st->limits.memory_soft) {
        return luaL_error(L, "resulting string too large");
    }
    size_t total = (size_t)count * unit - gap;
    luaL_Buffer buffer;
    char *out = luaL_buffinitsize(L, &buffer, total);
    /* The first unit, then twice as much each time: what is there already begins with whole units. */
    size_t done = count > 1 ? (size_t)unit : size;
    memcpy(out, bytes, size);
    if (count > 1) memcpy(out + size, separator, gap);
    while (done < total) {
        size_t part = done < total - done ? done : total - done;
        memcpy(out + done, out, part);
        done += part;
    }
    luaL_pushresultsize(&buffer, total);
    return 1;
}

void mwl_open_strings(lua_State *L, mwl_state *st) {
    (void)st;
    luaL_requiref(L, LUA_STRLIBNAME, luaopen_string, 1);
    luaL_setfuncs(L, mwl_matchers, 0);
    lua_pushcfunction(L, string_rep);
    lua_setfield(L, -2, "rep");
    lua_pushnil(L);
    lua_setfield(L, -2, "dump");
    lua_pushliteral(L, "");
    lua_getmetatable(L, -1);
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_pop(L, 3);
}
