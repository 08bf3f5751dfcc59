/* string.find match gmatch gsub after §6.4.1 of the manual, with a budget: every 16,384 steps the check runs. */
#define _GNU_SOURCE /* memmem */
#include <ctype.h>

#include "mwl_internal.h"

enum { CAPTURES = 32, DEPTH = 200, STEPS = 16384, OPEN = -1, POSITION = -2 };

typedef struct matcher {
    lua_State *L;
    const char *subject, *end, *pattern_end;
    int depth, steps, captures;
    struct {
        const char *start;
        ptrdiff_t size;
    } capture[CAPTURES];
} matcher;

static inline void count_step(matcher *m) {
    if (--m->steps > 0) return;
    m->steps = STEPS;
    mwl_state *st = mwl_of(m->L);
    mwl_check(m->L, st);
}

/* ---- single characters ---- */

static const char *class_end(matcher *m, const char *p) {
    if (*p++ == '%') {
        if (p == m->pattern_end) luaL_error(m->L, "malformed pattern (ends with '%%')");
        return p + 1;
    }
    if (p[-1] != '[') return p;
    if (*p == '^') p++;
    do {
        if (p == m->pattern_end) luaL_error(m->L, "malformed pattern (missing ']')");
        if (*p++ == '%' && p < m->pattern_end) p++;
    } while (*p != ']' || p == m->pattern_end);
    return p + 1;
}

static bool in_class(int c, int class) {
    bool is;
    switch (tolower(class)) {
    case 'a': is = isalpha(c); break;
    case 'c': is = iscntrl(c); break;
    case 'd': is = isdigit(c); break;
    case 'g': is = isgraph(c); break;
    case 'l': is = islower(c); break;
    case 'p': is = ispunct(c); break;
    case 's': is = isspace(c); break;
    case 'u': is = isupper(c); break;
    case 'w': is = isalnum(c); break;
    case 'x': is = isxdigit(c); break;
    case 'z': is = c == 0; break; /* of older patterns, as the stock function takes it */
    default: return class == c;
    }
    return isupper(class) ? !is : is;
}

/* `p` is at '[', `last` at its ']'. */
static bool in_set(int c, const char *p, const char *last) {
    bool wanted = true;
    if (p[1] == '^') {
        wanted = false;
        p++;
    }
    while (++p < last) {
        if (*p == '%') {
            p++;
            if (in_class(c, (unsigned char)*p)) return wanted;
        } else if (p[1] == '-' && p + 2 < last) {
            if ((unsigned char)p[0] <= c && c <= (unsigned char)p[2]) return wanted;
            p += 2;
        } else if ((unsigned char)*p == c) {
            return wanted;
        }
    }
    return !wanted;
}

static inline bool single(matcher *m, const char *s, const char *p, const char *after) {
    if (s >= m->end) return false;
    int c = (unsigned char)*s;
    switch (*p) {
    case '.': return true;
    case '%': return in_class(c, (unsigned char)p[1]);
    case '[': return in_set(c, p, after - 1);
    default: return (unsigned char)*p == c;
    }
}

/* ---- items ---- */

static const char *match(matcher *m, const char *s, const char *p);

static const char *balanced(matcher *m, const char *s, const char *p) {
    if (p >= m->pattern_end - 1) luaL_error(m->L, "malformed pattern (missing arguments to '%%b')");
    if (s >= m->end || *s != *p) return NULL;
    char open = p[0], close = p[1];
    int nesting = 1;
    while (++s < m->end) {
        count_step(m);
        if (*s == close) {
            if (--nesting == 0) return s + 1;
        } else if (*s == open) {
            nesting++;
        }
    }
    return NULL;
}

static const char *longest(matcher *m, const char *s, const char *p, const char *after) {
    ptrdiff_t count = 0;
    while (single(m, s + count, p, after)) {
        count++;
        count_step(m);
    }
    for (; count >= 0; count--) {
        const char *result = match(m, s + count, after + 1);
        if (result != NULL) return result;
        count_step(m);
    }
    return NULL;
}

static const char *shortest(matcher *m, const char *s, const char *p, const char *after) {
    for (;;) {
        const char *result = match(m, s, after + 1);
        if (result != NULL) return result;
        if (!single(m, s, p, after)) return NULL;
        s++;
        count_step(m);
    }
}

