/* Lua values to flat cells and back. Tables are read raw. Runs inside protected calls only. */
#include <stdio.h>

#include "mwl_internal.h"

/* What is needed to name the place of a value: `.chain[2]`. */
struct mwl_encoder {
    lua_State *L;
    mwl_state *st;
    int options;
    int argument;
    const char *function;
    mwl_cell *cells;
    uint32_t count, capacity;
    bool in_arena;
    size_t bytes;
    int depth;
    const void *ancestors[MWL_MAX_DEPTH];
    struct {
        bool named;
        char name[40];
        lua_Integer index;
    } path[MWL_MAX_DEPTH + 1];
};

static _Noreturn void refuse(mwl_encoder *e, const char *problem) {
    char place[256] = "";
    size_t length = 0;
    for (int i = 0; i < e->depth && length < sizeof place - 48; i++) {
        length += (size_t)(e->path[i].named ? snprintf(place + length, sizeof place - length, ".%s", e->path[i].name)
                                            : snprintf(place + length, sizeof place - length, "[%lld]",
                                                       (long long)e->path[i].index));
    }
    char text[400];
    snprintf(text, sizeof text, "%s%s%s", problem, e->depth > 0 ? " at " : "", place);
    mwl_drop_pending(e->L, e->st);
    mwl_bad_argument(e->L, e->argument, e->function, text);
}

static mwl_cell *next_cell(mwl_encoder *e) {
    if (e->count == e->capacity) {
        if (e->count >= MWL_MAX_CELLS) refuse(e, "more than 10000 values in one call");
        mwl_cells *arena = &e->st->arena;
        uint32_t wanted = e->count * 2 > MWL_MAX_CELLS ? MWL_MAX_CELLS : e->count * 2;
        if (wanted < 4 * MWL_INLINE_CELLS) wanted = 4 * MWL_INLINE_CELLS;
        if (wanted > arena->capacity) {
            mwl_cell *grown =
                mwl_allocate(e->st, arena->cells, arena->capacity * sizeof *grown, wanted * sizeof *grown);
            if (grown == NULL) mwl_no_memory(e->L);
            arena->cells = grown;
            arena->capacity = wanted;
        }
        if (!e->in_arena) memcpy(arena->cells, e->cells, e->count * sizeof *e->cells);
        e->in_arena = true;
        e->cells = arena->cells;
        e->capacity = arena->capacity;
    }
    mwl_cell *cell = &e->cells[e->count++];
    cell->flags = 0;
    cell->aux = 0;
    cell->size = 0;
    return cell;
}

static void encode_bytes(mwl_encoder *e, int index) {
    size_t size;
    const char *bytes = lua_tolstring(e->L, index, &size);
    e->bytes += size;
    if (e->bytes > MWL_MAX_BYTES) refuse(e, "more than 4 MiB of bytes in one call");
    mwl_cell *cell = next_cell(e);
    cell->kind = MWL_BYTES;
    cell->bytes = (const uint8_t *)bytes;
    cell->size = size;
}

static void encode_other(mwl_encoder *e, int index) {
    if (!(e->options & MWL_ENCODE_LENIENT)) {
        char problem[64];
        snprintf(problem, sizeof problem, "a %s cannot be given to the host", lua_typename(e->L, lua_type(e->L, index)));
        refuse(e, problem);
    }
    mwl_cell *cell = next_cell(e);
    cell->kind = MWL_OTHER;
    cell->bytes = (const uint8_t *)lua_typename(e->L, lua_type(e->L, index));
    cell->size = strlen((const char *)cell->bytes);
}

/* References made for a call that then fails are given back by mwl_drop_pending, at the latest with the next call. */
static void encode_function(mwl_encoder *e, int index) {
    mwl_state *st = e->st;
    if (!(e->options & MWL_ENCODE_CALLBACKS)) {
        encode_other(e, index);
        return;
    }
    if (st->pending_count == st->pending_capacity) {
        uint32_t wanted = st->pending_capacity == 0 ? 8 : st->pending_capacity * 2;
        int *grown = mwl_allocate(st, st->pending_refs, st->pending_capacity * sizeof *grown, wanted * sizeof *grown);
        if (grown == NULL) mwl_no_memory(e->L);
        st->pending_refs = grown;
        st->pending_capacity = wanted;
    }
    mwl_cell *cell = next_cell(e);
    cell->kind = MWL_NIL;
    uint32_t at = e->count - 1;
    lua_pushvalue(e->L, index);
    int reference = luaL_ref(e->L, LUA_REGISTRYINDEX);
    st->pending_refs[st->pending_count++] = reference;
    st->references += 1;
    e->cells[at].kind = MWL_FUNCTION;
    e->cells[at].aux = (uint32_t)reference;
}

