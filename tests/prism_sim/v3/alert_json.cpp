#include <string>

#include "tests/prism_sim/v3/entities.hpp"
#include "tests/prism_sim/v3/intent_writer.hpp"

namespace pf::sim::v3 {
namespace {

constexpr std::string_view kSeverities[] = {"info", "warning", "critical"};

void host_fields(JsonWriter& out, const Host& host) {
    out.plain("kind", "host");
    out.plain("type", "node");
    out.uuid("uuid", host.id);
    out.text("name", host.name);
}

void write_entities(JsonWriter& out, const Host& host) {
    out.open("source_entity");
    out.open("entity");
    host_fields(out, host);
    out.close();
    out.close();
    out.open_list("affected_entity_list");
    out.open_item();
    host_fields(out, host);
    out.close();
    out.close_list();
}

void write_states(JsonWriter& out, const Alert& alert) {
    const bool is_acknowledged = alert.acknowledged_us != 0;
    const bool is_resolved = alert.state == AlertState::resolved;
    out.open("acknowledged_status");
    out.flag("is_true", is_acknowledged);
    if (is_acknowledged) {
        out.plain("user", "admin");
        out.plain("time", TimeText(alert.acknowledged_us).seconds());
    }
    out.close();
    out.open("resolution_status");
    out.flag("is_true", is_resolved);
    if (is_resolved) {
        out.flag("is_auto_resolved", alert.is_auto_resolved);
        out.plain("time", TimeText(alert.resolved_us).seconds());
    }
    out.close();
}

}  // namespace

void write_alert(JsonWriter& out, const World& world, const Alert& alert) {
    const Host& host = world.hosts[alert.host];
    out.open("status");
    out.plain("state", "COMPLETE");
    out.open("resources");
    out.plain("title", "{host_name} is hot");
    out.plain("default_message", "Host {host_name} is hot.");
    out.plain("type", "A1131");
    out.plain("severity", kSeverities[alert.severity]);
    out.plain("creation_time", TimeText(alert.created_us).seconds());
    out.plain("last_update_time", TimeText(alert.updated_us).seconds());
    out.plain("latest_occurrence_time", TimeText(alert.occurred_us).seconds());
    out.flag("is_user_defined", false);
    out.open_list("impact_type_list");
    out.element("Availability");
    out.close_list();
    out.open_list("classification_list");
    out.element("Hardware");
    out.close_list();
    write_entities(out, host);
    write_states(out, alert);
    out.open("parameters");
    out.open("host_name");
    out.text("string_value", host.name);
    out.close();
    out.close();
    out.close();
    out.close();
    Metadata metadata;
    metadata.kind = "alert";
    metadata.id = alert.id;
    metadata.created_us = alert.created_us;
    metadata.updated_us = alert.updated_us;
    metadata.project = world.projects.empty() ? kNone : 0;
    write_metadata(out, world, metadata);
}

}  // namespace pf::sim::v3
