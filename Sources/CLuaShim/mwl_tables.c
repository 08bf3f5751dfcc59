/* table.insert remove move concat sort, with counts that are read once and bounded. */
#include "mwl_internal.h"

/* Like the stock functions these respect metamethods; a metatable costs time, so the bound is lower then. */
static bool has_meta(lua_State *L, int index) {
    if (!lua_getmetatable(L, index)) return false;
    lua_pop(L, 1);
    return true;
}

static void check_count(lua_State *L, uint64_t count, bool meta) {
    uint64_t limit = meta ? MWL_ELEMENTS_META : MWL_ELEMENTS;
    if (count > limit) luaL_error(L, "too many elements (%d at most)", (int)limit);
}

static lua_Integer length_of(lua_State *L, int index) {
    luaL_checktype(L, index, LUA_TTABLE);
    return luaL_len(L, index);
}

static int table_insert(lua_State *L) {
    mwl_check(L, mwl_of(L));
    lua_Integer end = (lua_Integer)((lua_Unsigned)length_of(L, 1) + 1);
    switch (lua_gettop(L)) {
    case 2:
        lua_seti(L, 1, end);
        return 0;
    case 3: {
        lua_Integer at = luaL_checkinteger(L, 2);
        luaL_argcheck(L, (lua_Unsigned)at - 1u < (lua_Unsigned)end, 2, "position out of bounds");
        check_count(L, (uint64_t)end - (uint64_t)at, has_meta(L, 1));
        for (lua_Integer i = end; i > at; i--) {
            lua_geti(L, 1, i - 1);
            lua_seti(L, 1, i);
        }
        lua_seti(L, 1, at);
        return 0;
    }
    default:
        return luaL_error(L, "wrong number of arguments to 'insert'");
    }
}

static int table_remove(lua_State *L) {
    mwl_check(L, mwl_of(L));
    lua_Integer size = length_of(L, 1);
    lua_Integer at = luaL_optinteger(L, 2, size);
    if (!lua_isnone(L, 2)) {
        luaL_argcheck(L, (lua_Unsigned)size + 1u - (lua_Unsigned)at <= (lua_Unsigned)size || at == size, 2,
                      "position out of bounds");
    }
    if (at < size) check_count(L, (uint64_t)size - (uint64_t)at, has_meta(L, 1));
    lua_geti(L, 1, at);
    for (; at < size; at++) {
        lua_geti(L, 1, at + 1);
        lua_seti(L, 1, at);
    }
    lua_pushnil(L);
    lua_seti(L, 1, at);
    return 1;
}

static int table_move(lua_State *L) {
    mwl_check(L, mwl_of(L));
    lua_Integer first = luaL_checkinteger(L, 2), last = luaL_checkinteger(L, 3), to = luaL_checkinteger(L, 4);
    int target = lua_isnoneornil(L, 5) ? 1 : 5;
    luaL_checktype(L, 1, LUA_TTABLE);
    luaL_checktype(L, target, LUA_TTABLE);
    if (last >= first) {
        uint64_t count = (uint64_t)last - (uint64_t)first + 1;
        check_count(L, count == 0 ? UINT64_MAX : count, has_meta(L, 1) || has_meta(L, target));
        luaL_argcheck(L, to <= LUA_MAXINTEGER - (lua_Integer)count + 1, 4, "destination wrap around");
        bool upwards = to > last || to <= first || (target != 1 && !lua_compare(L, 1, target, LUA_OPEQ));
        for (lua_Integer k = 0; k < (lua_Integer)count; k++) {
            lua_Integer i = upwards ? k : (lua_Integer)count - 1 - k;
            lua_geti(L, 1, first + i);
            lua_seti(L, target, to + i);
        }
    }
    lua_pushvalue(L, target);
    return 1;
}

static void add_piece(lua_State *L, luaL_Buffer *buffer, lua_Integer index) {
    lua_geti(L, 1, index);
    if (!lua_isstring(L, -1)) {
        luaL_error(L, "invalid value (at index %I) in table for 'concat'", (LUAI_UACINT)index);
    }
    luaL_addvalue(buffer);
}

