/* What the C hosts of the comparison share: the clock, and another thread to hop to by condition variables. */
#ifndef HOST_H
#define HOST_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <time.h>

static inline int64_t monotonic(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

/* What this thread has had of the processor: other programs do not count. */
static inline int64_t thread_cpu(void) {
    struct timespec time;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

static inline int fail(const char *message) {
    fprintf(stderr, "%s\n", message);
    return 1;
}

struct other {
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t there, back;
    bool asked, answered, ended;
};

static void *other_main(void *context) {
    struct other *other = context;
    pthread_mutex_lock(&other->lock);
    for (;;) {
        while (!other->asked && !other->ended) pthread_cond_wait(&other->there, &other->lock);
        if (other->ended) break;
        other->asked = false;
        other->answered = true;
        pthread_cond_signal(&other->back);
    }
    pthread_mutex_unlock(&other->lock);
    return NULL;
}

static inline void other_start(struct other *other) {
    *other = (struct other){0};
    pthread_mutex_init(&other->lock, NULL);
    pthread_cond_init(&other->there, NULL);
    pthread_cond_init(&other->back, NULL);
    pthread_create(&other->thread, NULL, other_main, other);
}

static inline void other_ask(struct other *other) {
    pthread_mutex_lock(&other->lock);
    other->asked = true;
    pthread_cond_signal(&other->there);
    while (!other->answered) pthread_cond_wait(&other->back, &other->lock);
    other->answered = false;
    pthread_mutex_unlock(&other->lock);
}

static inline void other_end(struct other *other) {
    pthread_mutex_lock(&other->lock);
    other->ended = true;
    pthread_cond_signal(&other->there);
    pthread_mutex_unlock(&other->lock);
    pthread_join(other->thread, NULL);
}

#endif
