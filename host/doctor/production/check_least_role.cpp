// Least role: an account that can only read, as prismforet never writes.

#include <nlohmann/json.hpp>

#include "host/doctor/production/checks.hpp"
#include "host/doctor/production/judged.hpp"

namespace pf::host::doctor {

Finding check_least_role(const Finding* role) {
    if (role == nullptr || role->verdict == Verdict::skipped) {
        return not_tried("least_role", "the account could not be looked at");
    }
    const auto known = nlohmann::json::parse(role->facts, nullptr, false);
    const auto can_write =
        known.is_object() ? known.value("can_write", nlohmann::json()) : nlohmann::json();
    const std::string advice =
        "give prismforet an account of its own with the role Prism Viewer: it never writes";
    if (can_write == true) {
        return unfit("least_role", "the account may change things in Prism Central", advice,
                     {{"can_write", true}});
    }
    if (can_write == false) {
        return fit("least_role", "the account can only read", {{"can_write", false}});
    }
    Finding unknown = to_do("least_role",
                            "this Prism Central does not show the account's roles, or their names "
                            "say nothing",
                            "look there whether the account has the role Prism Viewer and no more");
    return with_facts(std::move(unknown), {{"can_write", nullptr}});
}

}  // namespace pf::host::doctor
