#include "forms.hpp"
#include "placeholders.hpp"
#include "words.hpp"

namespace alert {
namespace {

enum class State { open, acknowledged, resolved };

// From 4.3 on one word tells the state; before there are two flags.
State state_of(pf::Value alert) {
    const std::string_view status = alert["status"].str();
    if (same_word(status, "RESOLVED") || same_word(status, "AUTO_RESOLVED")) return State::resolved;
    if (same_word(status, "ACKNOWLEDGED")) return State::acknowledged;
    if (same_word(status, "OPEN")) return State::open;
    if (alert["isResolved"].boolean(false)) return State::resolved;
    return alert["isAcknowledged"].boolean(false) ? State::acknowledged : State::open;
}

void read_causes(pf::Value causes, Told& told) {
    if (causes.kind() != pf::Kind::array) return;
    for (const pf::Value one : causes) {
        told.fact("cause", one["cause"].str());
        told.fact("remedy", one["resolution"].str());
        return;  // the first is the likeliest
    }
}

void read_facts(pf::Value alert, State state, Told& told) {
    told.fact("state", state == State::resolved       ? "resolved"
                       : state == State::acknowledged ? "acknowledged"
                                                      : "open");
    const bool is_acknowledged =
        alert["isAcknowledged"].boolean(false) || state == State::acknowledged;
    told.fact("acknowledged", is_acknowledged ? "true" : "false");
    told.fact("acknowledged_by", alert["acknowledgedByUsername"].str());
    told.fact("acknowledged_at", std::string_view(time_of(alert["acknowledgedTime"])));
    told.fact("resolved_by", alert["resolvedByUsername"].str());
    const bool is_by_itself =
        alert["isAutoResolved"].boolean(false) || alert["status"].str() == "AUTO_RESOLVED";
    if (state == State::resolved) told.fact("auto_resolved", is_by_itself ? "true" : "false");
    told.fact("cluster_uuid", alert["clusterUUID"].str());
    told.fact("cluster_name", alert["clusterName"].str());
    told.fact("service", alert["serviceName"].str());
    told.fact("classifications", alert["classifications"]);
    told.fact("impact", alert["impactTypes"]);
    told.fact("knowledge_base", alert["kbArticles"]);
    read_causes(alert["rootCauseAnalysis"], told);
}

}  // namespace

std::string nameless(const Told& told) {
    if (!told.description.empty()) return told.description;
    return "Nutanix " + (told.rule.empty() ? "alert " + told.key : std::string(told.rule));
}

bool read_v4(pf::Value alert, Told& told) {
    told.key = uuid_of(alert["extId"].str());
    const bool has_facts = alert["alertType"].exists() || alert["severity"].exists();
    if (told.key.empty() || !has_facts || alert["eventType"].exists()) return false;
    const State state = state_of(alert);
    told.type = state == State::resolved ? PF_EVENT_RECOVERY : PF_EVENT_ALERT;
    told.severity = severity_of(alert["severity"].str());
    told.description = alert["message"].str();
    told.rule = alert["alertType"].str();
    told.created = time_of(alert["creationTime"]);
    told.updated = time_of(alert["lastUpdatedTime"]);
    const std::string over = time_of(alert["resolvedTime"]);
    const std::string last = time_of(alert["lastOccurredTime"]);
    told.occurred = state == State::resolved ? (over.empty() ? told.updated : over)
                                             : (last.empty() ? told.created : last);
    const pf::Value source = alert["sourceEntity"];
    told.resource_id = source["extId"].str();
    told.resource_name = source["name"].str();
    told.resource_type = source["type"].str();
    told.affect(told.resource_id);
    if (alert["affectedEntities"].kind() == pf::Kind::array)
        for (const pf::Value one : alert["affectedEntities"]) told.affect(one["extId"].str());
    read_facts(alert, state, told);
    told.title = filled(alert["title"].str(), alert["parameters"]);
    if (told.title.empty()) told.title = nameless(told);
    return true;
}

}  // namespace alert
