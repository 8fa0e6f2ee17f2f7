// Metrics and MetricsCall: what a module that tells metrics derives from, and works with.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "prismforet/abi/host.h"
#include "prismforet/abi/metrics.h"
#include "prismforet/abi/series.h"
#include "prismforet/abi/statistics.h"
#include "prismforet/cpp/failure.hpp"
#include "prismforet/cpp/text.hpp"
#include "prismforet/cpp/value.hpp"

namespace pf {

// What is asked for; see pf_metrics_request. Values and texts live until the handler returns.
struct MetricsRequest {
    Value resources;
    std::string_view metric;
    std::string_view stat;
    std::int64_t from_s = 0;
    std::int64_t to_s = 0;
    std::int64_t period_s = 0;
    Value options;
};

// One answer of Prism; see pf_statistics_page.
struct StatisticsPage {
    int dialect = 4;
    std::optional<std::uint64_t> entity;  // nothing: the answer names them
    pf_status status = PF_OK;
    Value root;
};

// Everything a handler of pf.metrics/1 can do while it runs, on its own thread.
class MetricsCall {
  public:
    // Made by the SDK for each handler; what it is given outlives it.
    MetricsCall(const pf_host* host, pf_call* call, const pf_series* series,
                const pf_statistics* statistics) noexcept
        : host_(host), call_(call), series_(series), statistics_(statistics) {}
    MetricsCall(const MetricsCall&) = delete;
    MetricsCall& operator=(const MetricsCall&) = delete;

    // Hands out a metric that the entity has. Throws Failure.
    void metric(std::string_view key, std::string_view name, std::string_view group,
                std::string_view unit) {
        const pf_metric metric{sizeof(pf_metric), 0,           to_str(key), to_str(name),
                               to_str(group),     to_str(unit)};
        check(series_->metric(call_, &metric));
    }
    // The times of all values, once and before them. Throws Failure.
    void grid(std::int64_t first_s, std::int64_t step_s, std::uint64_t count) {
        check(series_->grid(call_, first_s, step_s, count));
    }
    // The values of one entity, NaN where there is none. Throws Failure.
    void values(std::string_view key, std::span<const double> values) {
        check(series_->values(call_, to_str(key), values.data(), values.size()));
    }

    // Begins to read statistics; false when this Prism does not have any such. Throws Failure.
    bool open(const pf_statistics_request& request) {
        const pf_status status = statistics_->open(call_, &request);
        if (status == PF_NOT_FOUND) return false;
        check(status);
        return true;
    }
    // The next answer, valid until the following next or open; nothing after the last. Throws
    // Failure.
    std::optional<StatisticsPage> next() {
        pf_statistics_page page{};
        page.struct_size = sizeof page;
        const pf_status status = statistics_->next(call_, &page);
        if (status == PF_OUT_OF_RANGE) return std::nullopt;
        check(status);
        StatisticsPage out;
        out.dialect = page.dialect;
        if (page.entity != PF_STATISTICS_MANY) out.entity = page.entity;
        out.status = page.status;
        out.root = {host_->reader, page.root};
        return out;
    }

    // Something that is missing, and why. `code` is a stable word such as "metrics.unknown_entity",
    // `id` what it is about, `why` one sentence.
    void note(std::string_view code, std::string_view id, std::string_view why) noexcept {
        host_->outcomes->note(call_, to_str(code), to_str(id), to_str(why));
    }
    // The call should end. Services notice by themselves; ask in long loops without them.
    bool is_cancelled() noexcept { return host_->cancelled(call_) != 0; }

  private:
    static void check(pf_status status) {
        if (status != PF_OK) throw Failure(status);
    }

    const pf_host* host_;
    pf_call* call_;
    const pf_series* series_;
    const pf_statistics* statistics_;
};

// Concern pf.metrics/1. The functions are const because calls run concurrently on one object. Throw
// Failure when a call cannot go on.
class Metrics {
  public:
    virtual ~Metrics() = default;

    // Writes the metrics of an entity of this type; none for one that it does not know.
    virtual void list(MetricsCall& call, std::string_view entity_type) const = 0;
    // Writes one grid, and values of those entities that have any.
    virtual void query(MetricsCall& call, const MetricsRequest& request) const = 0;
};

}  // namespace pf
