/* Error objects, places and tracebacks. Nothing here calls the script. */
#include <stdarg.h>
#include <stdio.h>

#include "mwl_internal.h"

void mwl_no_memory(lua_State *L) {
    mwl_state *st = mwl_of(L);
    lua_rawgeti(L, LUA_REGISTRYINDEX, st->anchors_ref);
    lua_rawgeti(L, -1, 5);
    lua_error(L);
    __builtin_unreachable();
}

void mwl_push_failure_meta(lua_State *L, mwl_state *st) {
    lua_rawgeti(L, LUA_REGISTRYINDEX, st->failure_meta_ref);
}

bool mwl_is_failure(lua_State *L, mwl_state *st, int index) {
    if (lua_type(L, index) != LUA_TTABLE || !lua_getmetatable(L, index)) return false;
    mwl_push_failure_meta(L, st);
    bool same = lua_rawequal(L, -1, -2);
    lua_pop(L, 2);
    return same;
}

static bool is_script(const lua_Debug *ar) {
    return ar->currentline > 0 && ar->source[0] != '=';
}

/* The innermost line of the script at or above `level`. */
bool mwl_locate(lua_State *L, int level, char *out, size_t size) {
    lua_Debug ar;
    for (; lua_getstack(L, level, &ar); level++) {
        lua_getinfo(L, "Sl", &ar);
        if (!is_script(&ar)) continue;
        snprintf(out, size, "%s:%d", ar.short_src, ar.currentline);
        return true;
    }
    return false;
}

static void set_place(lua_State *L) {
    char where[MWL_LOCATION];
    lua_pushliteral(L, "where");
    if (lua_rawget(L, -2) == LUA_TNIL && mwl_locate(L, 0, where, sizeof where)) {
        lua_pushliteral(L, "where");
        lua_pushstring(L, where);
        lua_rawset(L, -4);
    }
    lua_pop(L, 1);
}

/* Raises an error object of this kind, with the place of the calling script line. */
void mwl_fail(lua_State *L, const char *kind, const char *format, ...) {
    mwl_state *st = mwl_of(L);
    va_list arguments;
    if (!lua_checkstack(L, 16)) mwl_no_memory(L);
    lua_createtable(L, 0, 4);
    lua_pushstring(L, kind);
    lua_setfield(L, -2, "kind");
    va_start(arguments, format);
    lua_pushvfstring(L, format, arguments);
    va_end(arguments);
    lua_setfield(L, -2, "message");
    set_place(L);
    mwl_push_failure_meta(L, st);
    lua_setmetatable(L, -2);
    lua_error(L);
    __builtin_unreachable();
}

void mwl_bad_argument(lua_State *L, int argument, const char *function, const char *problem) {
    mwl_fail(L, "argument", "bad argument #%d to '%s' (%s)", argument, function, problem);
}

void mwl_push_failure(lua_State *L, mwl_state *st, const mwl_message *message) {
    if (mwl_push_message(L, st, message) != 1 || lua_type(L, -1) != LUA_TTABLE) {
        lua_settop(L, 0);
        lua_pushliteral(L, "the host failed without saying why");
        return;
    }
    set_place(L);
}

static int failure_to_string(lua_State *L) {
    mwl_state *st = mwl_of(L);
    lua_settop(L, 1);
    if (!mwl_is_failure(L, st, 1)) {
        lua_pushliteral(L, "error");
        return 1;
    }
    lua_pushliteral(L, "where");
    lua_rawget(L, 1);
    lua_pushliteral(L, "message");
    lua_rawget(L, 1);
    const char *where = lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : NULL;
    const char *text = lua_type(L, 3) == LUA_TSTRING ? lua_tostring(L, 3) : "error";
    if (where != NULL) {
        lua_pushfstring(L, "%s: %s", where, text);
    } else {
        lua_pushstring(L, text);
    }
    return 1;
}

void mwl_open_errors(lua_State *L, mwl_state *st) {
    lua_createtable(L, 0, 3);
    lua_pushcfunction(L, failure_to_string);
    lua_setfield(L, -2, "__tostring");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_pushliteral(L, "error");
    lua_setfield(L, -2, "__name");
    st->failure_meta_ref = luaL_ref(L, LUA_REGISTRYINDEX);
}

/* ---- Tracebacks: text built without Lua memory, frames of built-in modules left out. ---- */

typedef struct text {
    char *out;
    size_t size, length;
} text;

