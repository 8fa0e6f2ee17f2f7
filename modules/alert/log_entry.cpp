#include "forms.hpp"
#include "placeholders.hpp"
#include "words.hpp"

namespace alert {

bool read_log_entry(pf::Value entry, bool is_audit, Told& told) {
    told.key = uuid_of(entry["extId"].str());
    if (told.key.empty()) return false;
    told.type = is_audit ? PF_EVENT_AUDIT : PF_EVENT_EVENT;
    told.severity = PF_SEVERITY_INFO;
    told.rule = entry[is_audit ? "auditType" : "eventType"].str();
    told.description = entry["message"].str();
    told.created = time_of(entry["creationTime"]);
    told.occurred = told.created;
    const pf::Value source = entry["sourceEntity"];
    told.resource_id = source["extId"].str();
    told.resource_name = source["name"].str();
    told.resource_type = source["type"].str();
    told.affect(told.resource_id);
    if (entry["affectedEntities"].kind() == pf::Kind::array)
        for (const pf::Value one : entry["affectedEntities"]) told.affect(one["extId"].str());
    const pf::Value cluster = entry["clusterReference"];
    told.fact("cluster_uuid", is_audit ? cluster["extId"].str() : entry["clusterUUID"].str());
    told.fact("cluster_name", is_audit ? cluster["name"].str() : entry["clusterName"].str());
    told.fact("operation", entry["operationType"].str());
    told.fact("status", entry["status"].str());
    told.fact("user", entry["userReference"]["name"].str());
    told.fact("user_address", entry["userReference"]["ipAddress"].str());
    told.fact("started_at", std::string_view(time_of(entry["operationStartTime"])));
    told.fact("ended_at", std::string_view(time_of(entry["operationEndTime"])));
    told.fact("service", entry["serviceName"].str());
    told.fact("classifications", entry["classifications"]);
    told.title = filled(entry["title"].str(), entry["parameters"]);
    if (told.title.empty()) told.title = nameless(told);
    return true;
}

}  // namespace alert
