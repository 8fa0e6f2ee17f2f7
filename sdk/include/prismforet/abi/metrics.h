/* Concern pf.metrics/1: a module that tells what metrics entities have, and what they were.
 *
 * It asks Prism through pf.statistics/1 and answers through pf.series/1. Its instance keeps nothing
 * between calls: replicas answer alike. */
#ifndef PRISMFORET_ABI_METRICS_H
#define PRISMFORET_ABI_METRICS_H

#include "prismforet/abi/types.h"

PF_EXTERN_C_BEGIN

#define PF_METRICS_ID "pf.metrics/1"

/* What is asked for. Values and texts live until the handler returns. */
typedef struct pf_metrics_request {
    uint32_t struct_size;
    uint32_t flags; /* 0 */
    /* Array of {"key", "entity_type", "entity_uuid", "cluster_uuid"}: texts, all but key as the
     * inventory has them in data.nutanix_monitoring; entities of one Prism Central. key is what
     * the answer calls the entity; no two are the same. */
    pf_val resources;
    pf_str metric;  /* key of the metric */
    pf_str stat;    /* "AVERAGE", "MAX", "MIN", "SUM" or "LAST": what becomes of a cell's samples */
    int64_t from_s; /* UTC seconds since 1970, half open */
    int64_t to_s;   /* after from_s */
    int64_t period_s; /* of a cell; 0 = the module's choice, by from_s and to_s alone */
    pf_val options;   /* of the plugin; an object */
} pf_metrics_request;

typedef struct pf_metrics {
    uint32_t struct_size;
    uint32_t flags; /* 0; any other bit is refused */
    /* [call] Writes the metrics of an entity, whose type is `entity_type`; none for a type that it
     * does not know. Calls run concurrently on one `self`. */
    pf_status (*list)(void* self, pf_call* call, pf_str entity_type) PF_NOEXCEPT;
    /* [call] Writes one grid, and values of those entities that have any. What cannot be had of an
     * entity is told by pf_outcomes.note; the others go on. PF_INVALID_ARGUMENT: no grid can be
     * made of the times. */
    pf_status (*query)(void* self, pf_call* call, const pf_metrics_request* request) PF_NOEXCEPT;
} pf_metrics;

PF_EXTERN_C_END

#endif
