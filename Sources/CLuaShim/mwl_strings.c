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

/* From here on the hook comes too seldom: a hundred instructions are twenty calls, each as long as its string. */
static const size_t long_string = 65536;

static int on_long_string(lua_State *L) {
    if (lua_type(L, 1) == LUA_TSTRING && lua_rawlen(L, 1) >= long_string) mwl_check(L, mwl_of(L));
    return lua_tocfunction(L, lua_upvalueindex(1))(L);
}

/* Puts a check before the stock functions of the library on top whose work grows with their first argument. */
void mwl_check_long_strings(lua_State *L, const char *const *names) {
    for (; *names != NULL; names++) {
        lua_getfield(L, -1, *names);
        lua_pushcclosure(L, on_long_string, 1);
        lua_setfield(L, -2, *names);
    }
}

void mwl_open_strings(lua_State *L, mwl_state *st) {
    static const char *const growing[] = {"lower", "reverse", "upper", NULL};
    (void)st;
    luaL_requiref(L, LUA_STRLIBNAME, luaopen_string, 1);
    luaL_setfuncs(L, mwl_matchers, 0);
    lua_pushcfunction(L, string_rep);
    lua_setfield(L, -2, "rep");
    lua_pushnil(L);
    lua_setfield(L, -2, "dump");
    mwl_check_long_strings(L, growing);
    lua_pushliteral(L, "");
    lua_getmetatable(L, -1);
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_pop(L, 3);
}
