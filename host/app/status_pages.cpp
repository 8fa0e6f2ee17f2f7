#include "host/app/status_pages.hpp"

#include <chrono>
#include <nlohmann/json.hpp>

#include "host/app/activity.hpp"
#include "host/app/installation.hpp"
#include "host/observe/process_figures.hpp"
#include "host/observe/redact.hpp"
#include "host/runtime/modules.hpp"

namespace pf::host::app {
namespace {

using nlohmann::json;
using observe::Gauge;
using observe::StatusAnswer;

// Why no new work should come here; empty when it may.
std::vector<std::string> why_not_ready(const StatusSources& sources) {
    std::vector<std::string> reasons;
    if (sources.is_draining) {
        reasons.emplace_back("draining: running calls end, new ones are refused");
    }
    for (const runtime::Modules::Entry& entry : sources.modules.entries()) {
        if (!entry.refusal.ok()) {
            reasons.push_back(
                observe::redact("module " + entry.name + ": " + entry.refusal.text()));
        }
    }
    return reasons;
}

StatusAnswer ready_page(const StatusSources& sources) {
    const auto reasons = why_not_ready(sources);
    std::string text = reasons.empty() ? "ready\n" : "";
    for (const std::string& reason : reasons) {
        text += reason + '\n';
    }
    return {reasons.empty() ? 200 : 503, "text/plain; charset=utf-8", text};
}

StatusAnswer metrics_page(const StatusSources& sources) {
    observe::Metrics& metrics = sources.activity.metrics();
    std::size_t in_service = 0;
    const auto entries = sources.modules.entries();
    for (const runtime::Modules::Entry& entry : entries) {
        in_service += entry.refusal.ok() ? 1 : 0;
    }
    metrics.set(Gauge::build, {{"version", std::string(version())}, {"role", sources.role}}, 1);
    metrics.set(Gauge::modules, {{"state", "in_service"}}, static_cast<double>(in_service));
    metrics.set(Gauge::modules, {{"state", "refused"}},
                static_cast<double>(entries.size() - in_service));
    metrics.set(Gauge::calls_in_progress, {}, static_cast<double>(sources.active_calls()));
    metrics.set(Gauge::ready, {}, why_not_ready(sources).empty() ? 1 : 0);
    for (const StatusSection& section : sources.sections) {
        section.figures(metrics);
    }
    return {200, "text/plain; version=0.0.4; charset=utf-8", metrics.text()};
}

json modules_json(const runtime::Modules& modules) {
    json list = json::array();
    for (const runtime::Modules::Entry& entry : modules.entries()) {
        json item = {{"name", entry.name},
                     {"version", entry.descriptor ? entry.descriptor->version : ""},
                     {"sha256", entry.sha256},
                     {"kinds", entry.kinds()},
                     {"in_service", entry.refusal.ok()}};
        if (!entry.refusal.ok()) {
            item["refusal"] = observe::redact(entry.refusal.text());
        }
        list.push_back(std::move(item));
    }
    return list;
}

StatusAnswer status_page(const StatusSources& sources) {
    const auto reasons = why_not_ready(sources);
    const double now =
        std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();
    json document = {{"schema", "prismforet/status/1"},
                     {"version", version()},
                     {"role", sources.role},
                     {"address", sources.address},
                     {"uptime_seconds",
                      static_cast<std::int64_t>(now - observe::process_figures().start_seconds)},
                     {"ready", reasons.empty()},
                     {"reasons", reasons},
                     {"calls_in_progress", sources.active_calls()},
                     {"modules", modules_json(sources.modules)},
                     {"collects", sources.activity.collects()}};
    for (const StatusSection& section : sources.sections) {
        document[section.name] = json::parse(section.json());
    }
    return {200, "application/json",
            document.dump(2, ' ', false, json::error_handler_t::replace) + "\n"};
}

}  // namespace

std::map<std::string, observe::StatusPage> status_pages(const StatusSources& sources) {
    return {{"/healthz",
             [] {
                 return StatusAnswer{200, "text/plain; charset=utf-8", "alive\n"};
             }},
            {"/readyz", [sources] { return ready_page(sources); }},
            {"/metrics", [sources] { return metrics_page(sources); }},
            {"/api/v1/status", [sources] { return status_page(sources); }}};
}

}  // namespace pf::host::app
