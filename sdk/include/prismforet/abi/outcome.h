/* pf.outcome/1: says what became of an entity that does not go out as it is.
 *
 * Every item of every page must be settled: by pf_writer.end, skip or filtered. What a handler
 * leaves unsettled counts as lost and is blamed on the module. `code` is a stable word such as
 * "vm.no_id", at most 64 bytes; `why` is one sentence for an operator. All are [call]. */
#ifndef PRISMFORET_ABI_OUTCOME_H
#define PRISMFORET_ABI_OUTCOME_H

#include "prismforet/abi/types.h"

PF_EXTERN_C_BEGIN

typedef struct pf_outcomes {
    uint32_t struct_size;
    /* A value was left out, the record goes out: the run stays complete. Counted by code. */
    void (*note)(pf_call* call, pf_str code, pf_str id, pf_str why) PF_NOEXCEPT;
    /* The entity cannot go out: the run is partial. */
    void (*skip)(pf_call* call, pf_val entity, pf_str code, pf_str why) PF_NOEXCEPT;
    /* The entity was not asked for. */
    void (*filtered)(pf_call* call, pf_val entity) PF_NOEXCEPT;
    /* Keeps `why` as the reason the handler fails and returns `status`: `return fail(...)`. */
    pf_status (*fail)(pf_call* call, pf_status status, pf_str why) PF_NOEXCEPT;
} pf_outcomes;

PF_EXTERN_C_END

#endif
