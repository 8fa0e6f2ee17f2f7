/* pf_host: what a module gets from the host. One object per module, valid until the process ends.
 */
#ifndef PRISMFORET_ABI_HOST_H
#define PRISMFORET_ABI_HOST_H

#include "prismforet/abi/list.h"
#include "prismforet/abi/lookup.h"
#include "prismforet/abi/outcome.h"
#include "prismforet/abi/reader.h"
#include "prismforet/abi/types.h"
#include "prismforet/abi/writer.h"

PF_EXTERN_C_BEGIN

/* Levels of pf_host.log. */
#define PF_LOG_DEBUG 0
#define PF_LOG_INFO 1
#define PF_LOG_WARN 2
#define PF_LOG_ERROR 3

struct pf_host {
    uint32_t struct_size;
    uint16_t abi_major; /* the negotiated version: */
    uint16_t abi_minor; /* min(host, module) */
    const pf_reader* reader;
    const pf_writer* writer;
    const pf_lists* lists;
    const pf_lookups* lookups;
    const pf_outcomes* outcomes;
    /* [any] Writes one log line; `call` may be null. Control characters are replaced, the line is
     * cut at 4 KiB. Never log what may be secret. */
    void (*log)(const pf_host* host, pf_call* call, int32_t level, pf_str text) PF_NOEXCEPT;
    /* [any] 1 when the call should end: return soon. A handler that ignores it for 3 seconds is
     * abandoned and its module is taken out of service. */
    int32_t (*cancelled)(pf_call* call) PF_NOEXCEPT;
    /* [call,blocks] Waits `ms` milliseconds (0..3,600,000). PF_OK when the time is over. */
    pf_status (*wait)(pf_call* call, int64_t ms) PF_NOEXCEPT;
    /* [any] A service table by id, e.g. "pf.clock/1"; null when the host does not have it. */
    const void* (*service)(const pf_host* host, pf_str id)PF_NOEXCEPT;
};

PF_EXTERN_C_END

#endif
