#include "host/cloudforet/roles/event_shapes.hpp"

#include "host/cloudforet/iso_time.hpp"
#include "host/cloudforet/struct_json.hpp"
#include "spaceone/api/alert_manager/plugin/event.pb.h"
#include "spaceone/api/monitoring/plugin/event.pb.h"

namespace pf::host::cloudforet {
namespace {

namespace monitoring = spaceone::api::monitoring::plugin;
namespace alert_manager = spaceone::api::alert_manager;

monitoring::EventInfo::Severity monitoring_severity(EventSeverity severity) {
    switch (severity) {
        case EventSeverity::critical:
            return monitoring::EventInfo::CRITICAL;
        case EventSeverity::error:
            return monitoring::EventInfo::ERROR;
        case EventSeverity::warning:
            return monitoring::EventInfo::WARNING;
        case EventSeverity::info:
            return monitoring::EventInfo::INFO;
        case EventSeverity::not_available:
            break;
    }
    return monitoring::EventInfo::NOT_AVAILABLE;
}

// It has no word for "not known", and an event without severity is no alert for it.
alert_manager::v1::EventSeverity alert_severity(EventSeverity severity) {
    switch (severity) {
        case EventSeverity::critical:
            return alert_manager::v1::CRITICAL;
        case EventSeverity::error:
            return alert_manager::v1::ERROR;
        case EventSeverity::info:
            return alert_manager::v1::INFO;
        case EventSeverity::warning:
        case EventSeverity::not_available:
            break;
    }
    return alert_manager::v1::WARNING;
}

// What both forms call by the same names.
template <class Info>
Status fill_shared(const PluginEvent& event, Info& info) {
    if (event.key.empty() || event.title.empty()) {
        return {Code::internal, "ERROR_INTERNAL",
                "an event has no key or no title; please report this"};
    }
    info.set_event_key(event.key);
    info.set_title(event.title);
    info.set_description(event.description);
    info.set_rule(event.rule);
    info.set_occurred_at(iso_time(event.occurred_at));
    return json_to_struct(event.additional_info, *info.mutable_additional_info());
}

}  // namespace

Status fill(const PluginEvent& event, monitoring::EventInfo& info) {
    info.set_event_type(event.type == EventType::recovery ? "RECOVERY" : "ALERT");
    info.set_severity(monitoring_severity(event.severity));
    info.set_provider(event.provider);
    info.set_account(event.account);
    // CloudForet adds its name to `resources` itself.
    const EventResource& from = event.resource;
    auto& resource = *info.mutable_resource()->mutable_fields();
    for (const auto& [name, text] : {std::pair("resource_id", &from.id),
                                     {"name", &from.name},
                                     {"resource_type", &from.type}}) {
        if (!text->empty()) {
            resource[name].set_string_value(*text);
        }
    }
    return fill_shared(event, info);
}

Status fill(const PluginEvent& event, alert_manager::plugin::EventInfo& info) {
    info.set_event_type(event.type == EventType::recovery ? alert_manager::plugin::RECOVERY
                                                          : alert_manager::plugin::ALERT);
    info.set_severity(alert_severity(event.severity));
    const EventResource& from = event.resource;
    if (const std::string& name = from.name.empty() ? from.id : from.name; !name.empty()) {
        info.add_resources(name);
    }
    return fill_shared(event, info);
}

}  // namespace pf::host::cloudforet
