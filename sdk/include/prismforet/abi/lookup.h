/* pf.lookup/1: id -> names, filled by the host from one list per target and shared by all runs.
 *
 * The descriptor's `lookups` say which endpoint, which id, which fields, for each generation of
 * Prism's API. Use a look-up instead of asking Prism once per entity. */
#ifndef PRISMFORET_ABI_LOOKUP_H
#define PRISMFORET_ABI_LOOKUP_H

#include "prismforet/abi/types.h"

PF_EXTERN_C_BEGIN

typedef struct pf_lookups {
    uint32_t struct_size;
    /* [call,blocks] The table of the descriptor's look-up number `lookup`. On failure *out is null
     * and the host has recorded the reason (one FAILURE row); go on and call
     * pf_writer.unknown for the keys that need it. get() on a null table answers 0. */
    pf_status (*open)(pf_call* call, uint32_t lookup, const pf_table** out) PF_NOEXCEPT;
    /* [call] Field number `field` (order of the look-up's `fields`) of the row `id`. Never blocks.
     * Whole numbers and booleans come as their JSON text, an array of texts with commas between
     * them. 1 = done; 0 = no such row, or the row has no such field. The text lives as long as the
     * call. */
    int32_t (*get)(const pf_table* table, pf_str id, uint32_t field, pf_str* out) PF_NOEXCEPT;
} pf_lookups;

PF_EXTERN_C_END

#endif
