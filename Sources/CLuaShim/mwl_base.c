/* The globals: what is kept, replaced and removed of the standard libraries. */
#include <stdio.h>
#include <time.h>

#include "mwl_internal.h"

/* ---- pcall, xpcall ---- */

static int protected_done(lua_State *L, int status, lua_KContext extra) {
    if (status == LUA_OK || status == LUA_YIELD) return lua_gettop(L) - (int)extra;
    mwl_caught(L, mwl_of(L), -1);
    lua_pushboolean(L, 0);
    lua_pushvalue(L, -2);
    return 2;
}

static int base_pcall(lua_State *L) {
    luaL_checkany(L, 1);
    lua_pushboolean(L, 1);
    lua_insert(L, 1);
    int status = lua_pcallk(L, lua_gettop(L) - 2, LUA_MULTRET, 0, 0, protected_done);
    return protected_done(L, status, 0);
}

/* Stands before the script's handler (upvalue 1), which never sees what ends the task. */
static int guarded_handler(lua_State *L) {
    mwl_state *st = mwl_of(L);
    lua_settop(L, 1);
    if (mwl_is_cancellation(L, st, 1)) return 1;
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_insert(L, 1);
    lua_call(L, 1, 1);
    return 1;
}

static int base_xpcall(lua_State *L) {
    int arguments = lua_gettop(L) - 2;
    luaL_checktype(L, 2, LUA_TFUNCTION);
    lua_pushvalue(L, 2);
    lua_pushcclosure(L, guarded_handler, 1);
    lua_replace(L, 2);
    lua_pushboolean(L, 1);
    lua_pushvalue(L, 1);
    lua_rotate(L, 3, 2); /* function, handler, true, function, arguments… */
    int status = lua_pcallk(L, arguments, LUA_MULTRET, 2, 2, protected_done);
    return protected_done(L, status, 2);
}

/* ---- setmetatable: no __gc, no __concat, and metatables that were replaced stay alive ---- */

static void refuse_field(lua_State *L, const char *field, const char *advice) {
    lua_pushstring(L, field);
    if (lua_rawget(L, 2) != LUA_TNIL) luaL_error(L, "%s is not available%s", field, advice);
    lua_pop(L, 1);
}

static void keep_metatable(lua_State *L, mwl_state *st) {
    lua_rawgeti(L, LUA_REGISTRYINDEX, st->ephemeron_ref);
    lua_pushvalue(L, 1);
    bool recorded = lua_rawget(L, -2) != LUA_TNIL;
    lua_pop(L, 1);
    bool has = lua_getmetatable(L, 1);
    if (has) lua_pop(L, 1);
    if (has || recorded) {
        lua_pushvalue(L, 1);
        if (lua_isnil(L, 2)) {
            lua_pushboolean(L, 1);
        } else {
            lua_pushvalue(L, 2);
        }
        lua_rawset(L, -3);
    }
    lua_pop(L, 1);
}

static int base_setmetatable(lua_State *L) {
    int type = lua_type(L, 2);
    luaL_checktype(L, 1, LUA_TTABLE);
    luaL_argexpected(L, type == LUA_TNIL || type == LUA_TTABLE, 2, "nil or table");
    lua_settop(L, 2);
    if (luaL_getmetafield(L, 1, "__metatable") != LUA_TNIL) {
        return luaL_error(L, "cannot change a protected metatable");
    }
    if (type == LUA_TTABLE) {
        refuse_field(L, "__gc", " (use a local with <close>, or defer)");
        refuse_field(L, "__concat", " (give the class a method, or __tostring)");
    }
    keep_metatable(L, mwl_of(L));
    lua_settop(L, 2);
    lua_setmetatable(L, 1);
    return 1;
}

/* ---- load ---- */

/* Strips the chunk's debug information and looks for a string constant among the pieces of its dump. */
static int find_concat(lua_State *L, const void *piece, size_t size, void *found) {
    (void)L;
    if (size == 8 && memcmp(piece, "__concat", 8) == 0) *(bool *)found = true;
    return 0;
}

/* Pushes the function, or a message. Bytes are text: no bytecode. */
int mwl_load(lua_State *L, const char *bytes, size_t size, const char *name) {
    if (size > 0 && bytes[0] == LUA_SIGNATURE[0]) {
        lua_pushfstring(L, "%s: compiled chunks are not accepted (text only)", name + (*name == '@' || *name == '='));
        return LUA_ERRSYNTAX;
    }
    int status = luaL_loadbufferx(L, bytes, size, name, "t");
    if (status != LUA_OK) return status;
    bool found = false;
    lua_dump(L, find_concat, &found, 1);
    if (!found) return LUA_OK;
    lua_pop(L, 1);
    lua_pushfstring(L, "%s: __concat is not available (give the class a method, or __tostring)",
                    name + (*name == '@' || *name == '='));
    return LUA_ERRSYNTAX;
}

