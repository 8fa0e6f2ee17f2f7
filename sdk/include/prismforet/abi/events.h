/* Concern pf.events/1: a module that knows how Prism words alerts, events and audits, and
 * pf.event_feed/1: where its handler finds documents and leaves what they tell.
 *
 * It never asks Prism: documents come from the host, which has read them in a list or was given
 * one that somebody posted. The same document gives the same events, whoever asks. */
#ifndef PRISMFORET_ABI_EVENTS_H
#define PRISMFORET_ABI_EVENTS_H

#include "prismforet/abi/charges.h"
#include "prismforet/abi/types.h"

PF_EXTERN_C_BEGIN

#define PF_EVENTS_ID "pf.events/1"
#define PF_EVENT_FEED_ID "pf.event_feed/1"

/* What the documents are. */
#define PF_EVENTS_ALERTS 1 /* items of the endpoint "alerts", of any generation of the API */
#define PF_EVENTS_EVENTS 2 /* items of the endpoint "events" */
#define PF_EVENTS_AUDITS 3 /* items of the endpoint "audits" */
#define PF_EVENTS_POSTED 4 /* bodies that were posted; one that is not ours tells nothing */
/* What the handler is asked. */
typedef struct pf_events_request {
    uint32_t struct_size;
    uint32_t documents; /* PF_EVENTS_* */
    pf_val options;     /* of the plugin; an object; lives until the handler returns */
} pf_events_request;

typedef struct pf_events {
    uint32_t struct_size;
    uint32_t flags; /* 0; any other bit is refused */
    /* [call] Reads all documents and tells what is in each, in their order. Calls run concurrently
     * on one `self`. */
    pf_status (*read)(void* self, pf_call* call, const pf_events_request* request) PF_NOEXCEPT;
} pf_events;

#define PF_EVENT_ALERT 1    /* there is trouble, or still is */
#define PF_EVENT_RECOVERY 2 /* it is over */
#define PF_EVENT_EVENT 3
#define PF_EVENT_AUDIT 4

#define PF_SEVERITY_NOT_AVAILABLE 0
#define PF_SEVERITY_INFO 1
#define PF_SEVERITY_WARNING 2
#define PF_SEVERITY_CRITICAL 3

#define PF_EVENT_IS_REFERENCE 1u /* the document names an alert without saying more of it */

/* One thing that happened. Texts are valid UTF-8; the host copies them, and cuts those of more than
 * 64 KiB. Times are RFC 3339 as Prism writes them; empty = not said. */
typedef struct pf_event {
    uint32_t struct_size;
    uint32_t flags;     /* PF_EVENT_IS_REFERENCE */
    int32_t type;       /* PF_EVENT_* */
    int32_t severity;   /* PF_SEVERITY_* */
    pf_str key;         /* UUID of the alert, event or audit; never empty */
    pf_str title;       /* for people; never empty */
    pf_str description; /* the message */
    pf_str rule;        /* the kind of alert, event or operation */
    pf_str resource_id; /* what it is about; these three may be empty */
    pf_str resource_name;
    pf_str resource_type;   /* "vm", "node", "cluster" */
    pf_str account;         /* when the document names one; else empty */
    pf_str occurred;        /* when this happened: of a recovery, when it was over */
    pf_str created;         /* when it was raised first */
    pf_str updated;         /* when Prism changed it last */
    const pf_pair* facts;   /* fact_count of them, at most 32, each key once */
    const pf_str* affected; /* affected_count UUIDs of all it is about, at most 256 */
    uint32_t fact_count;
    uint32_t affected_count;
} pf_event;

typedef struct pf_event_feed {
    uint32_t struct_size;
    /* [call,blocks] The next document, valid until the following next. PF_OUT_OF_RANGE = none. */
    pf_status (*next)(pf_call* call, pf_val* out) PF_NOEXCEPT;
    /* [call,blocks] Tells one. Broken ones end the call: ERROR_EVENT_RECORD. */
    pf_status (*tell)(pf_call* call, const pf_event* event) PF_NOEXCEPT;
} pf_event_feed;

PF_EXTERN_C_END

#endif
