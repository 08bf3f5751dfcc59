/* Lua 5.4 behind plain C types. Every function here is an entry from the host into one VM: it runs on the VM's thread,
   entries never nest, and no Lua error leaves it. Only mwl_interrupt and mwl_blocked_in may be called from elsewhere. */
#ifndef MOONWIRE_LUA_H
#define MOONWIRE_LUA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "moonwire_files.h"

typedef struct mwl_state mwl_state;
typedef struct mwl_task mwl_task;

/* ---- Values: a message is a flat array of cells in pre-order. ---- */

enum mwl_kind {
    MWL_NIL,
    MWL_FALSE,
    MWL_TRUE,
    MWL_INTEGER,  /* integer */
    MWL_NUMBER,   /* number */
    MWL_BYTES,    /* bytes, size */
    MWL_TABLE,    /* aux items follow, then size pairs of key and value */
    MWL_FAILURE,  /* an error object; laid out as a table */
    MWL_HANDLE,   /* aux class, size slot, integer identity; generation */
    MWL_FUNCTION, /* aux reference */
    MWL_OTHER,    /* a value that cannot leave Lua; bytes name its type (error values and results only) */
};

typedef struct mwl_cell {
    uint16_t kind;
    uint16_t flags;
    uint32_t aux;
    union {
        int64_t integer;
        double number;
        const uint8_t *bytes;
    };
    union {
        uint64_t size;
        struct {
            uint32_t slot;
            uint32_t generation;
        };
    };
} mwl_cell;

/* Cells of `values` top-level values. Byte pointers live until the next entry. */
typedef struct mwl_message {
    const mwl_cell *cells;
    uint32_t count;
    uint32_t values;
} mwl_message;

enum { MWL_MAX_DEPTH = 16, MWL_MAX_CELLS = 10000, MWL_MAX_BYTES = 4 << 20, MWL_INLINE_CELLS = 32 };

/* ---- Bindings ---- */

enum mwl_flag {
    MWL_WAITS = 1,      /* a waiting call: yields, answered by mwl_resume */
    MWL_CALLBACKS = 2,  /* functions may stand among the arguments */
    MWL_RECEIVER = 4,   /* the first argument is a handle of the class */
    MWL_LOCATES = 8,    /* wants the caller's file:line */
    MWL_SHIELDED = 16,  /* only a kill interrupts this wait */
};

/* Where a binding goes. */
enum mwl_place {
    MWL_IN_MODULE,  /* table `module`, a global, known to require */
    MWL_IN_GLOBALS,
    MWL_IN_REQUIRED, /* known to require only */
    MWL_IN_PRELUDE,  /* only the module's prelude sees it */
    MWL_PRELUDE,     /* `source` is the prelude; its functions go where `target` says */
    MWL_CONSTANT,    /* `value` under `name`, where `target` says */
};

typedef struct mwl_binding {
    const char *module;
    const char *name; /* must live as long as the VM */
    int32_t place;
    int32_t target;
    int32_t id;
    uint32_t flags;
    const uint8_t *source;
    size_t source_size;
    mwl_message value;
} mwl_binding;

/* One member of a class. `kind`: 'm' method, 'p' property, 'c' __close, 'x' __call, 's' __tostring. */
typedef struct mwl_member {
    const char *name;
    int32_t kind;
    int32_t id;
    uint32_t flags;
} mwl_member;

typedef struct mwl_class {
    const char *name;
    const mwl_member *members;
    uint32_t count;
} mwl_class;

/* ---- What the host gives ---- */

/* The id by which the shim asks for the failure of a missing member; the arguments are class and name. */
enum { MWL_MISSING_MEMBER = -1 };

enum mwl_status { MWL_RETURN = 0, MWL_RAISE = 1 };

/* All of these compute and return: no entry into the VM, no wait. */
typedef struct mwl_callbacks {
    void *context;
    /* A synchronous call. `answer` is filled by the host; its memory stays good until the next callback or entry. */
    int32_t (*call)(void *context, int32_t id, const mwl_message *arguments, const char *location,
                    mwl_message *answer);
    /* The class of a handle met for the first time. */
    void (*describe)(void *context, uint32_t id, mwl_class *out);
    /* print and io.write. MWL_RAISE: the answer is a failure. */
    int32_t (*write)(void *context, const uint8_t *bytes, size_t size, mwl_message *answer);
    /* Seconds since 1970 on the run's clock. */
    double (*wall)(void *context);
} mwl_callbacks;

typedef struct mwl_limits {
    uint64_t memory_soft;
    uint64_t memory_hard;
    int64_t burst;       /* ns of CPU between two waits */
    int64_t grace;       /* ns */
    int64_t grace_burst; /* ns */
    uint64_t seed;
    /* A console's VM: assignment declares a global; burst, memory and mwl_interrupt end the task that runs, never the
       run. */
    bool interactive;
    /* Test hook: the n-th allocation from now fails (0: none); all later ones too when `fail_after`. */
    uint64_t fail_allocation;
    bool fail_after;
    /* Test hook: the n-th check (0: none) advances the run to a phase. Every instruction is a check then. */
    uint64_t interrupt_check;
    int32_t interrupt_phase, interrupt_reason;
} mwl_limits;