static const char *open_capture(matcher *m, const char *s, const char *p, ptrdiff_t size) {
    if (m->captures >= CAPTURES) luaL_error(m->L, "too many captures");
    m->capture[m->captures].start = s;
    m->capture[m->captures].size = size;
    m->captures++;
    const char *result = match(m, s, p);
    if (result == NULL) m->captures--;
    return result;
}

static const char *close_capture(matcher *m, const char *s, const char *p) {
    int level = m->captures - 1;
    while (level >= 0 && m->capture[level].size != OPEN) level--;
    if (level < 0) luaL_error(m->L, "invalid pattern capture");
    m->capture[level].size = s - m->capture[level].start;
    const char *result = match(m, s, p);
    if (result == NULL) m->capture[level].size = OPEN;
    return result;
}

static const char *back_reference(matcher *m, const char *s, int digit) {
    int level = digit - '1';
    if (level < 0 || level >= m->captures || m->capture[level].size == OPEN) {
        luaL_error(m->L, "invalid capture index %%%d", level + 1);
    }
    ptrdiff_t size = m->capture[level].size;
    if (size < 0) return NULL; /* a position capture, which no text equals */
    if (m->end - s < size || memcmp(m->capture[level].start, s, (size_t)size) != 0) return NULL;
    return s + size;
}

/* %f[set]: between a character outside the set and one inside; the ends count as '\0'. */
static bool at_frontier(matcher *m, const char *s, const char *p, const char *after) {
    int previous = s == m->subject ? 0 : (unsigned char)s[-1];
    int next = s == m->end ? 0 : (unsigned char)*s;
    return !in_set(previous, p, after - 1) && in_set(next, p, after - 1);
}

/* A single character class with what may follow it. Continues the loop of `match` through *s and *p when it can. */
static bool step_single(matcher *m, const char **s, const char **p, const char **result) {
    const char *after = class_end(m, *p);
    char suffix = after < m->pattern_end ? *after : '\0';
    *result = NULL;
    switch (suffix) {
    case '?':
        if (single(m, *s, *p, after)) {
            *result = match(m, *s + 1, after + 1);
            if (*result != NULL) return false;
        }
        *p = after + 1;
        return true;
    case '+':
        if (single(m, *s, *p, after)) *result = longest(m, *s + 1, *p, after);
        return false;
    case '*':
        *result = longest(m, *s, *p, after);
        return false;
    case '-':
        *result = shortest(m, *s, *p, after);
        return false;
    default:
        if (!single(m, *s, *p, after)) return false;
        *s += 1;
        *p = after;
        return true;
    }
}

/* Pattern items that begin with '%': true to go on with the loop, false when *result decides. */
static bool step_escape(matcher *m, const char **s, const char **p, const char **result) {
    char kind = *p + 1 < m->pattern_end ? (*p)[1] : '\0';
    *result = NULL;
    if (kind == 'b') {
        *s = balanced(m, *s, *p + 2);
        *p += 4;
        return *s != NULL;
    }
    if (kind == 'f') {
        *p += 2;
        if (*p >= m->pattern_end || **p != '[') luaL_error(m->L, "missing '[' after '%%f' in pattern");
        const char *after = class_end(m, *p);
        bool matches = at_frontier(m, *s, *p, after);
        *p = after;
        return matches;
    }
    if (isdigit((unsigned char)kind)) {
        *s = back_reference(m, *s, (unsigned char)kind);
        *p += 2;
        return *s != NULL;
    }
    return step_single(m, s, p, result);
}

static const char *match_items(matcher *m, const char *s, const char *p) {
    const char *result;
    while (p != m->pattern_end) {
        count_step(m);
        bool goes_on;
        switch (*p) {
        case '(':
            return p + 1 < m->pattern_end && p[1] == ')' ? open_capture(m, s, p + 2, POSITION)
                                                          : open_capture(m, s, p + 1, OPEN);
        case ')':
            return close_capture(m, s, p + 1);
        case '$':
            if (p + 1 == m->pattern_end) return s == m->end ? s : NULL;
            goes_on = step_single(m, &s, &p, &result);
            break;
        case '%':
            goes_on = step_escape(m, &s, &p, &result);
            break;
        default:
            goes_on = step_single(m, &s, &p, &result);
            break;
        }
        if (!goes_on) return result;
    }
    return s;
}

static const char *match(matcher *m, const char *s, const char *p) {
    if (m->depth == 0) luaL_error(m->L, "pattern too complex");
    m->depth--;
    const char *result = match_items(m, s, p);
    m->depth++;
    return result;
}

