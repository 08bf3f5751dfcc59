/* The other side of the measurements: a plain C host on the same library, without hook, limits or checks. */
#include <pthread.h>
#include <stdlib.h>

#include "moonwire_bench.h"
#include "mwl_internal.h"

static int plain_add(lua_State *L) {
    lua_pushinteger(L, luaL_checkinteger(L, 1) + luaL_checkinteger(L, 2));
    return 1;
}

static int plain_wait_done(lua_State *L, int status, lua_KContext context) {
    (void)status;
    (void)context;
    return lua_gettop(L);
}

static int plain_wait(lua_State *L) {
    return lua_yieldk(L, lua_gettop(L), 0, plain_wait_done);
}

/* One hop to a thread and back, by condition variables. */
typedef struct hop {
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t there, back;
    int asked, answered, ended;
} hop;

static void *hop_thread(void *context) {
    hop *hop = context;
    pthread_mutex_lock(&hop->lock);
    for (;;) {
        while (!hop->asked && !hop->ended) pthread_cond_wait(&hop->there, &hop->lock);
        if (hop->ended) break;
        hop->asked = 0;
        hop->answered = 1;
        pthread_cond_signal(&hop->back);
    }
    pthread_mutex_unlock(&hop->lock);
    return NULL;
}

static bool hop_start(hop *hop) {
    *hop = (struct hop){0};
    pthread_mutex_init(&hop->lock, NULL);
    pthread_cond_init(&hop->there, NULL);
    pthread_cond_init(&hop->back, NULL);
    return pthread_create(&hop->thread, NULL, hop_thread, hop) == 0;
}

static void hop_once(hop *hop) {
    pthread_mutex_lock(&hop->lock);
    hop->asked = 1;
    pthread_cond_signal(&hop->there);
    while (!hop->answered) pthread_cond_wait(&hop->back, &hop->lock);
    hop->answered = 0;
    pthread_mutex_unlock(&hop->lock);
}

static void hop_end(hop *hop) {
    pthread_mutex_lock(&hop->lock);
    hop->ended = 1;
    pthread_cond_signal(&hop->there);
    pthread_mutex_unlock(&hop->lock);
    pthread_join(hop->thread, NULL);
}

static int64_t drive(lua_State *L, lua_State *co, hop *hop) {
    int results, arguments = 0;
    int64_t start = mwl_now();
    while (lua_resume(co, L, arguments, &results) == LUA_YIELD) {
        if (hop != NULL) hop_once(hop);
        arguments = results;
    }
    return mwl_now() - start;
}

int64_t mwl_bench_plain(const char *source, size_t size, bool hops) {
    lua_State *L = luaL_newstate();
    hop hop;
    if (L == NULL) return -1;
    luaL_openlibs(L);
    lua_register(L, "add", plain_add);
    lua_register(L, "wait", plain_wait);
    lua_State *co = lua_newthread(L);
    int64_t elapsed = -1;
    if (luaL_loadbufferx(co, source, size, "@bench.lua", "t") == LUA_OK && (!hops || hop_start(&hop))) {
        elapsed = drive(L, co, hops ? &hop : NULL);
        if (hops) hop_end(&hop);
    }
    lua_close(L);
    return elapsed;
}