/* ---- Phases ---- */

enum mwl_phase { MWL_PHASE_RUN, MWL_PHASE_CANCEL, MWL_PHASE_KILL };

enum mwl_reason {
    MWL_REASON_NONE,
    MWL_REASON_DEADLINE,
    MWL_REASON_BURST,
    MWL_REASON_MEMORY,
    MWL_REASON_OPERATOR,
    MWL_REASON_OUTPUT,
    MWL_REASON_SCOPE,
    MWL_REASON_TIMEOUT,
    MWL_REASON_TASK,
};

/* ---- Tasks ---- */

typedef struct mwl_source {
    const uint8_t *bytes; /* NULL: `function` */
    size_t size;
    const char *name; /* chunk name, with its leading @ or = */
    int32_t function; /* a reference; stays the host's */
    const char *task; /* the task's name, copied */
    bool cleanup;     /* a defer body: a cancelled run does not cancel it */
} mwl_source;

enum mwl_outcome {
    MWL_WAITING,  /* `message` are the arguments of host function `id` */
    MWL_FINISHED, /* `message` are the results; the task is gone */
    MWL_FAILED,   /* `message` is the error value; the task is gone */
    MWL_REFUSED,  /* mwl_spawn: the chunk did not load; `message` is the error */
};

typedef struct mwl_report {
    int32_t outcome;
    int32_t id;
    mwl_message message;
    const char *location;
    const char *traceback; /* of a failure, as taken at the throw; may be NULL */
    int32_t run_phase;     /* of the whole run: checks may have advanced it */
    int32_t run_reason;
    int32_t task_phase;
    bool task_raised; /* the task's cancellation was raised: what it waits for now belongs to its cleanup */
} mwl_report;

enum mwl_mode {
    MWL_VALUES, /* the call returns these */
    MWL_ERROR,  /* the call raises this failure */
    MWL_CANCEL, /* the call raises the task's cancellation */
};

typedef struct mwl_usage_counts {
    uint64_t memory;
    uint64_t peak;
    uint64_t handles;
    uint64_t references;
    int32_t run_phase;
    int32_t run_reason;
    int32_t stack; /* of the main thread: 0 between entries */
    uint64_t allocations; /* growing ones, counted with the test hook only */
} mwl_usage_counts;

/* NULL when there is no memory for it. */
mwl_state *mwl_new(const mwl_callbacks *callbacks, const mwl_limits *limits);
/* Tasks that are left are discarded. `released` gets the handles that were still open, when it is not NULL. Returns how
   many bytes the state failed to give back: 0, or a defect. */
uint64_t mwl_close(mwl_state *state, void (*released)(void *context, uint64_t handle));

/* False when memory ran out or a prelude failed; `message` then says why. */
bool mwl_register(mwl_state *state, const mwl_binding *binding, char *message, size_t size);

/* A task that waits for its first mwl_resume, whose values are its arguments. NULL: see the report. */
mwl_task *mwl_spawn(mwl_state *state, const mwl_source *source, mwl_report *report);
void mwl_resume(mwl_state *state, mwl_task *task, int32_t mode, const mwl_message *values, int64_t deadline,
                mwl_report *report);
/* Sets one task's phase; MWL_PHASE_RUN takes a cancellation back. A task never started is freed by `discard`. */
void mwl_cancel(mwl_state *state, mwl_task *task, int32_t phase, int32_t reason);
void mwl_discard(mwl_state *state, mwl_task *task);
/* From any thread: the phase and reason of the whole run; never lowers it. Interactive: of the task that runs now or
   next; MWL_PHASE_RUN takes back what no task has seen yet. */
void mwl_interrupt(mwl_state *state, int32_t phase, int32_t reason);
/* Monotonic ns at which a computing script meets its run deadline; INT64_MAX: none. */
void mwl_set_deadline(mwl_state *state, int64_t deadline);
void mwl_release(mwl_state *state, const int32_t *references, size_t count);
/* Handles released since last asked, as generation << 32 | slot; valid until the next entry. */
size_t mwl_released(mwl_state *state, const uint64_t **out);
/* The stack of a parked task, as text; returns its length. */
size_t mwl_traceback(mwl_state *state, mwl_task *task, char *buffer, size_t size);
void mwl_usage(mwl_state *state, mwl_usage_counts *out);
/* From any thread: what the VM does right now. `entry` is 0 between entries, the entry's number in one. */
typedef struct mwl_sighting {
    uint64_t entry;
    int32_t phase, reason;
    char what[96];
    char location[160];
} mwl_sighting;
void mwl_blocked_in(mwl_state *state, mwl_sighting *out);

#endif