/* ---- captures to values ---- */

static void push_capture(matcher *m, int index, const char *s, const char *e) {
    if (index >= m->captures) {
        if (index != 0) luaL_error(m->L, "invalid capture index %%%d", index + 1);
        lua_pushlstring(m->L, s, (size_t)(e - s));
        return;
    }
    ptrdiff_t size = m->capture[index].size;
    if (size == OPEN) luaL_error(m->L, "unfinished capture");
    if (size == POSITION) {
        lua_pushinteger(m->L, m->capture[index].start - m->subject + 1);
    } else {
        lua_pushlstring(m->L, m->capture[index].start, (size_t)size);
    }
}

/* Without captures the whole match, when there is one to give. */
static int push_captures(matcher *m, const char *s, const char *e) {
    int count = m->captures == 0 && s != NULL ? 1 : m->captures;
    luaL_checkstack(m->L, count, "too many captures");
    for (int i = 0; i < count; i++) push_capture(m, i, s, e);
    return count;
}

static void prepare(matcher *m, lua_State *L, const char *s, size_t ls, const char *p, size_t lp) {
    m->L = L;
    m->subject = s;
    m->end = s + ls;
    m->pattern_end = p + lp;
    m->steps = STEPS;
    m->depth = DEPTH;
    m->captures = 0;
}

static const char *try_at(matcher *m, const char *s, const char *p) {
    m->captures = 0;
    m->depth = DEPTH;
    return match(m, s, p);
}

/* ---- find, match ---- */

static size_t start_position(lua_Integer position, size_t size) {
    if (position > 0) return (size_t)position;
    if (position == 0 || position < -(lua_Integer)size) return 1;
    return size + (size_t)position + 1;
}

static bool is_plain(const char *p, size_t size) {
    for (size_t i = 0; i < size; i++) {
        if (p[i] != '\0' && strchr("^$*+?.([%-", p[i]) != NULL) return false;
    }
    return true;
}

static int find_plain(lua_State *L, const char *s, size_t ls, const char *p, size_t lp, size_t start) {
    const char *found = lp == 0 ? s + start : memmem(s + start, ls - start, p, lp);
    if (found == NULL) {
        luaL_pushfail(L);
        return 1;
    }
    lua_pushinteger(L, found - s + 1);
    lua_pushinteger(L, found - s + (lua_Integer)lp);
    return 2;
}

static int find_or_match(lua_State *L, bool find) {
    size_t ls, lp;
    const char *s = luaL_checklstring(L, 1, &ls), *p = luaL_checklstring(L, 2, &lp);
    size_t start = start_position(luaL_optinteger(L, 3, 1), ls) - 1;
    if (start > ls) {
        luaL_pushfail(L);
        return 1;
    }
    if (find && (lua_toboolean(L, 4) || is_plain(p, lp))) {
        mwl_check(L, mwl_of(L));
        return find_plain(L, s, ls, p, lp, start);
    }
    matcher m;
    bool anchored = lp > 0 && *p == '^';
    const char *from = s + start, *items = p + anchored;
    prepare(&m, L, s, ls, items, lp - anchored);
    do {
        const char *end = try_at(&m, from, items);
        if (end == NULL) continue;
        if (!find) return push_captures(&m, from, end);
        lua_pushinteger(L, from - s + 1);
        lua_pushinteger(L, end - s);
        return push_captures(&m, NULL, NULL) + 2;
    } while (from++ < m.end && !anchored);
    luaL_pushfail(L);
    return 1;
}

static int string_find(lua_State *L) {
    return find_or_match(L, true);
}

static int string_match(lua_State *L) {
    return find_or_match(L, false);
}

/* ---- gmatch: upvalues subject, pattern, next start, end of the last match (0: none) ---- */

static int gmatch_next(lua_State *L) {
    size_t ls, lp;
    const char *s = lua_tolstring(L, lua_upvalueindex(1), &ls), *p = lua_tolstring(L, lua_upvalueindex(2), &lp);
    size_t start = (size_t)lua_tointeger(L, lua_upvalueindex(3));
    size_t last = (size_t)lua_tointeger(L, lua_upvalueindex(4));
    matcher m;
    prepare(&m, L, s, ls, p, lp);
    for (; start <= ls; start++) {
        const char *end = try_at(&m, s + start, p);
        if (end == NULL || (size_t)(end - s) + 1 == last) continue;
        lua_pushinteger(L, end - s);
        lua_replace(L, lua_upvalueindex(3));
        lua_pushinteger(L, end - s + 1);
        lua_replace(L, lua_upvalueindex(4));
        return push_captures(&m, s + start, end);
    }
    lua_pushinteger(L, (lua_Integer)ls + 1);
    lua_replace(L, lua_upvalueindex(3));
    return 0;
}

