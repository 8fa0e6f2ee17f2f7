/* pf.series/1: takes what a handler of pf.metrics/1 has found out. Fetch with
 * pf_host.service("pf.series/1").
 *
 * All are [call]. What breaks a rule is refused with PF_INVALID_ARGUMENT and the whole call fails.
 */
#ifndef PRISMFORET_ABI_SERIES_H
#define PRISMFORET_ABI_SERIES_H

#include "prismforet/abi/types.h"

PF_EXTERN_C_BEGIN

#define PF_SERIES_ID "pf.series/1"

/* A metric that an entity has. None of the texts is empty. */
typedef struct pf_metric {
    uint32_t struct_size;
    uint32_t flags; /* 0 */
    pf_str key;     /* "cpu_utilization" */
    pf_str name;    /* "CPU utilization" */
    pf_str group;   /* "CPU" */
    pf_str unit;    /* of its values: "Percent" */
} pf_metric;

typedef struct pf_series {
    uint32_t struct_size;
    /* Hands one out; only of list. */
    pf_status (*metric)(pf_call* call, const pf_metric* metric) PF_NOEXCEPT;
    /* The times of every entity's values: cell i begins at first_s + i * step_s, UTC seconds since
     * 1970. Once, before the first values. step_s and count are at least 1, count at most 10,000.
     */
    pf_status (*grid)(pf_call* call, int64_t first_s, int64_t step_s, uint64_t count) PF_NOEXCEPT;
    /* One value for each cell, NaN where there is none; `key` is one of the request's, and each
     * at most once. `count` is the grid's. */
    pf_status (*values)(pf_call* call, pf_str key, const double* values,
                        uint64_t count) PF_NOEXCEPT;
} pf_series;

PF_EXTERN_C_END

#endif
