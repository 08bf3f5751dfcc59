/* Host functions and handles: the stubs scripts call. */
#include <stdio.h>

#include "mwl_internal.h"

static mwl_handle *check_receiver(lua_State *L, mwl_state *st, const char *name) {
    mwl_handle *handle = mwl_to_handle(L, st, 1);
    if (handle == NULL) mwl_fail(L, "argument", "calling '%s' on a bad receiver (write object:%s, with a colon)", name, name);
    if (!handle->open) mwl_fail(L, "closed", "'%s' on a closed object", name);
    return handle;
}

static const mwl_stub *stub_of(lua_State *L) {
    return lua_touserdata(L, lua_upvalueindex(1));
}

/* One argument of the kinds that most calls consist of. False: it takes the whole codec. */
static inline bool encode_scalar(lua_State *L, int index, mwl_cell *cell) {
    size_t size;
    if (lua_isinteger(L, index)) {
        *cell = (mwl_cell){.kind = MWL_INTEGER, .integer = lua_tointegerx(L, index, NULL)};
        return true;
    }
    switch (lua_type(L, index)) {
    case LUA_TNIL:
        *cell = (mwl_cell){.kind = MWL_NIL};
        return true;
    case LUA_TBOOLEAN:
        *cell = (mwl_cell){.kind = lua_toboolean(L, index) ? MWL_TRUE : MWL_FALSE};
        return true;
    case LUA_TNUMBER:
        *cell = (mwl_cell){.kind = MWL_NUMBER, .number = lua_tonumberx(L, index, NULL)};
        return true;
    case LUA_TSTRING:
        *cell = (mwl_cell){.kind = MWL_BYTES, .bytes = (const uint8_t *)lua_tolstring(L, index, &size), .size = size};
        return size <= MWL_MAX_BYTES / MWL_INLINE_CELLS;
    default:
        return false;
    }
}

/* `cells`: room for MWL_INLINE_CELLS. */
static inline void encode_arguments(lua_State *L, const mwl_stub *stub, mwl_cell *cells, mwl_message *out) {
    int count = lua_gettop(L), receiver = stub->flags & MWL_RECEIVER ? 1 : 0;
    if (receiver) mwl_handle_cell(check_receiver(L, stub->state, stub->name), cells);
    if (count <= MWL_INLINE_CELLS) {
        int done = receiver;
        while (done < count && encode_scalar(L, done + 1, &cells[done])) done += 1;
        if (done == count) {
            *out = (mwl_message){cells, (uint32_t)count, (uint32_t)count};
            return;
        }
    }
    mwl_encode(L, stub->state, 1, count, stub->flags & MWL_CALLBACKS ? MWL_ENCODE_CALLBACKS : 0, stub->name,
               receiver, cells, out);
}

static inline int push_answer(lua_State *L, mwl_state *st, const mwl_message *answer) {
    if (answer->count != 1 || answer->cells->kind != MWL_INTEGER) return mwl_push_message(L, st, answer);
    lua_pushinteger(L, answer->cells->integer);
    return 1;
}

/* The host has taken the references over. */
static int answer_call(lua_State *L, mwl_state *st, int status, const mwl_message *answer) {
    st->pending_count = 0;
    if (status == MWL_RETURN) return push_answer(L, st, answer);
    mwl_push_failure(L, st, answer);
    return lua_error(L);
}

static int call_synchronous(lua_State *L) {
    const mwl_stub *stub = stub_of(L);
    mwl_state *st = stub->state;
    mwl_cell cells[MWL_INLINE_CELLS];
    mwl_message arguments, answer;
    char location[MWL_LOCATION];
    const char *place = NULL;
    encode_arguments(L, stub, cells, &arguments);
    if (stub->flags & MWL_LOCATES && mwl_locate(L, 1, location, sizeof location)) place = location;
    mwl_publish(st, stub->name);
    int status = st->host.call(st->host.context, stub->id, &arguments, place, &answer);
    mwl_publish(st, NULL);
    return answer_call(L, st, status, &answer);
}

static int resume_waiting(lua_State *L, int status, lua_KContext context) {
    (void)status;
    mwl_state *st = (mwl_state *)context;
    const mwl_message *answer = st->answer;
    /* The arguments stay below: what is returned is what lies on top. */
    if (st->answer_mode == MWL_VALUES) return push_answer(L, st, answer);
    lua_settop(L, 0);
    if (st->answer_mode == MWL_CANCEL) mwl_raise_phase(L, st);
    mwl_push_failure(L, st, answer);
    return lua_error(L);
}