static int string_gmatch(lua_State *L) {
    size_t ls;
    luaL_checklstring(L, 1, &ls);
    luaL_checkstring(L, 2);
    size_t start = start_position(luaL_optinteger(L, 3, 1), ls) - 1;
    lua_settop(L, 2);
    lua_pushinteger(L, (lua_Integer)(start > ls ? ls + 1 : start));
    lua_pushinteger(L, 0);
    lua_pushcclosure(L, gmatch_next, 4);
    return 1;
}

/* ---- gsub ---- */

static void add_template(matcher *m, luaL_Buffer *b, const char *s, const char *e) {
    size_t size;
    lua_State *L = m->L;
    const char *text = lua_tolstring(L, 3, &size), *end = text + size;
    const char *escape;
    while ((escape = memchr(text, '%', (size_t)(end - text))) != NULL) {
        luaL_addlstring(b, text, (size_t)(escape - text));
        text = escape + 1;
        unsigned char kind = text < end ? (unsigned char)*text : 0;
        if (kind == '%') {
            luaL_addchar(b, '%');
        } else if (kind == '0') {
            luaL_addlstring(b, s, (size_t)(e - s));
        } else if (isdigit(kind)) {
            push_capture(m, kind - '1', s, e);
            luaL_tolstring(L, -1, NULL);
            lua_remove(L, -2);
            luaL_addvalue(b);
        } else {
            luaL_error(L, "invalid use of '%c' in replacement string", '%');
        }
        text++;
    }
    luaL_addlstring(b, text, (size_t)(end - text));
}

/* Adds the replacement of s…e; false when the original stays. */
static bool add_replacement(matcher *m, luaL_Buffer *b, const char *s, const char *e, int type) {
    lua_State *L = m->L;
    if (type == LUA_TFUNCTION) {
        lua_pushvalue(L, 3);
        lua_call(L, push_captures(m, s, e), 1);
    } else if (type == LUA_TTABLE) {
        push_capture(m, 0, s, e);
        lua_gettable(L, 3);
    } else {
        add_template(m, b, s, e);
        return true;
    }
    if (!lua_toboolean(L, -1)) {
        lua_pop(L, 1);
        luaL_addlstring(b, s, (size_t)(e - s));
        return false;
    }
    if (!lua_isstring(L, -1)) luaL_error(L, "invalid replacement value (a %s)", luaL_typename(L, -1));
    luaL_addvalue(b);
    return true;
}

static int string_gsub(lua_State *L) {
    size_t ls, lp;
    const char *s = luaL_checklstring(L, 1, &ls), *p = luaL_checklstring(L, 2, &lp);
    int type = lua_type(L, 3);
    luaL_argexpected(L, type == LUA_TNUMBER || type == LUA_TSTRING || type == LUA_TFUNCTION || type == LUA_TTABLE, 3,
                     "string/function/table");
    if (type == LUA_TNUMBER) lua_tolstring(L, 3, NULL);
    lua_Integer limit = luaL_optinteger(L, 4, (lua_Integer)ls + 1), count = 0;
    bool anchored = lp > 0 && *p == '^', changed = false;
    const char *items = p + anchored, *from = s, *last = NULL;
    matcher m;
    luaL_Buffer b;
    prepare(&m, L, s, ls, items, lp - anchored);
    luaL_buffinit(L, &b);
    while (count < limit) {
        const char *end = try_at(&m, from, items);
        if (end != NULL && end != last) {
            count++;
            changed = add_replacement(&m, &b, from, end, type) || changed;
            from = last = end;
        } else if (from < m.end) {
            luaL_addchar(&b, *from++);
        } else {
            break;
        }
        if (anchored) break;
    }
    if (!changed) {
        lua_pushvalue(L, 1);
    } else {
        luaL_addlstring(&b, from, (size_t)(m.end - from));
        luaL_pushresult(&b);
    }
    lua_pushinteger(L, count);
    return 2;
}

const luaL_Reg mwl_matchers[] = {
    {"find", string_find}, {"match", string_match}, {"gmatch", string_gmatch}, {"gsub", string_gsub}, {NULL, NULL},
};
