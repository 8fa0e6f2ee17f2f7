#include "tests/cloudforet_sim/monitoring/alert_board.hpp"

#include <algorithm>

namespace pf::cloudforet_sim::monitoring {
namespace {

using nlohmann::json;

std::string text(const json& event, const char* key) {
    const auto found = event.find(key);
    return found != event.end() && found->is_string() ? found->get<std::string>() : "";
}

bool is_urgent(const std::string& severity) {
    return severity == "CRITICAL" || severity == "ERROR" || severity == "NOT_AVAILABLE";
}

// Digits and signs where "2026-02-28T12:00:00" has them; a zone may follow.
bool is_time(const std::string& when) {
    static const std::string form = "0000-00-00T00:00:00";
    return when.size() >= form.size() &&
           std::equal(form.begin(), form.end(), when.begin(), [](char want, char got) {
               return want == '0' ? got >= '0' && got <= '9' : want == got;
           });
}

}  // namespace

std::string AlertBoard::missing(const json& event) const {
    if (text(event, "event_key").empty()) return "no event_key";
    if (text(event, "title").empty()) return "no title";
    const std::string type = text(event, "event_type");
    if (type != "ALERT" && type != "RECOVERY") return "event_type '" + type + "'";
    if (!is_time(text(event, "occurred_at"))) return "occurred_at";
    const std::string severity = text(event, "severity");
    const bool is_known = severity == "CRITICAL" || severity == "ERROR" || severity == "WARNING" ||
                          severity == "INFO" ||
                          (api_ == Api::monitoring && severity == "NOT_AVAILABLE");
    // Left out means NONE for the older service, and for the newer one no event.
    if (!is_known && (api_ == Api::alert_manager || !severity.empty())) {
        return "severity '" + severity + "'";
    }
    return "";
}

void AlertBoard::take(const json& events) {
    const json results = events.value("results", json::array());
    for (const json& event : results) {
        if (const std::string what = missing(event); !what.empty()) {
            fail(what);
            return;
        }
    }
    for (const json& event : results) add(event);
}

void AlertBoard::fail(const std::string& error) {
    ++errors_;
    alerts_.push_back({"", "Webhook Error", "NOT_AVAILABLE", true, false, {{{"error", error}}}});
}

void AlertBoard::add(const json& event) {
    const std::string key = text(event, "event_key");
    const bool is_recovery = text(event, "event_type") == "RECOVERY";
    const auto open = std::find_if(alerts_.begin(), alerts_.end(), [&](const Alert& alert) {
        return alert.key == key && !alert.is_resolved;
    });
    if (open == alerts_.end() && is_recovery) {
        ++dropped_;
    } else if (open == alerts_.end()) {
        const std::string severity = text(event, "severity");
        alerts_.push_back(
            {key, text(event, "title"), severity, is_urgent(severity), false, {event}});
    } else {
        open->events.push_back(event);
        open->is_resolved = is_recovery;
    }
}

std::size_t AlertBoard::open(const std::string& key) const {
    return static_cast<std::size_t>(
        std::count_if(alerts_.begin(), alerts_.end(),
                      [&](const Alert& alert) { return alert.key == key && !alert.is_resolved; }));
}

}  // namespace pf::cloudforet_sim::monitoring
