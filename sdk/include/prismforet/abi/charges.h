/* pf.charges/1: takes what a handler of pf.cost/1 has worked out. Fetch with
 * pf_host.service("pf.charges/1").
 *
 * All are [call]; record() and line() [block] while the receiver is slow. A record that breaks a
 * rule is refused with PF_INVALID_ARGUMENT and the whole call fails: a sum with a hole is worse
 * than none. */
#ifndef PRISMFORET_ABI_CHARGES_H
#define PRISMFORET_ABI_CHARGES_H

#include "prismforet/abi/types.h"

PF_EXTERN_C_BEGIN

#define PF_CHARGES_ID "pf.charges/1"
/* A tag: both texts are the module's until the call returns. */
typedef struct pf_pair {
    pf_str key;
    pf_str value;
} pf_pair;

/* One cost of one resource on one day. Provider and account are the host's. */
typedef struct pf_charge {
    uint32_t struct_size;
    uint32_t tag_count;
    int64_t cost_micros;     /* millionths of the model's currency; not negative, at most 2^53 */
    int64_t quantity_micros; /* millionths of usage_unit; not negative, at most 2^53 */
    pf_str billed_date;      /* YYYY-MM-DD, one of the days of the request */
    pf_str resource;         /* the resource's id as in the inventory; never empty */
    pf_str region_code;      /* these four: at most 255 characters */
    pf_str product;          /* service_code of the resource's type */
    pf_str usage_type;       /* "vcpu", "storage.ssd", "idle.memory" */
    pf_str usage_unit;       /* "vCPU-hour", "GiB-hour", "GiB-day" */
    pf_str project;          /* these three: names; empty = none */
    pf_str cluster;
    pf_str owner;
    pf_str model;        /* "rate-card" or "tco" */
    pf_str basis;        /* "measured" or "assumed" */
    const pf_pair* tags; /* tag_count of them, at most 16; may be null without any */
} pf_charge;

/* One line of an explanation. */
typedef struct pf_cost_line {
    uint32_t struct_size;
    uint32_t flags;        /* PF_COST_LINE_* */
    int64_t amount_micros; /* millionths of the model's currency; may be negative (rounding) */
    pf_str section;        /* "rate", "capacity", "pool", "resource", "idle", "rounding" */
    pf_str what;           /* "vcpu of cluster prod-1" */
    pf_str formula;        /* "4 vCPU x 24 h x 0.05" */
    pf_str value;          /* the result where it is no amount of money: "312" */
    pf_str unit;           /* of value: "vCPU" */
} pf_cost_line;

#define PF_COST_LINE_ADDS 1u /* the amount is part of the sum of its section */

typedef struct pf_charges {
    uint32_t struct_size;
    pf_status (*record)(pf_call* call, const pf_charge* charge) PF_NOEXCEPT; /* hands one out */
    pf_status (*line)(pf_call* call, const pf_cost_line* line) PF_NOEXCEPT;  /* hands one out */
} pf_charges;

PF_EXTERN_C_END

#endif
