#include "forms.hpp"
#include "placeholders.hpp"
#include "words.hpp"

namespace alert {
namespace {

void read_facts(pf::Value resources, bool is_acknowledged, bool is_resolved, Told& told) {
    told.fact("state", is_resolved ? "resolved" : is_acknowledged ? "acknowledged" : "open");
    told.fact("acknowledged", is_acknowledged ? "true" : "false");
    const pf::Value acknowledged = resources["acknowledged_status"];
    const pf::Value resolution = resources["resolution_status"];
    // Who it was is a text or a reference.
    const auto name_of = [](pf::Value user) {
        return user.kind() == pf::Kind::text ? user.str() : user["name"].str();
    };
    told.fact("acknowledged_by", name_of(acknowledged["user"]));
    told.fact("acknowledged_at", std::string_view(time_of(acknowledged["time"])));
    told.fact("resolved_by", name_of(resolution["user"]));
    if (is_resolved)
        told.fact("auto_resolved", truth_of(resolution["is_auto_resolved"]) ? "true" : "false");
    told.fact("classifications", resources["classification_list"]);
    told.fact("impact", resources["impact_type_list"]);
    const pf::Value cause = resources["possible_cause_list"].first();
    told.fact("cause", cause["cause"].str());
    told.fact("remedy", cause["resolution"].str());
}

void read_source(pf::Value resources, Told& told) {
    const pf::Value source = resources["source_entity"]["entity"];
    told.resource_id = source["uuid"].str();
    told.resource_name = source["name"].str();
    told.resource_type = source["type"].str(source["kind"].str());
    told.affect(told.resource_id);
    if (resources["affected_entity_list"].kind() == pf::Kind::array)
        for (const pf::Value one : resources["affected_entity_list"])
            told.affect(one["uuid"].str());
}

}  // namespace

bool read_v3(pf::Value alert, Told& told) {
    const pf::Value resources = alert["status"]["resources"];
    const std::string_view kind = alert["metadata"]["kind"].str("alert");
    told.key = uuid_of(alert["metadata"]["uuid"].str());
    if (told.key.empty() || kind != "alert" || !resources["severity"].exists()) return false;
    const bool is_resolved = truth_of(resources["resolution_status"]["is_true"]);
    const bool is_acknowledged = truth_of(resources["acknowledged_status"]["is_true"]);
    told.type = is_resolved ? PF_EVENT_RECOVERY : PF_EVENT_ALERT;
    told.severity = severity_of(resources["severity"].str());
    told.description = filled(resources["default_message"].str(), resources["parameters"]);
    told.rule = resources["type"].str();
    told.created = time_of(resources["creation_time"]);
    told.updated = time_of(resources["last_update_time"]);
    const std::string over = time_of(resources["resolution_status"]["time"]);
    const std::string last = time_of(resources["latest_occurrence_time"]);
    told.occurred =
        is_resolved ? (over.empty() ? told.updated : over) : (last.empty() ? told.created : last);
    read_source(resources, told);
    read_facts(resources, is_acknowledged, is_resolved, told);
    told.title = filled(resources["title"].str(), resources["parameters"]);
    if (told.title.empty()) told.title = nameless(told);
    return true;
}

}  // namespace alert
