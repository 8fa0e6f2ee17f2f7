// Role: what the account may not read. Whether it could write is told by the names of its roles
// only: trying it would be a write.

#include <algorithm>
#include <nlohmann/json.hpp>

#include "host/doctor/account_roles.hpp"
#include "host/doctor/checks.hpp"

namespace pf::host::doctor {
namespace {

using Json = nlohmann::ordered_json;

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) {
        text += (text.empty() ? "" : ", ") + word;
    }
    return text;
}

Finding denied(const std::vector<const EndpointAnswer*>& lists) {
    std::vector<std::string> kinds;
    std::vector<std::string> resources;
    std::vector<std::string> roles;
    for (const EndpointAnswer* list : lists) {
        kinds.insert(kinds.end(), list->kinds.begin(), list->kinds.end());
        resources.push_back(list->resource);
        if (!list->role.empty() &&
            std::find(roles.begin(), roles.end(), list->role) == roles.end()) {
            roles.push_back(list->role);
        }
    }
    const std::string grant =
        "grant the role " + (roles.empty() ? "Prism Viewer" : joined(roles)) + " to this account";
    const std::string text = "this account may not read " + joined(resources);
    if (kinds.empty()) {
        return found_warning("role", text + ": names from there stay unknown, and runs are partial",
                             lists.front()->failure, grant);
    }
    return found_failure(
        "role", Status(Code::permission_denied, "ERROR_PRISM_PERMISSION",
                       text + ", so nothing of kind " + joined(kinds) + " is collected; " + grant +
                           ", or leave the kind out with exclude_kinds"));
}

Finding judge_reach(const std::vector<std::string>& roles, const std::string& username) {
    std::vector<std::string> writers;
    std::copy_if(roles.begin(), roles.end(), std::back_inserter(writers),
                 [](const std::string& role) { return reach_of(role) == Reach::writes; });
    const std::string advice =
        "give prismforet an account of its own with the role Prism Viewer: it never writes";
    const Status problem(Code::failed_precondition, "ERROR_ACCOUNT_WRITES",
                         "the account can write");
    if (!writers.empty()) {
        return found_warning(
            "role",
            "every list can be read; the role " + joined(writers) + " may also change things",
            problem, advice);
    }
    if (roles.empty() && username == "admin") {
        return found_warning("role",
                             "every list can be read; the built-in account admin may also change "
                             "everything",
                             problem, advice);
    }
    return found_good("role", "every list can be read; " +
                                  (roles.empty() ? "this Prism does not show the account's roles"
                                                 : "roles: " + joined(roles)));
}

}  // namespace

Finding check_role(Examination& examination) {
    std::vector<const EndpointAnswer*> refused;
    for (const EndpointAnswer& list : examination.endpoints) {
        if (list.failure.code() == Code::permission_denied) {
            refused.push_back(&list);
        }
    }
    std::stable_sort(refused.begin(), refused.end(), [](const auto* a, const auto* b) {
        return !a->kinds.empty() && b->kinds.empty();
    });
    const auto roles = roles_of_account(examination);
    const std::string& username = examination.request.spec.credential.username;
    Finding finding = refused.empty() ? judge_reach(roles, username) : denied(refused);
    Json facts = {{"denied", Json::array()}, {"roles", roles}};
    for (const EndpointAnswer* list : refused) {
        facts["denied"].push_back({{"resource", list->resource}, {"role", list->role}});
    }
    const bool writes = std::any_of(roles.begin(), roles.end(), [](const std::string& role) {
        return reach_of(role) == Reach::writes;
    });
    const bool only_reads =
        !roles.empty() && std::all_of(roles.begin(), roles.end(), [](const std::string& role) {
            return reach_of(role) == Reach::reads;
        });
    facts["can_write"] = writes || (roles.empty() && username == "admin") ? Json(true)
                         : only_reads                                     ? Json(false)
                                                                          : Json();
    finding.facts = facts.dump(-1, ' ', false, Json::error_handler_t::replace);
    return finding;
}

}  // namespace pf::host::doctor
