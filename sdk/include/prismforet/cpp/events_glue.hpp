// The table of pf.events/1 for a class that derives from Events.
#pragma once

#include <string_view>

#include "prismforet/cpp/events.hpp"
#include "prismforet/cpp/guarded.hpp"

namespace pf::detail {

// `Instance` has the members host and module.
template <class Instance>
struct EventsGlue {
    static constexpr const char* concern = PF_EVENTS_ID;

    static pf_status read(void* self, pf_call* call, const pf_events_request* request) noexcept {
        const auto& instance = *static_cast<const Instance*>(self);
        const pf_host* host = instance.host;
        const auto tell = [host, call](pf_status status, std::string_view why) noexcept {
            return host->outcomes->fail(call, status, to_str(why));
        };
        return guarded(
            [&] {
                const auto* feed = static_cast<const pf_event_feed*>(
                    host->service(host, to_str(PF_EVENT_FEED_ID)));
                if (feed == nullptr || !PF_HAS(feed, tell) || !PF_REACHES(request, options)) {
                    throw Failure(PF_UNIMPLEMENTED, "the host lacks pf.event_feed/1");
                }
                EventsCall handler(host, call, feed);
                const Events& module = instance.module;
                module.read(handler, static_cast<EventDocuments>(request->documents),
                            Value(host->reader, request->options));
                return PF_OK;
            },
            tell);
    }

    static constexpr pf_events table{sizeof(pf_events), 0, &read};
};

}  // namespace pf::detail
