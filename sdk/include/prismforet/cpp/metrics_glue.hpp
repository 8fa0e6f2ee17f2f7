// The table of pf.metrics/1 for a class that derives from Metrics.
#pragma once

#include <string_view>

#include "prismforet/cpp/guarded.hpp"
#include "prismforet/cpp/metrics.hpp"

namespace pf::detail {

// `Instance` has the members host and module.
template <class Instance>
struct MetricsGlue {
    static constexpr const char* concern = PF_METRICS_ID;

    // Runs `handle(module, call)` behind the border.
    template <class Handle>
    static pf_status run(void* self, pf_call* call, const Handle& handle) noexcept {
        const auto& instance = *static_cast<const Instance*>(self);
        const pf_host* host = instance.host;
        const auto tell = [host, call](pf_status status, std::string_view why) noexcept {
            return host->outcomes->fail(call, status, to_str(why));
        };
        return guarded(
            [&] {
                const auto* series =
                    static_cast<const pf_series*>(host->service(host, to_str(PF_SERIES_ID)));
                const auto* statistics = static_cast<const pf_statistics*>(
                    host->service(host, to_str(PF_STATISTICS_ID)));
                if (series == nullptr || statistics == nullptr || !PF_HAS(series, values) ||
                    !PF_HAS(statistics, next)) {
                    throw Failure(PF_UNIMPLEMENTED,
                                  "the host lacks pf.series/1 or pf.statistics/1");
                }
                MetricsCall handler(host, call, series, statistics);
                const Metrics& module = instance.module;
                handle(module, handler);
                return PF_OK;
            },
            tell);
    }

    static pf_status list(void* self, pf_call* call, pf_str entity_type) noexcept {
        return run(self, call, [&](const Metrics& module, MetricsCall& handler) {
            module.list(handler, to_view(entity_type));
        });
    }

    static pf_status query(void* self, pf_call* call, const pf_metrics_request* request) noexcept {
        const auto* reader = static_cast<const Instance*>(self)->host->reader;
        return run(self, call, [&](const Metrics& module, MetricsCall& handler) {
            if (!PF_REACHES(request, options)) {
                throw Failure(PF_UNIMPLEMENTED, "the host has a shorter pf_metrics_request");
            }
            module.query(handler, {Value(reader, request->resources), to_view(request->metric),
                                   to_view(request->stat), request->from_s, request->to_s,
                                   request->period_s, Value(reader, request->options)});
        });
    }

    static constexpr pf_metrics table{sizeof(pf_metrics), 0, &list, &query};
};

}  // namespace pf::detail
