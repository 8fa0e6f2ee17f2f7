/* pf.clock/1: the time as the run sees it. Use it instead of the C library's clock, so that a
 * recorded run replays. Fetch with pf_host.service("pf.clock/1"). */
#ifndef PRISMFORET_ABI_CLOCK_H
#define PRISMFORET_ABI_CLOCK_H

#include "prismforet/abi/types.h"

PF_EXTERN_C_BEGIN

#define PF_CLOCK_ID "pf.clock/1"

typedef struct pf_clock {
    uint32_t struct_size;
    /* [any] Milliseconds since 1970-01-01T00:00:00Z. */
    int64_t (*now_ms)(pf_call* call) PF_NOEXCEPT;
} pf_clock;

PF_EXTERN_C_END

#endif
