/* Concern pf.inventory/1: a module that brings resources into CloudForet's inventory. */
#ifndef PRISMFORET_ABI_INVENTORY_H
#define PRISMFORET_ABI_INVENTORY_H

#include "prismforet/abi/types.h"

PF_EXTERN_C_BEGIN

#define PF_INVENTORY_ID "pf.inventory/1"

typedef struct pf_inventory {
    uint32_t struct_size;
    uint32_t flags; /* 0; any other bit is refused */
    /* [call] Reads the entities of the descriptor's output number `output` and describes each.
     * Calls run concurrently on one `self`. `options` are the collector's options (an object;
     * lives until the handler returns). `cluster` is the UUID to restrict to; empty = all. Pass
     * it on in pf_list_request. Plain blocking code; return PF_OK, a status a service gave, or
     * pf_outcomes.fail(...). */
    pf_status (*collect)(void* self, pf_call* call, uint32_t output, pf_val options,
                         pf_str cluster) PF_NOEXCEPT;
} pf_inventory;

PF_EXTERN_C_END

#endif
