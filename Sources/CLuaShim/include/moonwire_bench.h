/* Measuring: the same Lua source under a plain C host. */
#ifndef MOONWIRE_BENCH_H
#define MOONWIRE_BENCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Runs `source` with the globals add(a, b) and wait(...); returns how long it took, in ns, or -1. With `hops` each wait
   goes to another thread and back. */
int64_t mwl_bench_plain(const char *source, size_t size, bool hops);

#endif
