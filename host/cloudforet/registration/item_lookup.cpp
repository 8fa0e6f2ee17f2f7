#include "host/cloudforet/registration/item_lookup.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "host/cloudforet/registration/dashboard_state.hpp"
#include "host/cloudforet/registration/item_compare.hpp"

namespace pf::host::cloudforet {

using nlohmann::json;

namespace {

// CloudForet waits up to 150 s for the image of a plugin before it answers.
constexpr std::chrono::milliseconds plugin_start = std::chrono::seconds(180);

// True when what is there can become what is wanted.
bool may_become(const ItemRules& rules, const json& got, const json& wanted) {
    return std::none_of(rules.fixed.begin(), rules.fixed.end(), [&](std::string_view member) {
        return differs(got, fixed_part(rules, wanted), member);
    });
}

}  // namespace

bool is_private_dashboard(const Item& item) noexcept {
    return item.kind == "dashboard.PrivateDashboard";
}

bool is_dashboard(const Item& item) noexcept {
    return item.kind == "dashboard.PublicDashboard" || is_private_dashboard(item);
}

ServiceCall call_of(const ItemRules& rules, std::string_view method, const json& request) {
    const bool starts =
        rules.starts_plugin && (method == rules.create || method == rules.update_plugin);
    return {std::string(rules.service), std::string(method), request.dump(),
            std::string(rules.needs), starts ? plugin_start : std::chrono::milliseconds(0)};
}

// The request that makes an item, with the ids that are known.
json wanted_of(const Item& item, const KnownIds& ids) {
    return json::parse(resolved(item.document, ids));
}

Result<json> look_up(ServiceClient& client, const ItemRules& rules, const json& wanted,
                     const Stop& stop) {
    const json key = picked(wanted, rules.find_by);
    const auto answer = client.call(call_of(rules, "list", key), stop);
    if (!answer) {
        return answer.status();
    }
    json found = json::array();
    const json list = json::parse(*answer, nullptr, false);
    for (const json& one : list.value("results", json::array())) {
        if (says(one, key)) {
            found.push_back(one);
        }
    }
    return found;
}

json choose(const Item& item, const json& wanted, const json& found) {
    const bool is_of_ours = is_dashboard(item);
    const ItemRules& rules = rules_of(item.kind);
    for (const json& one : found) {
        // A dashboard of ours has our mark.
        if (is_of_ours ? !mark_of(one).empty() : may_become(rules, one, wanted)) {
            return one;
        }
    }
    return found.empty() ? json() : found.front();
}

}  // namespace pf::host::cloudforet