static int base_load(lua_State *L) {
    mwl_state *st = mwl_of(L);
    size_t size;
    mwl_check(L, st);
    if (lua_type(L, 1) == LUA_TFUNCTION) {
        return luaL_error(L, "load takes a string here, no reader function (collect the pieces with table.concat)");
    }
    const char *bytes = luaL_checklstring(L, 1, &size);
    const char *name = luaL_optstring(L, 2, "=(load)");
    char shown[LUA_IDSIZE + 8];
    if (lua_isnoneornil(L, 2)) {
        snprintf(shown, sizeof shown, "%.60s", bytes);
        name = shown;
    }
    int status = LUA_ERRSYNTAX;
    if (size > MWL_LOAD_LIMIT) {
        lua_pushliteral(L, "source too large (load takes at most 64 KiB)");
    } else {
        mwl_publish(st, "load");
        status = mwl_load(L, bytes, size, name);
        mwl_publish(st, NULL);
    }
    if (status != LUA_OK) {
        luaL_pushfail(L);
        lua_insert(L, -2);
        return 2;
    }
    if (!lua_isnone(L, 4)) {
        lua_pushvalue(L, 4);
        if (lua_setupvalue(L, -2, 1) == NULL) lua_pop(L, 1);
    }
    return 1;
}

/* ---- print ---- */

static int write_out(lua_State *L, const char *function, const char *bytes, size_t size) {
    mwl_state *st = mwl_of(L);
    mwl_message answer;
    /* Whoever reads the output may hold this up, long before a check has seen a line. */
    mwl_remember_line(L, st);
    mwl_publish(st, function);
    int status = st->host.write(st->host.context, (const uint8_t *)bytes, size, &answer);
    mwl_publish(st, NULL);
    if (status == MWL_RETURN) return 0;
    mwl_push_failure(L, st, &answer);
    return lua_error(L);
}

static int base_print(lua_State *L) {
    int count = lua_gettop(L);
    luaL_Buffer buffer;
    mwl_check(L, mwl_of(L));
    for (int i = 1; i <= count; i++) {
        luaL_tolstring(L, i, NULL);
        lua_replace(L, i);
    }
    luaL_buffinit(L, &buffer);
    for (int i = 1; i <= count; i++) {
        size_t size;
        const char *bytes = lua_tolstring(L, i, &size);
        if (i > 1) luaL_addchar(&buffer, '\t');
        luaL_addlstring(&buffer, bytes, size);
    }
    luaL_addchar(&buffer, '\n');
    luaL_pushresult(&buffer);
    size_t size;
    const char *bytes = lua_tolstring(L, -1, &size);
    return write_out(L, "print", bytes, size);
}

static int io_write(lua_State *L) {
    int count = lua_gettop(L);
    mwl_check(L, mwl_of(L));
    for (int i = 1; i <= count; i++) {
        size_t size;
        const char *bytes = luaL_checklstring(L, i, &size);
        write_out(L, "io.write", bytes, size);
    }
    return 0;
}

/* ---- collectgarbage, debug.traceback, strict globals ---- */

static int base_collectgarbage(lua_State *L) {
    const char *option = luaL_optstring(L, 1, "collect");
    if (strcmp(option, "count") != 0) {
        return luaL_error(L, "collectgarbage: only \"count\" is available (memory is collected as needed)");
    }
    lua_pushnumber(L, (lua_Number)mwl_of(L)->used / 1024.0);
    return 1;
}

static int debug_traceback(lua_State *L) {
    int first = lua_isthread(L, 1) ? 2 : 1;
    lua_State *of = first == 2 ? lua_tothread(L, 1) : L;
    if (!lua_isnoneornil(L, first) && lua_type(L, first) != LUA_TSTRING) {
        lua_pushvalue(L, first);
        return 1;
    }
    char stack[4096];
    int level = (int)luaL_optinteger(L, first + 1, of == L ? 1 : 0);
    if (!lua_checkstack(of, 16)) mwl_no_memory(L);
    mwl_stack_text(of, level < 0 ? 0 : level, stack, sizeof stack);
    if (lua_isnoneornil(L, first)) {
        lua_pushfstring(L, "stack traceback:\n%s", stack);
    } else {
        lua_pushfstring(L, "%s\nstack traceback:\n%s", lua_tostring(L, first), stack);
    }
    return 1;
}

static int undeclared(lua_State *L) {
    const char *name = lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : luaL_typename(L, 2);
    if (mwl_of(L)->limits.interactive) return luaL_error(L, "undeclared global '%s'", name);
    return luaL_error(L, "undeclared global '%s' (write \"local %s\")", name, name);
}

/* At a console's prompt assignment declares. */
void mwl_protect_globals(lua_State *L, bool interactive) {
    lua_pushglobaltable(L);
    lua_createtable(L, 0, 3);
    lua_pushcfunction(L, undeclared);
    lua_setfield(L, -2, "__index");
    if (!interactive) {
        lua_pushcfunction(L, undeclared);
        lua_setfield(L, -2, "__newindex");
    }
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_setmetatable(L, -2);
    lua_pop(L, 1);
}

/* ---- os ---- */

