#include "host/cloudforet/registration/step_refusals.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "host/cloudforet/registration/item_lookup.hpp"
#include "host/cloudforet/registration/item_rules.hpp"

namespace pf::host::cloudforet {
namespace {

using nlohmann::json;

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) {
        text += (text.empty() ? "" : ", ") + word;
    }
    return text;
}

}  // namespace

Status conflict(const Step& step) {
    const std::string what = step.item.kind + " " + step.item.name;
    if (is_dashboard(step.item)) {
        return {Code::already_exists, "ERROR_REGISTER_CONFLICT",
                what +
                    " is there and was not made by prismforet; rename it in CloudForet, or "
                    "leave dashboards out with --no-dashboards"};
    }
    return {Code::failed_precondition, "ERROR_REGISTER_CONFLICT",
            what + " is there with another " + joined(step.differences) +
                ", which CloudForet does not let anybody change; delete it in CloudForet, or give "
                "the options that it was made with"};
}

Status rights_refusal(const Step& step, const Access& access) {
    const ItemRules& rules = rules_of(step.item.kind);
    const bool is_changing = step.action == Action::create || step.action == Action::update ||
                             step.action == Action::replace;
    const bool has_role = access.role.empty() || std::find(rules.roles.begin(), rules.roles.end(),
                                                           access.role) != rules.roles.end();
    const bool fits =
        has_role && (access.role.empty() || !rules.in_workspace || access.has_workspace);
    if (!is_changing || fits) {
        return {};
    }
    return {Code::permission_denied, "ERROR_REGISTER_SCOPE",
            step.item.kind + " " + step.item.name +
                " cannot be made with this token, which is one " + access.token_says +
                "; it takes " + std::string(rules.needs)};
}

Status missing_premise(const Item& item) {
    const Premise& premise = rules_of(item.kind).premise;
    const std::string member(premise.member);
    const std::string what(premise.service.substr(premise.service.rfind('.') + 1));
    return {Code::failed_precondition, "ERROR_REGISTER_PREMISE",
            item.kind + " " + item.name + " cannot be made: there is no " + what + " of " + member +
                " " + json::parse(item.document).value(member, "") + "; " +
                std::string(premise.advice)};
}

bool is_service_missing(const Status& failure) {
    return failure.reason() == "ERROR_CLOUDFORET_ENDPOINT" ||
           failure.reason() == "ERROR_CLOUDFORET_VERSION";
}

}  // namespace pf::host::cloudforet
