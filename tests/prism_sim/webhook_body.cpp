#include "tests/prism_sim/webhook_body.hpp"

#include "tests/prism_sim/json/json_writer.hpp"
#include "tests/prism_sim/model/time_text.hpp"
#include "tests/prism_sim/v3/entities.hpp"

namespace pf::sim {
namespace {

std::string_view event_type(AlertChange change) {
    switch (change) {
        case AlertChange::opened:
            return "ALERT.CREATE";
        case AlertChange::acknowledged:
            return "ALERT.ACKNOWLEDGE";
        case AlertChange::resolved:
            return "ALERT.RESOLVE";
        case AlertChange::repeated:
        case AlertChange::reopened:
            break;
    }
    return "ALERT.UPDATE";
}

// As webhooks of v3 tell of other entities; `data` is the alert as a list has it, or empty.
void write_v3(JsonWriter& out, const World& world, const Alert& alert, AlertChange change,
              bool has_data) {
    out.open_item();
    out.plain("version", "1.0");
    out.plain("event_type", event_type(change));
    out.open("entity_reference");
    out.plain("kind", "alert");
    out.uuid("uuid", alert.id);
    out.close();
    out.open("data");
    if (has_data) v3::write_alert(out, world, alert);
    out.close();
    out.close();
}

// The fields of a playbook's REST action, all of them texts.
void write_playbook(JsonWriter& out, const World& world, const Alert& alert) {
    static constexpr std::string_view kSeverities[] = {"info", "warning", "critical"};
    const Host& host = world.hosts[alert.host];
    out.open_item();
    out.plain("schema", "prismforet/alert/1");
    out.plain("playbook", "CloudForet");
    out.uuid("alert_uuid", alert.id);
    out.plain("resolved", alert.state == AlertState::resolved ? "true" : "false");
    out.text("title", host.name + " is hot");
    out.plain("severity", kSeverities[alert.severity]);
    out.plain("occurred_at", TimeText(alert.created_us).micros());
    out.plain("entity_type", "node");
    out.text("entity_name", host.name);
    out.uuid("entity_uuid", host.id);
    out.text("cluster_name", world.clusters[alert.cluster].name);
    out.close();
}

}  // namespace

std::string webhook_body(const World& world, const Alert& alert, AlertChange change,
                         WebhookForm form) {
    TextBuffer text;
    JsonWriter out(text);
    if (form == WebhookForm::playbook)
        write_playbook(out, world, alert);
    else
        write_v3(out, world, alert, change, form == WebhookForm::v3);
    return std::string(text.view());
}

}  // namespace pf::sim