static void encode_handle(mwl_encoder *e, int index) {
    mwl_handle *handle = mwl_to_handle(e->L, e->st, index);
    if (handle == NULL) {
        encode_other(e, index);
        return;
    }
    mwl_handle_cell(handle, next_cell(e));
}

static void encode_value(mwl_encoder *e, int index);

static void name_place(mwl_encoder *e, int key_index) {
    if (lua_type(e->L, key_index) == LUA_TSTRING) {
        e->path[e->depth - 1].named = true;
        snprintf(e->path[e->depth - 1].name, sizeof e->path[0].name, "%s", lua_tostring(e->L, key_index));
    } else {
        e->path[e->depth - 1].named = false;
        e->path[e->depth - 1].index = lua_tointeger(e->L, key_index);
    }
}

static lua_Integer encode_items(mwl_encoder *e, int index) {
    lua_State *L = e->L;
    lua_Integer count = 0;
    while (lua_rawgeti(L, index, count + 1) != LUA_TNIL) {
        count += 1;
        e->path[e->depth - 1].named = false;
        e->path[e->depth - 1].index = count;
        encode_value(e, lua_gettop(L));
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
    return count;
}

static uint64_t encode_pairs(mwl_encoder *e, int index, lua_Integer items) {
    lua_State *L = e->L;
    uint64_t pairs = 0;
    lua_pushnil(L);
    while (lua_next(L, index)) {
        int key = lua_gettop(L) - 1;
        if (lua_isinteger(L, key)) {
            lua_Integer number = lua_tointeger(L, key);
            if (number < 1 || number > items) {
                mwl_cell *cell = next_cell(e);
                cell->kind = MWL_INTEGER;
                cell->integer = number;
                name_place(e, key);
                encode_value(e, key + 1);
                pairs += 1;
            }
        } else if (lua_type(L, key) == LUA_TSTRING) {
            name_place(e, key);
            encode_bytes(e, key);
            encode_value(e, key + 1);
            pairs += 1;
        } else if (!(e->options & MWL_ENCODE_LENIENT)) {
            e->depth -= 1;
            refuse(e, lua_type(L, key) == LUA_TNUMBER ? "a table key is a fraction"
                                                      : "a table key is neither string nor integer");
        }
        lua_pop(L, 1);
    }
    return pairs;
}

static void encode_table(mwl_encoder *e, int index) {
    const void *identity = lua_topointer(e->L, index);
    bool lenient = e->options & MWL_ENCODE_LENIENT;
    for (int i = 0; i < e->depth; i++) {
        if (e->ancestors[i] != identity) continue;
        if (lenient) return encode_other(e, index);
        refuse(e, "table contains itself");
    }
    if (e->depth == MWL_MAX_DEPTH) {
        if (lenient) return encode_other(e, index);
        refuse(e, "tables nested deeper than 16");
    }
    if (!lua_checkstack(e->L, 8)) mwl_no_memory(e->L);
    uint32_t at = e->count;
    next_cell(e)->kind = mwl_is_failure(e->L, e->st, index) ? MWL_FAILURE : MWL_TABLE;
    e->ancestors[e->depth++] = identity;
    lua_Integer items = encode_items(e, index);
    uint64_t pairs = encode_pairs(e, index, items);
    e->depth -= 1;
    e->cells[at].aux = (uint32_t)items;
    e->cells[at].size = pairs;
}

static void encode_value(mwl_encoder *e, int index) {
    lua_State *L = e->L;
    mwl_cell *cell;
    switch (lua_type(L, index)) {
    case LUA_TNIL:
        next_cell(e)->kind = MWL_NIL;
        break;
    case LUA_TBOOLEAN:
        next_cell(e)->kind = lua_toboolean(L, index) ? MWL_TRUE : MWL_FALSE;
        break;
    case LUA_TNUMBER:
        cell = next_cell(e);
        if (lua_isinteger(L, index)) {
            cell->kind = MWL_INTEGER;
            cell->integer = lua_tointeger(L, index);
        } else {
            cell->kind = MWL_NUMBER;
            cell->number = lua_tonumber(L, index);
        }
        break;
    case LUA_TSTRING:
        encode_bytes(e, index);
        break;
    case LUA_TTABLE:
        encode_table(e, index);
        break;
    case LUA_TUSERDATA:
        encode_handle(e, index);
        break;
    case LUA_TFUNCTION:
        encode_function(e, index);
        break;
    default:
        encode_other(e, index);
        break;
    }
}

/* Encodes stack slots first…last. What does not fit into the inline cells goes to the arena, which the next encoding
   that needs it overwrites. */
void mwl_encode(lua_State *L, mwl_state *st, int first, int last, int options, const char *function, int offset,
                mwl_cell *inline_cells, mwl_message *out) {
    mwl_encoder e;
    e.L = L;
    e.st = st;
    e.options = options;
    e.function = function;
    e.count = 0;
    e.bytes = 0;
    e.depth = 0;
    e.in_arena = false;
    e.cells = inline_cells;
    e.capacity = MWL_INLINE_CELLS;
    mwl_drop_pending(L, st);
    for (int i = first; i <= last; i++) {
        e.argument = i - offset;
        encode_value(&e, i);
    }
    out->cells = e.cells;
    out->count = e.count;
    out->values = last < first ? 0 : (uint32_t)(last - first + 1);
}

void mwl_drop_pending(lua_State *L, mwl_state *st) {
    while (st->pending_count > 0) {
        luaL_unref(L, LUA_REGISTRYINDEX, st->pending_refs[--st->pending_count]);
        st->references -= 1;
    }
}

/* ---- The other way ---- */

static const mwl_cell *push_value(lua_State *L, mwl_state *st, const mwl_cell *cell);

static const mwl_cell *push_table(lua_State *L, mwl_state *st, const mwl_cell *cell) {
    uint32_t items = cell->aux;
    uint64_t pairs = cell->size;
    bool failure = cell->kind == MWL_FAILURE;
    luaL_checkstack(L, 8, "too many nested tables");
    lua_createtable(L, (int)items, (int)pairs);
    cell += 1;
    for (uint32_t i = 1; i <= items; i++) {
        cell = push_value(L, st, cell);
        lua_rawseti(L, -2, (lua_Integer)i);
    }
    for (uint64_t i = 0; i < pairs; i++) {
        cell = push_value(L, st, cell);
        cell = push_value(L, st, cell);
        lua_rawset(L, -3);
    }
    if (failure) {
        mwl_push_failure_meta(L, st);
        lua_setmetatable(L, -2);
    }
    return cell;
}

static const mwl_cell *push_value(lua_State *L, mwl_state *st, const mwl_cell *cell) {
    switch ((enum mwl_kind)cell->kind) {
    case MWL_NIL:
        lua_pushnil(L);
        return cell + 1;
    case MWL_FALSE:
        lua_pushboolean(L, 0);
        return cell + 1;
    case MWL_TRUE:
        lua_pushboolean(L, 1);
        return cell + 1;
    case MWL_INTEGER:
        lua_pushinteger(L, cell->integer);
        return cell + 1;
    case MWL_NUMBER:
        lua_pushnumber(L, cell->number);
        return cell + 1;
    case MWL_BYTES:
    case MWL_OTHER:
        lua_pushlstring(L, (const char *)cell->bytes, cell->size);
        return cell + 1;
    case MWL_TABLE:
    case MWL_FAILURE:
        return push_table(L, st, cell);
    case MWL_HANDLE:
        mwl_push_handle(L, st, cell);
        return cell + 1;
    case MWL_FUNCTION:
        lua_rawgeti(L, LUA_REGISTRYINDEX, (lua_Integer)(int32_t)cell->aux);
        return cell + 1;
    }
    lua_pushnil(L);
    return cell + 1;
}

int mwl_push_message(lua_State *L, mwl_state *st, const mwl_message *message) {
    const mwl_cell *cell = message->cells;
    /* A C function has room for 20 from the start. */
    if (message->values > 8) luaL_checkstack(L, (int)message->values + 8, "too many results");
    for (uint32_t i = 0; i < message->values; i++) cell = push_value(L, st, cell);
    return (int)message->values;
}