static int call_waiting(lua_State *L) {
    const mwl_stub *stub = stub_of(L);
    mwl_state *st = stub->state;
    if (!lua_isyieldable(L) || *mwl_flags(L) & MWL_CO_NO_WAIT) {
        mwl_fail(L, "argument",
                 "cannot wait here (inside a table.sort or string.gsub callback, or __tostring); '%s' waits: call it outside",
                 stub->name);
    }
    mwl_before_wait(L, st, stub->flags & MWL_SHIELDED);
    encode_arguments(L, stub, st->request_room, st->request);
    st->location[0] = '\0';
    if (stub->flags & MWL_LOCATES) mwl_locate(L, 1, st->location, sizeof st->location);
    st->request_id = stub->id;
    lua_pushlightuserdata(L, (void *)(uintptr_t)&mwl_mark);
    return lua_yieldk(L, 1, (lua_KContext)st, resume_waiting);
}

static mwl_stub *make_stub(lua_State *L, mwl_state *st) {
    if (st->stubs == NULL || st->stubs->count == MWL_STUB_BLOCK) {
        mwl_stub_block *block = mwl_allocate(st, NULL, 0, sizeof *block);
        if (block == NULL) mwl_no_memory(L);
        block->next = st->stubs;
        block->count = 0;
        st->stubs = block;
    }
    return &st->stubs->stubs[st->stubs->count++];
}

void mwl_push_stub(lua_State *L, mwl_state *st, const char *name, int id, uint32_t flags) {
    mwl_stub *stub = make_stub(L, st);
    *stub = (mwl_stub){st, name, id, flags};
    lua_pushlightuserdata(L, stub);
    lua_pushcclosure(L, flags & MWL_WAITS ? call_waiting : call_synchronous, 1);
}

/* ---- Handles ---- */

/* Class metatables hold this key with a true value: nothing else in the VM does. */
static void push_class_mark(lua_State *L) {
    lua_pushlightuserdata(L, (void *)(uintptr_t)&mwl_mark);
}

mwl_handle *mwl_to_handle(lua_State *L, mwl_state *st, int index) {
    (void)st;
    if (lua_type(L, index) != LUA_TUSERDATA || !lua_getmetatable(L, index)) return NULL;
    push_class_mark(L);
    bool ours = lua_rawget(L, -2) != LUA_TNIL;
    lua_pop(L, 2);
    return ours ? lua_touserdata(L, index) : NULL;
}

/* Room in the queue was reserved when the handle was made. */
static void release(mwl_state *st, mwl_handle *handle) {
    if (!handle->open) return;
    handle->open = false;
    st->handles -= 1;
    if (st->released_count < st->released_capacity) {
        st->released[st->released_count++] = (uint64_t)handle->generation << 32 | handle->slot;
    }
}

static int collect_handle(lua_State *L) {
    mwl_handle *handle = lua_touserdata(L, 1);
    if (handle != NULL) release(mwl_of(L), handle);
    return 0;
}

static int close_handle(lua_State *L) {
    mwl_state *st = mwl_of(L);
    mwl_handle *handle = mwl_to_handle(L, st, 1);
    if (handle != NULL) release(st, handle);
    return 0;
}

static int closed_by_host(lua_State *L, int status, lua_KContext context) {
    (void)status;
    (void)context;
    lua_settop(L, 1);
    return close_handle(L);
}

/* __close of a class with a close function: calls it (upvalue 1) unless the handle is closed already, then releases. */
static int close_waiting(lua_State *L) {
    mwl_state *st = mwl_of(L);
    mwl_handle *handle = mwl_to_handle(L, st, 1);
    if (handle == NULL || !handle->open) return 0;
    lua_settop(L, 1);
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_pushvalue(L, 1);
    lua_callk(L, 1, 0, 0, closed_by_host);
    return closed_by_host(L, LUA_OK, 0);
}

static int same_handle(lua_State *L) {
    mwl_state *st = mwl_of(L);
    mwl_handle *left = mwl_to_handle(L, st, 1), *right = mwl_to_handle(L, st, 2);
    lua_pushboolean(L, left != NULL && right != NULL && left->identity == right->identity);
    return 1;
}

static void bytes_cell(lua_State *L, int index, mwl_cell *cell) {
    size_t size;
    memset(cell, 0, sizeof *cell);
    cell->kind = MWL_BYTES;
    cell->bytes = (const uint8_t *)lua_tolstring(L, index, &size);
    cell->size = size;
}

/* Raises what the host says about a name the class does not have: it may know a near one. */
static int refuse_member(lua_State *L, mwl_state *st) {
    mwl_cell cells[2];
    mwl_message answer, question = {cells, 2, 2};
    if (lua_type(L, 2) != LUA_TSTRING) {
        mwl_fail(L, "argument", "%s has no fields of type %s", lua_tostring(L, lua_upvalueindex(2)), luaL_typename(L, 2));
    }
    bytes_cell(L, lua_upvalueindex(2), &cells[0]);
    bytes_cell(L, 2, &cells[1]);
    st->host.call(st->host.context, MWL_MISSING_MEMBER, &question, NULL, &answer);
    mwl_push_failure(L, st, &answer);
    return lua_error(L);
}

