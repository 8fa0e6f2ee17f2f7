/* pf.list/1: reads the entities of Prism, page by page.
 *
 * A module names an endpoint of its descriptor by index (order of the array `endpoints`). Version,
 * paging style, limits, retries, login and credentials are the host's; several sessions fetch
 * ahead, pages arrive in order. The endpoints of the descriptor are all a module can read.
 *
 * An endpoint whose path holds {parent} has one list per entity, such as the disks of a volume
 * group. Such a list is detail of that entity: its items need no outcome, and no record can be
 * about one. When it cannot be read whole, the host tells why, and the handler calls
 * pf_writer.unknown for what it would have shown. Only one of an endpoint is open at a time: the
 * next one ends it. Say with expect() what will be asked for, or each costs a round trip. */
#ifndef PRISMFORET_ABI_LIST_H
#define PRISMFORET_ABI_LIST_H

#include "prismforet/abi/types.h"

PF_EXTERN_C_BEGIN

/* What to list. Set struct_size and zero the rest before filling. */
typedef struct pf_list_request {
    uint32_t struct_size;
    uint32_t endpoint;  /* index into the descriptor's endpoints */
    pf_str cluster;     /* only entities of this cluster (its UUID); empty = all */
    uint32_t page_size; /* 0 = the host's choice; capped at what the API allows */
    uint32_t flags;     /* 0; any other bit is PF_INVALID_ARGUMENT */
    pf_str parent;      /* whose list; needed when the path holds {parent}, else empty */
} pf_list_request;

/* One page of a listing, or one entity of fetch(). The caller sets struct_size. */
typedef struct pf_page {
    uint32_t struct_size;
    int32_t dialect; /* 4 or 3: the generation of Prism's API whose field names the items have */
    pf_val items;    /* the array of entities; absent or empty when there is none. Of an endpoint
                      * with `stats` it is the one object; absent when nothing was measured. */
    pf_val root;     /* the whole answer */
} pf_page;

typedef struct pf_lists {
    uint32_t struct_size;
    /* [call,blocks] Starts a listing. It ends with the call; there is nothing to release.
     * PF_INVALID_ARGUMENT: no such endpoint, unknown flag. PF_NOT_FOUND: this Prism does not have
     * the API. Others: what kept the host from asking. */
    pf_status (*open)(pf_call* call, const pf_list_request* request, pf_list** out) PF_NOEXCEPT;
    /* [call,blocks] The next page. `out->struct_size` is set by the caller. The page lives until
     * the following next() on the same list. PF_OUT_OF_RANGE: there is no more, all was read.
     * Any other status: the listing is cut short; the host already knows it as a reason. With a
     * parent also PF_ABORTED: it was read to its end but changed meanwhile, so it may not be
     * whole; PF_NOT_FOUND: Prism does not have the parent any more. */
    pf_status (*next)(pf_call* call, pf_list* list, pf_page* out) PF_NOEXCEPT;
    /* [call,blocks] One entity by id; its page has the entity as `items`. It lives until the next
     * fetch() of the call. PF_NOT_FOUND: there is none. */
    pf_status (*fetch)(pf_call* call, uint32_t endpoint, pf_str id, pf_page* out) PF_NOEXCEPT;
    /* [call,blocks] The parents that the handler will list `endpoint` of, in this order. The host
     * fetches their first pages ahead, several at once, bounded in memory. Replaces what was
     * expected of the endpoint before. Any parent may still be left out, or asked for without being
     * expected. PF_INVALID_ARGUMENT: no such endpoint, or none below a {parent}. */
    pf_status (*expect)(pf_call* call, uint32_t endpoint, const pf_str* parents,
                        uint64_t count) PF_NOEXCEPT;
} pf_lists;

PF_EXTERN_C_END

#endif
