#include "host/app/watch_alerts.hpp"

#include <nlohmann/json.hpp>

#include "host/app/watch_delivery.hpp"
#include "host/runtime/event_text.hpp"

namespace pf::host::app {
namespace {

using nlohmann::json;
using runtime::Occurrence;

bool is_recovery(const Occurrence& one) { return one.type == runtime::OccurrenceType::recovery; }

std::string fact(const Occurrence& one, std::string_view name) {
    for (const auto& [key, value] : one.additional_info) {
        if (key == name) {
            return value;
        }
    }
    return {};
}

void put(json& object, const char* key, const std::string& value) {
    if (!value.empty()) {
        object[key] = value;
    }
}

// The body that docs/alerts.md has for playbooks, and that our webhooks read.
json webhook_body(const Occurrence& one) {
    json body = {{"schema", "prismforet/alert/1"},
                 {"alert_uuid", one.event_key},
                 {"resolved", is_recovery(one)},
                 {"title", one.title},
                 {"severity", runtime::to_text(one.severity)},
                 {"occurred_at", runtime::iso_time(one.occurred_at)}};
    put(body, "message", one.description);
    put(body, "alert_type", one.rule);
    put(body, "entity_uuid", one.resource.id);
    put(body, "entity_name", one.resource.name);
    put(body, "entity_type", one.resource.type);
    put(body, "cluster_name", fact(one, "cluster_name"));
    put(body, "account", one.account);
    return body;
}

json alert_request(const Occurrence& one, const std::string& service_id) {
    const bool is_urgent = one.severity == runtime::Severity::critical ||
                           one.severity == runtime::Severity::not_available;
    json request = {{"title", one.title},
                    {"urgency", is_urgent ? "HIGH" : "LOW"},
                    {"service_id", service_id},
                    {"additional_info", json::parse(runtime::additional_info_json(one))}};
    if (one.severity != runtime::Severity::not_available) {
        request["severity"] = runtime::to_text(one.severity);
    }
    request["additional_info"]["event_key"] = one.event_key;
    request["additional_info"]["occurred_at"] = runtime::iso_time(one.occurred_at);
    put(request, "description", one.description);
    put(request, "rule", one.rule);
    if (!one.resource.id.empty() || !one.resource.name.empty()) {
        json resource = json::object();
        put(resource, "asset_id", one.resource.id);
        put(resource, "asset_type", one.resource.type);
        put(resource, "name", one.resource.name.empty() ? one.resource.id : one.resource.name);
        request["resources"] = json::array({std::move(resource)});
    }
    return request;
}

}  // namespace

std::optional<state::Letter> alert_letter(const Occurrence& one, AlertWay way,
                                          const std::string& service_id) {
    const bool is_plain_alert = way == AlertWay::alert;
    const std::string state = fact(one, "state");
    // An acknowledgement would be another alert there.
    if (is_plain_alert && (is_recovery(one) || state == "acknowledged")) {
        return std::nullopt;
    }
    state::Letter letter;
    letter.key = "alert:" + one.event_key + ":" + (is_recovery(one) ? "recovery" : state) + ":" +
                 std::to_string(one.updated_at);
    letter.lane = "alert:" + one.event_key;
    letter.channel = is_plain_alert                   ? alert_channel
                     : way == AlertWay::alert_webhook ? alert_webhook_channel
                                                      : webhook_channel;
    letter.content = (is_plain_alert ? alert_request(one, service_id) : webhook_body(one))
                         .dump(-1, ' ', false, json::error_handler_t::replace);
    return letter;
}

}  // namespace pf::host::app