/* Upvalues: members by name, class name. A member is a stub, or a property: its stub wrapped in a one-item table. */
static int index_handle(lua_State *L) {
    mwl_state *st = mwl_of(L);
    lua_settop(L, 2);
    if (lua_type(L, 2) == LUA_TSTRING) {
        lua_pushvalue(L, 2);
        int type = lua_rawget(L, lua_upvalueindex(1));
        if (type == LUA_TFUNCTION) return 1;
        if (type == LUA_TTABLE) {
            check_receiver(L, st, lua_tostring(L, 2));
            lua_rawgeti(L, 3, 1);
            lua_pushvalue(L, 1);
            lua_call(L, 1, 1);
            return 1;
        }
    }
    return refuse_member(L, st);
}

static int refuse_assignment(lua_State *L) {
    mwl_fail(L, "argument", "%s cannot be changed by assignment", lua_tostring(L, lua_upvalueindex(1)));
}

static int describe_handle(lua_State *L) {
    mwl_handle *handle = mwl_to_handle(L, mwl_of(L), 1);
    lua_pushfstring(L, "%s: %d", lua_tostring(L, lua_upvalueindex(1)), handle != NULL ? (int)handle->slot : 0);
    return 1;
}

static void add_members(lua_State *L, mwl_state *st, int meta, int members, const mwl_class *class) {
    for (uint32_t i = 0; i < class->count; i++) {
        const mwl_member *member = &class->members[i];
        mwl_push_stub(L, st, member->name, member->id, member->flags);
        switch (member->kind) {
        case 'm':
            lua_setfield(L, members, member->name);
            break;
        case 'p':
            lua_createtable(L, 1, 0);
            lua_insert(L, -2);
            lua_rawseti(L, -2, 1);
            lua_setfield(L, members, member->name);
            break;
        case 'c':
            lua_pushcclosure(L, close_waiting, 1);
            lua_setfield(L, meta, "__close");
            break;
        case 'x':
            lua_setfield(L, meta, "__call");
            break;
        default:
            lua_setfield(L, meta, "__tostring");
            break;
        }
    }
}

static void make_class(lua_State *L, mwl_state *st, uint32_t id) {
    mwl_class class = {0};
    st->host.describe(st->host.context, id, &class);
    luaL_checkstack(L, 16, NULL);
    lua_createtable(L, 0, 12);
    int meta = lua_gettop(L);
    lua_createtable(L, 0, (int)class.count);
    lua_pushstring(L, class.name);
    lua_setfield(L, meta, "__name");
    lua_pushboolean(L, 0);
    lua_setfield(L, meta, "__metatable");
    lua_pushcfunction(L, close_handle);
    lua_setfield(L, meta, "__close");
    lua_pushcfunction(L, collect_handle);
    lua_setfield(L, meta, "__gc");
    lua_pushcfunction(L, same_handle);
    lua_setfield(L, meta, "__eq");
    lua_pushstring(L, class.name);
    lua_pushcclosure(L, describe_handle, 1);
    lua_setfield(L, meta, "__tostring");
    add_members(L, st, meta, meta + 1, &class);
    lua_pushstring(L, class.name);
    lua_pushcclosure(L, index_handle, 2);
    lua_setfield(L, meta, "__index");
    lua_pushstring(L, class.name);
    lua_pushcclosure(L, refuse_assignment, 1);
    lua_setfield(L, meta, "__newindex");
    push_class_mark(L);
    lua_pushboolean(L, 1);
    lua_rawset(L, meta);
}

static void reserve_release(lua_State *L, mwl_state *st) {
    size_t needed = st->released_count + st->handles + 1;
    if (needed <= st->released_capacity) return;
    size_t wanted = needed < 16 ? 16 : needed * 2;
    uint64_t *grown =
        mwl_allocate(st, st->released, st->released_capacity * sizeof *grown, wanted * sizeof *grown);
    if (grown == NULL) mwl_no_memory(L);
    st->released = grown;
    st->released_capacity = wanted;
}

/* The slot already counts this handle. When memory fails here the host learns of it through the object's absence from
   every later message; its table is swept at the end of the run. */
void mwl_push_handle(lua_State *L, mwl_state *st, const mwl_cell *cell) {
    luaL_checkstack(L, 16, NULL);
    lua_rawgeti(L, LUA_REGISTRYINDEX, st->classes_ref);
    if (lua_rawgeti(L, -1, (lua_Integer)cell->aux) == LUA_TNIL) {
        lua_pop(L, 1);
        make_class(L, st, cell->aux);
        lua_pushvalue(L, -1);
        lua_rawseti(L, -3, (lua_Integer)cell->aux);
    }
    reserve_release(L, st);
    mwl_handle *handle = lua_newuserdatauv(L, sizeof *handle, 0);
    handle->class_id = cell->aux;
    handle->slot = cell->slot;
    handle->generation = cell->generation;
    handle->identity = cell->integer;
    handle->open = true;
    st->handles += 1;
    st->spared = MWL_SPARED;
    lua_insert(L, -2);
    lua_setmetatable(L, -2);
    lua_remove(L, -2);
}
