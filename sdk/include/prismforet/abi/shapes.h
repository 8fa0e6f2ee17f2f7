/* pf.shapes/1: what is to be charged for, and how it looked in which time. Fetch with
 * pf_host.service("pf.shapes/1"); only the handlers of pf.cost/1 can use it.
 *
 * A shape is an object: one resource in one stretch of time in which nothing about it changed.
 *
 *   id, kind, class, name, product, region    texts; class is one of machine, cluster, host,
 *                                             storage_container, volume_group, recovery_point,
 *                                             floating_ip
 *   from, to                                  UTC seconds since 1970, half open
 *   basis                                     "measured": seen to be so; "assumed": taken to be so
 *   and what the resource type says of it     vcpus, memory_bytes, disks, gpus, categories, ...:
 *                                             docs/cost.md has them all
 *
 * What is not known is absent. */
#ifndef PRISMFORET_ABI_SHAPES_H
#define PRISMFORET_ABI_SHAPES_H

#include "prismforet/abi/types.h"

PF_EXTERN_C_BEGIN

#define PF_SHAPES_ID "pf.shapes/1"

typedef struct pf_shapes {
    uint32_t struct_size;
    /* [call,blocks] Goes back to the first shape. A handler may read them as often as it likes and
     * meets the same ones in the same order. */
    pf_status (*rewind)(pf_call* call) PF_NOEXCEPT;
    /* [call,blocks] The next shape, valid until the following next or rewind. Ordered by id, then
     * by from: those of one resource follow each other and do not overlap. PF_OUT_OF_RANGE = no
     * more. */
    pf_status (*next)(pf_call* call, pf_val* out) PF_NOEXCEPT;
} pf_shapes;

PF_EXTERN_C_END

#endif
