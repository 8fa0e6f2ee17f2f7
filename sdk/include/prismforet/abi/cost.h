/* Concern pf.cost/1: a module that works out what resources cost.
 *
 * It never reads Prism: shapes come through pf.shapes/1, results go through pf.charges/1,
 * warnings through pf_outcomes.note. The same shapes, model and days give the same records in the
 * same order, whoever asks, however often. */
#ifndef PRISMFORET_ABI_COST_H
#define PRISMFORET_ABI_COST_H

#include "prismforet/abi/types.h"

PF_EXTERN_C_BEGIN

#define PF_COST_ID "pf.cost/1"

/* What is asked for. The values live until the handler returns. */
typedef struct pf_cost_request {
    uint32_t struct_size;
    uint32_t flags; /* 0 */
    /* The cost model: validated by the host, every default filled in; docs/cost.md. Numbers of
     * money and ratios are decimal numbers in texts. */
    pf_val model;
    /* {"zone": "Europe/Berlin", "days": [{"date": "2026-02-01", "from": .., "to": ..,
     *   "month_seconds": .., "bands": [{"band": "peak", "from": .., "to": ..}, ..]}, ..]}
     * Days of the billing time zone in order, in UTC seconds, half open; 23 or 25 hours long where
     * clocks change. month_seconds: of the whole month. bands: only with a time-of-use price; they
     * cover the day without a gap. */
    pf_val days;
    pf_val options; /* of the plugin; an object */
} pf_cost_request;

typedef struct pf_cost {
    uint32_t struct_size;
    uint32_t flags; /* 0; any other bit is refused */
    /* [call] Writes the records of all shapes on all days. Calls run concurrently on one `self`. */
    pf_status (*charge)(void* self, pf_call* call, const pf_cost_request* request) PF_NOEXCEPT;
    /* [call] Writes lines that tell how the records of `resource` come about; those with
     * PF_COST_LINE_ADDS in the section "resource" add up to them. PF_NOT_FOUND: no such shape. */
    pf_status (*explain)(void* self, pf_call* call, const pf_cost_request* request,
                         pf_str resource) PF_NOEXCEPT;
    /* [call] Writes lines on what the model comes to: rates, capacity, pools, what is unsold. */
    pf_status (*rates)(void* self, pf_call* call, const pf_cost_request* request) PF_NOEXCEPT;
} pf_cost;

PF_EXTERN_C_END

#endif
