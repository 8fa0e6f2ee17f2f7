/* Concern pf.notify/1: a module that words CloudForet's notifications for what people read them in.
 *
 * It formats only: what it makes goes to the host through pf.outbound/1, and the host knows where
 * to send it. Addresses, passwords and tokens of channels never reach a module. */
#ifndef PRISMFORET_ABI_NOTIFY_H
#define PRISMFORET_ABI_NOTIFY_H

#include "prismforet/abi/types.h"

PF_EXTERN_C_BEGIN

#define PF_NOTIFY_ID "pf.notify/1"

/* How bad it is; the same for both of CloudForet's notification APIs, whose numbers differ. */
#define PF_NOTICE_INFO 1
#define PF_NOTICE_SUCCESS 2
#define PF_NOTICE_WARNING 3
#define PF_NOTICE_ERROR 4

/* What is to be worded. Values and texts live until the handler returns. */
typedef struct pf_notify_request {
    uint32_t struct_size;
    int32_t level;  /* PF_NOTICE_* */
    pf_str format;  /* what reads it: "webhook", "slack", "teams", "email", or another's name */
    pf_val message; /* an object, as the caller of dispatch wrote it: title, description, link,
                       image_url, short_message, tags, callbacks, occurred_at; all may be missing
                       or of another type */
    pf_val options; /* of the plugin; an object */
} pf_notify_request;

typedef struct pf_notify {
    uint32_t struct_size;
    uint32_t flags; /* 0; any other bit is refused */
    /* [call] Gives exactly one message to pf_outbound.send. PF_INVALID_ARGUMENT: it does not know
     * the format. Calls run concurrently on one `self`. */
    pf_status (*format)(void* self, pf_call* call, const pf_notify_request* request) PF_NOEXCEPT;
} pf_notify;

PF_EXTERN_C_END

#endif