static int os_time(lua_State *L) {
    mwl_state *st = mwl_of(L);
    if (!lua_isnoneornil(L, 1)) return st->stock_time(L);
    lua_pushinteger(L, (lua_Integer)st->host.wall(st->host.context));
    return 1;
}

static int os_date(lua_State *L) {
    mwl_state *st = mwl_of(L);
    if (lua_isnoneornil(L, 1)) {
        lua_settop(L, 0);
        lua_pushliteral(L, "%c");
    }
    lua_settop(L, 2);
    if (lua_isnil(L, 2)) {
        lua_pushinteger(L, (lua_Integer)st->host.wall(st->host.context));
        lua_replace(L, 2);
    }
    return st->stock_date(L);
}

static int os_clock(lua_State *L) {
    struct timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    lua_pushnumber(L, (lua_Number)now.tv_sec + (lua_Number)now.tv_nsec / 1e9);
    return 1;
}

static lua_CFunction take(lua_State *L, const char *name) {
    lua_getfield(L, -1, name);
    lua_CFunction function = lua_tocfunction(L, -1);
    lua_pop(L, 1);
    return function;
}

/* Keeps what `names` lists of the library on top, and makes the rest absent. */
static void keep_only(lua_State *L, const char *const names[]) {
    int library = lua_gettop(L);
    lua_newtable(L);
    for (int i = 0; names[i] != NULL; i++) {
        lua_getfield(L, library, names[i]);
        lua_setfield(L, -2, names[i]);
    }
    lua_replace(L, library);
}

static void open_reduced(lua_State *L, mwl_state *st) {
    static const luaL_Reg os[] = {{"time", os_time}, {"date", os_date}, {"clock", os_clock}, {NULL, NULL}};
    static const luaL_Reg io[] = {{"write", io_write}, {NULL, NULL}};
    static const luaL_Reg debug[] = {{"traceback", debug_traceback}, {NULL, NULL}};
    static const char *const kept_os[] = {"difftime", NULL};
    lua_getfield(L, LUA_REGISTRYINDEX, LUA_LOADED_TABLE);
    int loaded = lua_gettop(L);
    lua_pushcfunction(L, luaopen_os);
    lua_call(L, 0, 1);
    st->stock_time = take(L, "time");
    st->stock_date = take(L, "date");
    keep_only(L, kept_os);
    luaL_setfuncs(L, os, 0);
    lua_setfield(L, loaded, LUA_OSLIBNAME);
    luaL_newlib(L, io);
    lua_setfield(L, loaded, LUA_IOLIBNAME);
    luaL_newlib(L, debug);
    lua_setfield(L, loaded, LUA_DBLIBNAME);
    lua_createtable(L, 0, 2);
    lua_pushliteral(L, "/\n;\n?\n!\n-\n");
    lua_setfield(L, -2, "config");
    lua_pushvalue(L, loaded);
    lua_setfield(L, -2, "loaded");
    lua_setfield(L, loaded, LUA_LOADLIBNAME);
    static const char *const globals[] = {LUA_OSLIBNAME, LUA_IOLIBNAME, LUA_DBLIBNAME, LUA_LOADLIBNAME, NULL};
    for (int i = 0; globals[i] != NULL; i++) {
        lua_getfield(L, loaded, globals[i]);
        lua_setglobal(L, globals[i]);
    }
    lua_pop(L, 1);
}

static void open_math(lua_State *L, mwl_state *st) {
    static const char *const compatibility[] = {"atan2", "cosh", "frexp", "ldexp", "log10", "pow", "sinh", "tanh", NULL};
    luaL_requiref(L, LUA_MATHLIBNAME, luaopen_math, 1);
    for (int i = 0; compatibility[i] != NULL; i++) {
        lua_pushnil(L);
        lua_setfield(L, -2, compatibility[i]);
    }
    lua_getfield(L, -1, "randomseed");
    lua_pushinteger(L, (lua_Integer)st->limits.seed);
    lua_pushinteger(L, 0);
    lua_call(L, 2, 0);
    lua_pop(L, 1);
}

void mwl_open_base(lua_State *L, mwl_state *st) {
    static const luaL_Reg functions[] = {
        {"pcall", base_pcall}, {"xpcall", base_xpcall}, {"setmetatable", base_setmetatable},
        {"load", base_load},   {"print", base_print},   {"collectgarbage", base_collectgarbage},
        {NULL, NULL},
    };
    static const char *const removed[] = {"dofile", "loadfile", "warn", NULL};
    static const char *const growing[] = {"codepoint", "len", "offset", NULL};
    luaL_requiref(L, LUA_GNAME, luaopen_base, 1);
    luaL_setfuncs(L, functions, 0);
    for (int i = 0; removed[i] != NULL; i++) {
        lua_pushnil(L);
        lua_setfield(L, -2, removed[i]);
    }
    lua_pop(L, 1);
    open_math(L, st);
    luaL_requiref(L, LUA_UTF8LIBNAME, luaopen_utf8, 1);
    mwl_check_long_strings(L, growing);
    lua_pop(L, 1);
    open_reduced(L, st);
}
