// The table of pf.notify/1 for a class that derives from Notify.
#pragma once

#include <string_view>

#include "prismforet/cpp/guarded.hpp"
#include "prismforet/cpp/notify.hpp"

namespace pf::detail {

// `Instance` has the members host and module.
template <class Instance>
struct NotifyGlue {
    static constexpr const char* concern = PF_NOTIFY_ID;

    static pf_status format(void* self, pf_call* call, const pf_notify_request* request) noexcept {
        const auto& instance = *static_cast<const Instance*>(self);
        const pf_host* host = instance.host;
        const auto tell = [host, call](pf_status status, std::string_view why) noexcept {
            return host->outcomes->fail(call, status, to_str(why));
        };
        return guarded(
            [&] {
                const auto* outbound =
                    static_cast<const pf_outbound*>(host->service(host, to_str(PF_OUTBOUND_ID)));
                if (outbound == nullptr || !PF_HAS(outbound, send) ||
                    !PF_REACHES(request, options)) {
                    throw Failure(PF_UNIMPLEMENTED, "the host lacks pf.outbound/1");
                }
                NotifyCall handler(host, call, outbound);
                const Notice notice{static_cast<NoticeLevel>(request->level),
                                    to_view(request->format), Value(host->reader, request->message),
                                    Value(host->reader, request->options)};
                const Notify& module = instance.module;
                module.format(handler, notice);
                return PF_OK;
            },
            tell);
    }

    static constexpr pf_notify table{sizeof(pf_notify), 0, &format};
};

}  // namespace pf::detail
