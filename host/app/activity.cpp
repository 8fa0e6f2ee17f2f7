#include "host/app/activity.hpp"

#include <fmt/chrono.h>

#include <nlohmann/json.hpp>

#include "host/cloudforet/roles/role.hpp"
#include "host/observe/redact.hpp"
#include "host/runtime/report.hpp"

namespace pf::host::app {
namespace {

using nlohmann::json;
using observe::Counter;
using observe::Duration;
using observe::Gauge;
using Clock = std::chrono::system_clock;

double seconds(std::uint64_t milliseconds) { return static_cast<double>(milliseconds) / 1000; }

const char* outcome_of(const runtime::RunReport& report) {
    if (!report.end.ok()) {
        return "failed";
    }
    return report.is_complete() ? "complete" : "partial";
}

void count_lists(observe::Metrics& metrics, const runtime::RunReport& report) {
    const double now = std::chrono::duration<double>(Clock::now().time_since_epoch()).count();
    for (const runtime::ListReport& list : report.lists) {
        const auto add = [&](const char* outcome, std::uint64_t count) {
            metrics.add(Counter::entities, {{"kind", list.kind}, {"outcome", outcome}},
                        static_cast<double>(count));
        };
        add("emitted", list.emitted);
        add("filtered", list.filtered);
        add("skipped", list.skipped);
        add("lost", list.lost);
        if (list.is_complete && report.end.ok()) {
            metrics.set(Gauge::last_complete_collect,
                        {{"target", list.target}, {"kind", list.kind}}, now);
        }
    }
}

void count_run(observe::Metrics& metrics, const runtime::RunReport& report) {
    const observe::Labels outcome{{"outcome", outcome_of(report)}};
    metrics.add(Counter::collects, outcome);
    metrics.took(Duration::collect, outcome, seconds(report.elapsed_ms));
    metrics.add(Counter::rows, {}, static_cast<double>(report.rows));
    metrics.add(Counter::prism_requests, {}, static_cast<double>(report.prism_calls));
    metrics.add(Counter::prism_retries, {}, static_cast<double>(report.prism_retries));
    metrics.add(Counter::prism_wait_seconds, {}, seconds(report.prism_wait_ms));
    metrics.add(Counter::receiver_wait_seconds, {}, seconds(report.receiver_wait_ms));
    for (const runtime::Reason& reason : report.missing) {
        metrics.add(Counter::missing, {{"code", reason.code}, {"kind", reason.kind}});
    }
    count_lists(metrics, report);
}

std::string time_text(Clock::time_point time) {
    return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(Clock::to_time_t(time)));
}

}  // namespace

void Activity::note(const cloudforet::CallRecord& call) {
    count(call);
    if (call.report != nullptr) {
        remember(call);
    }
}

void Activity::count(const cloudforet::CallRecord& call) {
    const std::string method(call.method);
    metrics_.add(Counter::calls,
                 {{"method", method}, {"status", std::string(code_name(call.status.code()))}});
    metrics_.took(Duration::call, {{"method", method}},
                  seconds(static_cast<std::uint64_t>(call.elapsed.count())));
    if (call.report != nullptr) {
        count_run(metrics_, *call.report);
    }
}

void Activity::remember(const cloudforet::CallRecord& call) {
    EndedCollect ended{Clock::now(), observe::redact(call.report->to_json()),
                       call.report->is_complete(), std::string(call.report->end.reason())};
    const std::lock_guard lock(mutex_);
    ended_.push_front(std::move(ended));
    if (ended_.size() > most_remembered) {
        ended_.pop_back();
    }
}

json Activity::collects() const {
    const std::lock_guard lock(mutex_);
    json list = json::array();
    for (const EndedCollect& each : ended_) {
        json item = {{"at", time_text(each.at)}, {"complete", each.is_complete}};
        if (!each.end.empty()) {
            item["end"] = each.end;
        }
        item["report"] = json::parse(each.report, nullptr, false);
        list.push_back(std::move(item));
    }
    return list;
}

}  // namespace pf::host::app
