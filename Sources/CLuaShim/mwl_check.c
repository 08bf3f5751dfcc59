/* The check: phases, clocks and memory, read by the count hook and by every replaced library function. */
#include <time.h>

#include "mwl_internal.h"

static int64_t thread_cpu(void) {
    struct timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

/* A cleanup task (a defer body) is not cancelled by the run, only killed with it. */
int mwl_effective_phase(mwl_state *st) {
    mwl_task *task = st->task;
    if (task == NULL) return st->phase == MWL_PHASE_KILL ? MWL_PHASE_KILL : MWL_PHASE_RUN;
    if (st->phase == MWL_PHASE_KILL || task->phase == MWL_PHASE_KILL) return MWL_PHASE_KILL;
    if (task->phase == MWL_PHASE_CANCEL) return MWL_PHASE_CANCEL;
    return task->cleanup ? MWL_PHASE_RUN : st->phase;
}

/* A console's VM outlives what it evaluates: what would end the run ends the task that runs. */
static void advance_task(mwl_state *st, int phase, int reason) {
    mwl_task *task = st->task;
    if (task == NULL || phase <= task->phase) return;
    mwl_begin_burst(st, mwl_now());
    if (task->phase == MWL_PHASE_RUN) task->reason = reason;
    task->phase = phase;
}

static void advance_run(mwl_state *st, int phase, int reason) {
    if (st->limits.interactive) return advance_task(st, phase, reason);
    if (phase <= st->phase) return;
    int64_t now = mwl_now();
    mwl_begin_burst(st, now);
    if (st->phase == MWL_PHASE_RUN) {
        st->grace_end = now + st->limits.grace;
        if (st->soft != UINT64_MAX) st->soft += st->soft / 4;
    }
    st->phase = phase;
    if (st->reason == MWL_REASON_NONE) st->reason = reason;
    atomic_store(&st->phase_seen, (uint32_t)phase | (uint32_t)st->reason << 8);
}

void mwl_take_request(mwl_state *st) {
    uint32_t requested = atomic_load_explicit(&st->requested, memory_order_relaxed);
    if (st->limits.interactive) requested = atomic_exchange(&st->requested, 0);
    advance_run(st, (int)(requested & 0xff), (int)(requested >> 8));
}

static bool is_running(mwl_state *st) {
    return (st->limits.interactive ? mwl_effective_phase(st) : st->phase) == MWL_PHASE_RUN;
}

/* A burst counts from here. */
void mwl_begin_burst(mwl_state *st, int64_t now) {
    st->entry_wall = now;
    st->burst_due = 0;
}

/* CPU time costs a system call, so short entries never ask: what they used before BURST_BEGIN of wall time is not
   counted, whoever had the processor then. Later it is asked when the burst may be over at the earliest. */
static void read_burst(mwl_state *st, int64_t now) {
    enum { BURST_BEGIN = 10000000 };
    bool running = is_running(st);
    int64_t burst = running ? st->limits.burst : st->limits.grace_burst;
    if (st->burst_due == 0) {
        if (now - st->entry_wall < (burst < BURST_BEGIN ? burst : BURST_BEGIN)) return;
        st->burst_base = thread_cpu();
        st->burst_due = now + burst;
    }
    if (now < st->burst_due) return;
    int64_t left = burst - (thread_cpu() - st->burst_base);
    st->burst_due = now + left;
    if (left <= 0) advance_run(st, running ? MWL_PHASE_CANCEL : MWL_PHASE_KILL, MWL_REASON_BURST);
}

/* The line that runs, for the watchdog. */
void mwl_remember_line(lua_State *L, mwl_state *st) {
    atomic_fetch_add(&st->seen_version, 1);
    if (!mwl_locate(L, 0, st->seen, sizeof st->seen)) st->seen[0] = '\0';
    atomic_fetch_add(&st->seen_version, 1);
}

/* Often enough for people, too seldom to cost. */
static void refresh_line(lua_State *L, mwl_state *st, int64_t now) {
    if (now - st->seen_at < 10000000) return;
    st->seen_at = now;
    mwl_remember_line(L, st);
}

static void read_clocks(lua_State *L, mwl_state *st) {
    int64_t now = mwl_now();
    if (st->entry_wall == 0) {
        mwl_begin_burst(st, now);
        st->seen_at = now;
    }
    refresh_line(L, st, now);
    if (now >= st->deadline) advance_run(st, MWL_PHASE_CANCEL, MWL_REASON_DEADLINE);
    read_burst(st, now);
    if (now >= st->grace_end) advance_run(st, MWL_PHASE_KILL, st->reason);
    mwl_task *task = st->task;
    if (task != NULL && now >= task->deadline && task->phase == MWL_PHASE_RUN) {
        task->phase = MWL_PHASE_CANCEL;
        task->reason = MWL_REASON_TIMEOUT;
    }
    /* Told to end, and computing on: other tasks and timers wait for it. */
    if (task != NULL && task->phase == MWL_PHASE_CANCEL && task->raised &&
        now - st->entry_wall >= st->limits.grace_burst) {
        task->phase = MWL_PHASE_KILL;
    }
}

static void read_memory(lua_State *L, mwl_state *st) {
    if (!st->armed) return;
    mwl_publish(st, "garbage collection");
    lua_gc(L, LUA_GCCOLLECT);
    mwl_publish(st, NULL);
    st->armed = false;
    if (st->used < st->soft - st->soft / 10) return;
    bool running = is_running(st);
    advance_run(st, running ? MWL_PHASE_CANCEL : MWL_PHASE_KILL, MWL_REASON_MEMORY);
}

static void push_reason(lua_State *L, mwl_state *st, int reason) {
    static const char *const words[] = {
        "", "deadline", "burst", "memory", "operator", "output", "scope", "timeout", "task",
    };
    static const char *const sentences[] = {
        "cancelled",
        "cancelled: the run's deadline has passed",
        "cancelled: computed too long without a wait",
        "out of memory: the script holds more than its limit",
        "cancelled by the operator",
        "output limit reached",
        "cancelled: its scope ended",
        "cancelled: its time is over",
        "cancelled",
    };
    lua_pushstring(L, reason == MWL_REASON_MEMORY ? "memory" : "cancelled");
    lua_setfield(L, -2, "kind");
    lua_pushstring(L, words[reason]);
    lua_setfield(L, -2, "reason");
    lua_pushstring(L, sentences[reason]);
    lua_setfield(L, -2, "message");
    char where[MWL_LOCATION];
    if (mwl_locate(L, 0, where, sizeof where)) {
        lua_pushstring(L, where);
        lua_setfield(L, -2, "where");
    }
    if (st->task != NULL && st->task->name[0] != '\0') {
        lua_pushstring(L, st->task->name);
        lua_setfield(L, -2, "task");
    }
}

/* Pushes the task's cancellation: one object per task and cancellation, so that a catch can be told. */
static void push_cancellation(lua_State *L, mwl_state *st) {
    mwl_task *task = st->task;
    if (task->cancel_ref != LUA_NOREF) {
        lua_rawgeti(L, LUA_REGISTRYINDEX, task->cancel_ref);
        return;
    }
    lua_createtable(L, 0, 6);
    push_reason(L, st, task->phase == MWL_PHASE_CANCEL ? task->reason : st->reason);
    mwl_push_failure_meta(L, st);
    lua_setmetatable(L, -2);
    lua_pushvalue(L, -1);
    task->cancel_ref = luaL_ref(L, LUA_REGISTRYINDEX);
}

void mwl_raise_phase(lua_State *L, mwl_state *st) {
    if (!lua_checkstack(L, 16)) mwl_no_memory(L);
    if (mwl_effective_phase(st) == MWL_PHASE_KILL || st->task == NULL) {
        lua_sethook(L, mwl_hook, LUA_MASKCOUNT, 1);
        lua_rawgeti(L, LUA_REGISTRYINDEX, st->kill_ref);
        lua_error(L);
    }
    st->task->raised = true;
    push_cancellation(L, st);
    lua_error(L);
    __builtin_unreachable();
}

int mwl_hook_interval(mwl_state *st) {
    return st->limits.interrupt_check != 0 ? 1 : MWL_HOOK_INTERVAL;
}

static int observe(lua_State *L, mwl_state *st) {
    if (st->limits.interrupt_check != 0 && ++st->checks == st->limits.interrupt_check)
        advance_run(st, st->limits.interrupt_phase, st->limits.interrupt_reason);
    mwl_read_request(st);
    read_clocks(L, st);
    read_memory(L, st);
    return mwl_effective_phase(st);
}

static inline void act(lua_State *L, mwl_state *st, int phase) {
    if (phase == MWL_PHASE_KILL || (phase == MWL_PHASE_CANCEL && st->task != NULL && !st->task->raised))
        mwl_raise_phase(L, st);
}

void mwl_check(lua_State *L, mwl_state *st) {
    act(L, st, observe(L, st));
}

void mwl_hook(lua_State *L, lua_Debug *ar) {
    (void)ar;
    mwl_state *st = mwl_of(L);
    int interval = mwl_hook_interval(st), passed = lua_gethookcount(L);
    if (passed != interval) lua_sethook(L, mwl_hook, LUA_MASKCOUNT, interval);
    int phase = observe(L, st);
    st->spared = st->spared > passed ? st->spared - passed : 0;
    /* A handle that a call has just returned is closed by nobody before `<close>` has marked its variable. */
    if (phase == MWL_PHASE_CANCEL && st->spared > 0) {
        lua_sethook(L, mwl_hook, LUA_MASKCOUNT, st->spared);
        return;
    }
    act(L, st, phase);
}

/* Raises in those phases in which this wait may not begin. */
void mwl_refuse_wait(lua_State *L, mwl_state *st, bool shielded) {
    int phase = mwl_effective_phase(st);
    if (phase == MWL_PHASE_RUN) return;
    mwl_task *task = st->task;
    if (phase == MWL_PHASE_KILL) mwl_raise_phase(L, st);
    if (!shielded && task != NULL && (task->sticky || !task->raised)) mwl_raise_phase(L, st);
}

/* Called where a script catches the error at `index`. Killed: nothing is caught. */
void mwl_caught(lua_State *L, mwl_state *st, int index) {
    mwl_task *task = st->task;
    if (mwl_effective_phase(st) == MWL_PHASE_KILL) mwl_raise_phase(L, st);
    if (task == NULL) return;
    task->traceback_size = 0;
    task->inner_traceback = false;
    if (task->cancel_ref == LUA_NOREF) return;
    index = lua_absindex(L, index);
    lua_rawgeti(L, LUA_REGISTRYINDEX, task->cancel_ref);
    if (lua_rawequal(L, -1, index)) task->sticky = true;
    lua_pop(L, 1);
}

/* Whether the value is what ends the task: no message handler of the script sees it. */
bool mwl_is_cancellation(lua_State *L, mwl_state *st, int index) {
    mwl_task *task = st->task;
    if (mwl_effective_phase(st) == MWL_PHASE_KILL) return true;
    if (task == NULL || task->cancel_ref == LUA_NOREF) return false;
    index = lua_absindex(L, index);
    lua_rawgeti(L, LUA_REGISTRYINDEX, task->cancel_ref);
    bool same = lua_rawequal(L, -1, index);
    lua_pop(L, 1);
    return same;
}
