// Events and EventsCall: what a module that reads alerts and events derives from, and works with.
#pragma once

#include <cstdint>
#include <string_view>

#include "prismforet/abi/events.h"
#include "prismforet/abi/host.h"
#include "prismforet/cpp/failure.hpp"
#include "prismforet/cpp/text.hpp"
#include "prismforet/cpp/value.hpp"

namespace pf {

// What the documents of a call are.
enum class EventDocuments : std::uint32_t {
    alerts = PF_EVENTS_ALERTS,
    events = PF_EVENTS_EVENTS,
    audits = PF_EVENTS_AUDITS,
    posted = PF_EVENTS_POSTED,
};

// Everything a handler of pf.events/1 can do while it runs, on its own thread.
class EventsCall {
  public:
    // Made by the SDK for each handler; what it is given outlives it.
    EventsCall(const pf_host* host, pf_call* call, const pf_event_feed* feed) noexcept
        : host_(host), call_(call), feed_(feed) {}
    EventsCall(const EventsCall&) = delete;
    EventsCall& operator=(const EventsCall&) = delete;

    // The next document, valid until the following one; absent after the last. Throws Failure.
    Value next() {
        pf_val document{0, 0};
        const pf_status status = feed_->next(call_, &document);
        if (status == PF_OUT_OF_RANGE) return {};
        check(status);
        return {host_->reader, document};
    }

    // Tells one thing that happened; its texts are copied. Throws Failure.
    void tell(const pf_event& event) { check(feed_->tell(call_, &event)); }

    // Writes a log line; `level` is one of PF_LOG_*.
    void log(std::int32_t level, std::string_view text) noexcept {
        host_->log(host_, call_, level, to_str(text));
    }

  private:
    static void check(pf_status status) {
        if (status != PF_OK) throw Failure(status);
    }

    const pf_host* host_;
    pf_call* call_;
    const pf_event_feed* feed_;
};

// Concern pf.events/1. The function is const because calls run concurrently on one object. Throw
// Failure when a call cannot go on.
class Events {
  public:
    virtual ~Events() = default;

    // Tells what is in each document, in their order. `options` are the plugin's, an object.
    virtual void read(EventsCall& call, EventDocuments documents, Value options) const = 0;
};

}  // namespace pf
