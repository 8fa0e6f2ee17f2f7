/* Service pf.outbound/1: sends what a handler of pf.notify/1 has made to the channel of its call.
 *
 * The channel, its address, its secret, retries and the queue are the host's. */
#ifndef PRISMFORET_ABI_OUTBOUND_H
#define PRISMFORET_ABI_OUTBOUND_H

#include "prismforet/abi/types.h"

PF_EXTERN_C_BEGIN

#define PF_OUTBOUND_ID "pf.outbound/1"

/* Texts are valid UTF-8; the host copies them. Subject and body together: at most 1 MiB. */
typedef struct pf_outbound_message {
    uint32_t struct_size;
    uint32_t flags; /* 0 */
    pf_str subject; /* of a mail: one line, not empty; else empty */
    pf_str body;    /* of a mail: plain text; else JSON text, the body of an HTTP POST */
    pf_str html;    /* of a mail: the same as HTML, shown instead of it; may be empty */
} pf_outbound_message;

typedef struct pf_outbound {
    uint32_t struct_size;
    /* [call] Takes the message; it leaves after the handler has returned PF_OK. Once per call. One
     * that the channel's format cannot carry ends the call: ERROR_OUTBOUND_MESSAGE. */
    pf_status (*send)(pf_call* call, const pf_outbound_message* message) PF_NOEXCEPT;
} pf_outbound;

PF_EXTERN_C_END

#endif
