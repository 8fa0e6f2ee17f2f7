#include "forms.hpp"
#include "words.hpp"

namespace alert {
namespace {

// The mark of the body that docs/alerts.md has for playbooks.
constexpr std::string_view template_mark = "prismforet/alert/1";

bool read_template(pf::Value body, Told& told) {
    told.key = uuid_of(body["alert_uuid"].str());
    if (body["schema"].str() != template_mark || told.key.empty()) return false;
    const bool is_resolved = truth_of(body["resolved"]);
    told.type = is_resolved ? PF_EVENT_RECOVERY : PF_EVENT_ALERT;
    told.severity = severity_of(body["severity"].str());
    told.description = body["message"].str();
    told.rule = body["alert_type"].str();
    told.account = body["account"].str();
    told.occurred = time_of(body["occurred_at"]);
    told.resource_id = body["entity_uuid"].str();
    told.resource_name = body["entity_name"].str();
    told.resource_type = body["entity_type"].str();
    told.affect(told.resource_id);
    told.fact("state", is_resolved ? "resolved" : "open");
    told.fact("playbook", body["playbook"].str());
    told.fact("cluster_name", body["cluster_name"].str());
    told.title = body["title"].str();
    // A playbook may know no more than which alert it was.
    told.is_reference = told.title.empty();
    if (told.title.empty()) told.title = nameless(told);
    return true;
}

// {event_type, entity_reference: {kind, uuid}, data}; data may hold the alert itself.
bool read_webhook(pf::Value body, Told& told) {
    const std::string_view type = body["event_type"].str();
    const pf::Value reference = body["entity_reference"];
    if (type.empty() || !same_word(reference["kind"].str(), "alert")) return false;
    const std::string key = uuid_of(reference["uuid"].str());
    if (key.empty()) return false;
    const pf::Value data = body["data"];
    for (const pf::Value inside : {data, data["alert"]}) {
        if (read_v3(inside, told) || (told = Told(), read_v4(inside, told))) {
            return told.key == key;
        }
        told = Told();
    }
    told.key = key;
    told.is_reference = true;
    const std::size_t dot = type.rfind('.');
    const std::string_view verb = dot == type.npos ? type : type.substr(dot + 1);
    const bool is_resolved = same_word(verb, "RESOLVE") || same_word(verb, "RESOLVED");
    told.type = is_resolved ? PF_EVENT_RECOVERY : PF_EVENT_ALERT;
    told.fact("state", is_resolved ? "resolved" : "open");
    told.fact("event_type", type);
    told.title = reference["name"].str();
    if (told.title.empty()) told.title = nameless(told);
    return true;
}

bool read_one(pf::Value body, Told& told) {
    for (const auto read : {read_template, read_webhook, read_v4, read_v3}) {
        told = Told();
        if (read(body, told)) return true;
    }
    return false;
}

}  // namespace

std::vector<Told> read_posted(pf::Value body) {
    std::vector<Told> found;
    Told told;
    if (body.kind() != pf::Kind::object) return found;
    if (read_one(body, told)) {
        found.push_back(std::move(told));
        return found;
    }
    // What API v4 answers for one alert.
    told = Told();
    if (read_v4(body["data"], told)) {
        found.push_back(std::move(told));
        return found;
    }
    // What was read in a list and forwarded as it came.
    for (const std::string_view member : {"data", "entities"}) {
        if (body[member].kind() != pf::Kind::array) continue;
        for (const pf::Value one : body[member]) {
            told = Told();
            if (read_v4(one, told) || (told = Told(), read_v3(one, told)))
                found.push_back(std::move(told));
        }
    }
    return found;
}

}  // namespace alert