static int table_concat(lua_State *L) {
    mwl_check(L, mwl_of(L));
    size_t gap;
    lua_Integer size = length_of(L, 1);
    const char *separator = luaL_optlstring(L, 2, "", &gap);
    lua_Integer first = luaL_optinteger(L, 3, 1), last = luaL_optinteger(L, 4, size);
    if (last >= first) {
        uint64_t count = (uint64_t)last - (uint64_t)first;
        check_count(L, count == UINT64_MAX ? count : count + 1, has_meta(L, 1));
    }
    luaL_Buffer buffer;
    luaL_buffinit(L, &buffer);
    for (lua_Integer i = first; i < last; i++) {
        add_piece(L, &buffer, i);
        luaL_addlstring(&buffer, separator, gap);
    }
    if (last >= first) add_piece(L, &buffer, last);
    luaL_pushresult(&buffer);
    return 1;
}

/* ---- sort: quicksort, the smaller part first, so the C stack stays shallow ---- */

/* Whether the value at stack index `left` comes before the one at `right`. */
static bool before(lua_State *L, int left, int right) {
    if (lua_isnil(L, 2)) return lua_compare(L, left, right, LUA_OPLT);
    lua_pushvalue(L, 2);
    lua_pushvalue(L, left - 1);
    lua_pushvalue(L, right - 2);
    lua_call(L, 2, 1);
    bool result = lua_toboolean(L, -1);
    lua_pop(L, 1);
    return result;
}

/* Orders the elements i < j, leaving the stack as it was. */
static void order(lua_State *L, lua_Integer i, lua_Integer j) {
    lua_geti(L, 1, i);
    lua_geti(L, 1, j);
    if (before(L, -1, -2)) {
        lua_seti(L, 1, i);
        lua_seti(L, 1, j);
    } else {
        lua_pop(L, 2);
    }
}

/* The pivot is on top of the stack and at j. Returns its final place. */
static lua_Integer partition(lua_State *L, lua_Integer low, lua_Integer high) {
    lua_Integer i = low, j = high - 1;
    for (;;) {
        while (lua_geti(L, 1, ++i), before(L, -1, -2)) {
            if (i == high - 1) luaL_error(L, "invalid order function for sorting");
            lua_pop(L, 1);
        }
        while (lua_geti(L, 1, --j), before(L, -3, -1)) {
            if (j < i) luaL_error(L, "invalid order function for sorting");
            lua_pop(L, 1);
        }
        if (j < i) {
            lua_pop(L, 1);
            lua_geti(L, 1, high - 1);
            lua_seti(L, 1, i);
            lua_seti(L, 1, high - 1);
            lua_pop(L, 1);
            return i;
        }
        lua_seti(L, 1, i);
        lua_seti(L, 1, j);
    }
}

static void sort_range(lua_State *L, lua_Integer low, lua_Integer high) {
    while (low < high) {
        lua_Integer middle = low + (high - low) / 2;
        order(L, low, high);
        if (high - low == 1) return;
        order(L, low, middle);
        order(L, middle, high);
        if (high - low == 2) return;
        lua_geti(L, 1, middle);
        lua_pushvalue(L, -1);
        lua_geti(L, 1, high - 1);
        lua_seti(L, 1, middle);
        lua_seti(L, 1, high - 1);
        lua_Integer place = partition(L, low, high);
        if (place - low < high - place) {
            sort_range(L, low, place - 1);
            low = place + 1;
        } else {
            sort_range(L, place + 1, high);
            high = place - 1;
        }
    }
}

static int table_sort(lua_State *L) {
    mwl_check(L, mwl_of(L));
    lua_Integer size = length_of(L, 1);
    if (size < 2) return 0;
    check_count(L, (uint64_t)size, has_meta(L, 1));
    if (!lua_isnoneornil(L, 2)) luaL_checktype(L, 2, LUA_TFUNCTION);
    lua_settop(L, 2);
    luaL_checkstack(L, 250, "");
    sort_range(L, 1, size);
    return 0;
}

void mwl_open_tables(lua_State *L, mwl_state *st) {
    static const luaL_Reg functions[] = {
        {"insert", table_insert}, {"remove", table_remove}, {"move", table_move},
        {"concat", table_concat}, {"sort", table_sort},     {NULL, NULL},
    };
    (void)st;
    luaL_requiref(L, LUA_TABLIBNAME, luaopen_table, 1);
    luaL_setfuncs(L, functions, 0);
    lua_pop(L, 1);
}