static void add(text *text, const char *format, ...) {
    va_list arguments;
    if (text->length + 1 >= text->size) return;
    va_start(arguments, format);
    int wrote = vsnprintf(text->out + text->length, text->size - text->length, format, arguments);
    va_end(arguments);
    if (wrote < 0) return;
    size_t room = text->size - text->length - 1;
    text->length += (size_t)wrote < room ? (size_t)wrote : room;
}

static void add_frame(text *text, const lua_Debug *ar) {
    add(text, text->length == 0 ? "\t" : "\n\t");
    if (ar->currentline > 0) {
        add(text, "%s:%d: in ", ar->short_src, ar->currentline);
    } else {
        add(text, "%s: in ", ar->short_src);
    }
    if (*ar->namewhat != '\0') {
        add(text, "%s '%s'", ar->namewhat, ar->name);
    } else if (*ar->what == 'm') {
        add(text, "main chunk");
    } else if (*ar->what == 'C') {
        add(text, "?");
    } else {
        add(text, "function <%s:%d>", ar->short_src, ar->linedefined);
    }
}

static bool shown(const lua_Debug *ar) {
    if (ar->source[0] != '=') return ar->currentline > 0 || *ar->what == 'C';
    return *ar->what == 'C' && *ar->namewhat != '\0' && strcmp(ar->name, "?") != 0;
}

/* How many levels there are. Asking for a level walks the whole way to it, so they are not counted one by one. */
static int stack_depth(lua_State *L) {
    lua_Debug ar;
    int known = 0, beyond = 1;
    while (lua_getstack(L, beyond, &ar)) {
        known = beyond;
        beyond *= 2;
    }
    while (known + 1 < beyond) {
        int middle = known + (beyond - known) / 2;
        if (lua_getstack(L, middle, &ar)) {
            known = middle;
        } else {
            beyond = middle;
        }
    }
    return beyond;
}

size_t mwl_stack_text(lua_State *L, int level, char *out, size_t size) {
    enum { FIRST = 12, LAST = 8 };
    text text = {out, size, 0};
    lua_Debug ar;
    if (size == 0) return 0;
    out[0] = '\0';
    int depth = stack_depth(L);
    for (int i = level; i < depth && lua_getstack(L, i, &ar); i++) {
        if (i - level == FIRST && depth - i > LAST) {
            add(&text, "\n\t... (%d more)", depth - i - LAST);
            i = depth - LAST;
            if (!lua_getstack(L, i, &ar)) break;
        }
        lua_getinfo(L, "Sln", &ar);
        if (shown(&ar)) add_frame(&text, &ar);
    }
    return text.length;
}

void mwl_capture(lua_State *L, mwl_task *task, bool append) {
    enum { ROOM = 4096 };
    mwl_state *st = task->state;
    if (!append) task->traceback_size = 0;
    size_t needed = task->traceback_size + ROOM;
    if (needed > 4 * ROOM || !lua_checkstack(L, 16)) return;
    if (needed > task->traceback_capacity) {
        char *grown = mwl_allocate(st, task->traceback, task->traceback_capacity, needed);
        if (grown == NULL) return;
        task->traceback = grown;
        task->traceback_capacity = needed;
    }
    char *end = task->traceback + task->traceback_size;
    if (task->traceback_size > 0) *end++ = '\n';
    size_t length = mwl_stack_text(L, 0, end, ROOM - 2);
    task->traceback_size = (size_t)(end - task->traceback) + length;
    task->traceback[task->traceback_size] = '\0';
}

/* Runs at the throw, in the task's root or in a prelude's `try`. Returns the error value as it is. */
int mwl_message_handler(lua_State *L) {
    mwl_state *st = mwl_of(L);
    mwl_task *task = st->task;
    if (task == NULL || mwl_effective_phase(st) == MWL_PHASE_KILL) return 1;
    if (task->keep_traceback) {
        task->keep_traceback = false;
        return 1;
    }
    if (lua_type(L, 1) == LUA_TSTRING && strcmp(lua_tostring(L, 1), "not enough memory") == 0) return 1;
    mwl_capture(L, task, task->inner_traceback);
    task->inner_traceback = false;
    return 1;
}

size_t mwl_traceback(mwl_state *st, mwl_task *task, char *buffer, size_t size) {
    (void)st;
    if (!lua_checkstack(task->L, 16)) return 0;
    return mwl_stack_text(task->L, 0, buffer, size);
}
