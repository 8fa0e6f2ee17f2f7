/* pf.statistics/1: reads what Prism measured of entities in a span of time. Fetch with
 * pf_host.service("pf.statistics/1"); only the handlers of pf.metrics/1 can use it.
 *
 * The module names an endpoint of its descriptor. One whose v4 path holds {parent} is asked once
 * per entity, several at once; {cluster} in it is the entity's cluster. One without is a list: it
 * is asked for many entities at once where Prism takes a filter by id, else in the way that needs
 * fewer requests. By v3 the endpoint's kind is the entity type of POST groups. */
#ifndef PRISMFORET_ABI_STATISTICS_H
#define PRISMFORET_ABI_STATISTICS_H

#include "prismforet/abi/types.h"

PF_EXTERN_C_BEGIN

#define PF_STATISTICS_ID "pf.statistics/1"
#define PF_STATISTICS_MANY UINT64_MAX

/* The texts and arrays are the module's until open() returns. */
typedef struct pf_statistics_request {
    uint32_t struct_size;
    uint32_t endpoint;       /* index into the descriptor's endpoints */
    uint64_t entity_count;   /* 1 or more */
    const pf_str* ids;       /* of the entities; UUIDs */
    const pf_str* clusters;  /* of each entity; null when the path holds no {cluster} */
    uint32_t v4_field_count; /* 1 or more when the endpoint has a v4 form */
    uint32_t v3_field_count; /* 0 = cannot be asked by v3 */
    const pf_str* v4_fields; /* for $select, as the endpoint spells them ("stats/..." in lists) */
    const pf_str* v3_fields; /* attributes of groups */
    pf_str type;             /* "AVG", "MAX", "MIN", "SUM" or "LAST" */
    int64_t from_s;          /* UTC seconds since 1970, half open */
    int64_t to_s;
    int64_t step_s; /* sampling interval */
} pf_statistics_request;

/* One answer of Prism. The caller sets struct_size. */
typedef struct pf_statistics_page {
    uint32_t struct_size;
    int32_t dialect;  /* 4 or 3 */
    uint64_t entity;  /* index of the only entity it is about; PF_STATISTICS_MANY: it names them */
    pf_status status; /* PF_OK, or why it could not be read: PF_NOT_FOUND of one entity, ...; the
                       * host tells of others than that, and the module goes on */
    uint32_t reserved;
    pf_val root; /* the whole answer; absent without one */
} pf_statistics_page;

typedef struct pf_statistics {
    uint32_t struct_size;
    /* [call,blocks] Begins; ends what was open before. PF_NOT_FOUND: this Prism does not have such
     * statistics. PF_INVALID_ARGUMENT: the request breaks a rule. Others: what kept the host from
     * asking. */
    pf_status (*open)(pf_call* call, const pf_statistics_request* request) PF_NOEXCEPT;
    /* [call,blocks] The next answer, valid until the following next or open. PF_OUT_OF_RANGE = no
     * more. */
    pf_status (*next)(pf_call* call, pf_statistics_page* out) PF_NOEXCEPT;
} pf_statistics;

PF_EXTERN_C_END

#endif
