// API: by which version each list that the modules need is served.

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "host/doctor/checks.hpp"

namespace pf::host::doctor {
namespace {

using Json = nlohmann::ordered_json;

std::string reason_of(const std::vector<prism::ApiUse>& uses, const EndpointAnswer& list) {
    const auto found = std::find_if(uses.begin(), uses.end(), [&list](const prism::ApiUse& use) {
        return use.api_namespace == list.api_namespace && use.version == list.version;
    });
    return found == uses.end() ? std::string() : found->reason;
}

std::string state_of(const EndpointAnswer& list) {
    if (list.failure.ok()) {
        return list.version;
    }
    return list.failure.code() == Code::not_found ? "absent" : list.failure.reason();
}

Json list_json(const EndpointAnswer& list, const std::string& reason) {
    Json json = {{"namespace", list.api_namespace},
                 {"resource", list.resource},
                 {"kinds", list.kinds},
                 {"version", list.failure.ok() ? list.version : ""},
                 {"state", list.failure.ok()                                ? "served"
                           : list.failure.code() == Code::not_found         ? "absent"
                           : list.failure.code() == Code::permission_denied ? "denied"
                                                                            : "failed"}};
    if (!reason.empty()) {
        json["reason"] = reason;
    }
    if (!list.failure.ok()) {
        json["code"] = list.failure.reason();
        json["text"] = list.failure.message();
    }
    return json;
}

// "vmm v4.3, networking v4.4, multidomain v3", each once.
std::string versions_text(const std::vector<EndpointAnswer>& lists) {
    std::string text;
    std::map<std::string, bool> told;
    for (const EndpointAnswer& list : lists) {
        const std::string name = list.api_namespace.empty() ? list.resource : list.api_namespace;
        if (list.failure.ok() && told.emplace(name + " " + list.version, true).second) {
            text += (text.empty() ? "" : ", ") + name + " " + list.version;
        }
    }
    return text.empty() ? "no list answers" : text;
}

// A denied list is the role's affair, an absent one is worth a word when rows are made of it.
Finding judge(const std::vector<EndpointAnswer>& lists) {
    const Finding good = found_good("api", versions_text(lists));
    for (const EndpointAnswer& list : lists) {
        if (!list.failure.ok() && list.failure.code() != Code::not_found &&
            list.failure.code() != Code::permission_denied) {
            return found_failure("api", list.failure.within(list.resource));
        }
    }
    for (const EndpointAnswer& list : lists) {
        if (list.failure.code() == Code::not_found && !list.kinds.empty()) {
            return found_warning("api", good.text + "; " + list.resource + " is not offered here",
                                 list.failure,
                                 "nothing of kind " + list.kinds.front() +
                                     " can be collected here; exclude it with exclude_kinds, or "
                                     "upgrade Prism Central");
        }
    }
    return good;
}

}  // namespace

Finding check_api(Examination& examination) {
    examination.endpoints = lists_of(examination.modules);
    if (examination.endpoints.empty()) {
        return not_tried("api", "no module is in service, so no list is needed");
    }
    for (EndpointAnswer& list : examination.endpoints) {
        if (examination.stop.requested()) {
            list.failure = examination.stop.why();
            continue;
        }
        ask_first_page(examination, list, 1);
    }
    const auto uses = examination.target->uses();
    Json facts = {{"lists", Json::array()}};
    Finding finding = judge(examination.endpoints);
    for (const EndpointAnswer& list : examination.endpoints) {
        const std::string reason = reason_of(uses, list);
        facts["lists"].push_back(list_json(list, reason));
        finding.details.push_back(
            list.resource + ": " + state_of(list) + (reason.empty() ? "" : ", " + reason) +
            (list.total < 0 ? "" : ", " + std::to_string(list.total) + " there"));
    }
    finding.facts = facts.dump(-1, ' ', false, Json::error_handler_t::replace);
    return finding;
}

}  // namespace pf::host::doctor
