/* pf.central/1: which Prism Central the call reads from, for identities of things that have no id
 * of their own. Fetch with pf_host.service("pf.central/1"). */
#ifndef PRISMFORET_ABI_CENTRAL_H
#define PRISMFORET_ABI_CENTRAL_H

#include "prismforet/abi/types.h"

PF_EXTERN_C_BEGIN

#define PF_CENTRAL_ID "pf.central/1"

typedef struct pf_central {
    uint32_t struct_size;
    /* [call] The UUID of the Prism Central, the same by every generation of its API. The text
     * lives as long as the call. 1 = done; 0 = Prism does not show it to this user. */
    int32_t (*uuid)(pf_call* call, pf_str* out) PF_NOEXCEPT;
} pf_central;

PF_EXTERN_C_END

#endif
