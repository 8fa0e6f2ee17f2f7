#include "host/cloudforet/registration/registrar.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "host/cloudforet/registration/dashboard_state.hpp"
#include "host/cloudforet/registration/item_compare.hpp"
#include "host/cloudforet/registration/item_rules.hpp"

namespace pf::host::cloudforet {
namespace {

using nlohmann::json;

bool is_private(const Item& item) { return item.kind == "dashboard.PrivateDashboard"; }
bool is_dashboard(const Item& item) {
    return item.kind == "dashboard.PublicDashboard" || is_private(item);
}
bool is_account(const Item& item) { return item.kind == "identity.ServiceAccount"; }

ServiceCall call_of(const ItemRules& rules, std::string_view method, const json& request) {
    return {std::string(rules.service), std::string(method), request.dump(),
            std::string(rules.needs)};
}

// The documents that list gives for an item, of exactly its name.
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

// Names of dashboards are not unique: ours is the one with our mark.
json choose(const Item& item, const json& found) {
    if (found.empty()) {
        return json();
    }
    if (is_dashboard(item)) {
        for (const json& one : found) {
            if (!mark_of(one).empty()) {
                return one;
            }
        }
    }
    return found.front();
}

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) {
        text += (text.empty() ? "" : ", ") + word;
    }
    return text;
}

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

}  // namespace

std::string_view action_name(Action action) noexcept {
    switch (action) {
        case Action::unchanged:
            return "unchanged";
        case Action::create:
            return "create";
        case Action::update:
            return "update";
        case Action::replace:
            return "replace";
        case Action::outdated:
            return "outdated";
        default:
            return "conflict";
    }
}

Access access_with(ServiceClient& client, std::string_view token) {
    const auto claims = read_token(token);
    if (!claims) {
        return {&client, "", "", false};
    }
    return {&client, claims->description(), claims->role, !claims->workspace_id.empty()};
}

const Access& Registrar::access_of(const Item& item) const {
    const ItemRules& rules = rules_of(item.kind);
    return rules.of_user ? with_.user : rules.in_workspace ? with_.workspace : with_.domain;
}

Result<Step> Registrar::examine_item(Item item, bool rotates, const Stop& stop) const {
    const ItemRules& rules = rules_of(item.kind);
    const json wanted = json::parse(item.document);
    const auto found = look_up(*access_of(item).client, rules, wanted, stop);
    if (!found) {
        return found.status();
    }
    Step step;
    step.item = std::move(item);
    const json got = choose(step.item, *found);
    if (got.is_null()) {
        return step;
    }
    step.id = got.value(std::string(rules.id), "");
    step.action = Action::unchanged;
    if (is_dashboard(step.item)) {
        if (mark_of(got).empty()) {
            step.action = Action::conflict;
        } else if (mark_of(got) != mark_of(wanted)) {
            step.action = with_.replaces ? Action::replace : Action::outdated;
        }
        return step;
    }
    for (const std::string_view member : rules.fixed) {
        if (differs(got, wanted, member)) {
            step.differences.emplace_back(member);
        }
    }
    if (!step.differences.empty()) {
        step.action = Action::conflict;
        return step;
    }
    const auto is_whole = [&rules](std::string_view member) {
        return std::find(rules.whole.begin(), rules.whole.end(), member) != rules.whole.end();
    };
    for (const std::string_view member : rules.updatable) {
        if (differs(got, wanted, member) || (is_whole(member) && differs(wanted, got, member))) {
            step.differences.emplace_back(member);
        }
    }
    step.lacks_secret = is_account(step.item) && got.value("secret_id", "").empty();
    if (step.lacks_secret) {
        step.differences.emplace_back("secret_data");
    } else if (rotates && is_account(step.item)) {
        // CloudForet shows nobody what is in it, so whether it differs is not known.
        step.rotated_secret = got.value("secret_id", "");
        step.differences.emplace_back("secret_data");
    }
    step.action = step.differences.empty() ? Action::unchanged : Action::update;
    return step;
}

// A token that says nothing about itself is left to CloudForet.
Status Registrar::check_rights(const Step& step) const {
    const ItemRules& rules = rules_of(step.item.kind);
    const Access& access = access_of(step.item);
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

Result<std::vector<Step>> Registrar::examine(std::vector<Item> items, const Stop& stop) const {
    std::vector<Step> steps;
    for (Item& item : items) {
        auto step = examine_item(std::move(item), with_.rotates, stop);
        if (!step) {
            return step.status();
        }
        steps.push_back(std::move(*step));
    }
    for (const Step& step : steps) {
        if (Status rights = check_rights(step); !rights.ok()) {
            return rights;
        }
    }
    return steps;
}

Status Registrar::create(Step& step, const Stop& stop) const {
    const ItemRules& rules = rules_of(step.item.kind);
    json request = json::parse(step.item.document);
    if (!step.item.secret_data.empty()) {
        request["secret_data"] = json::parse(step.item.secret_data.reveal());
    }
    Status failure;
    // Nobody knows what became of a request whose answer was lost: look before asking again.
    for (int attempt = 0; attempt < 2; ++attempt) {
        const auto made =
            access_of(step.item).client->call(call_of(rules, rules.create, request), stop);
        failure = made.status();
        if (failure.reason() != "ERROR_CLOUDFORET_UNAVAILABLE") {
            return failure;
        }
        const auto found = look_up(*access_of(step.item).client, rules, request, stop);
        if (!found) {
            return failure;
        }
        if (!choose(step.item, *found).is_null()) {
            return {};
        }
    }
    return failure;
}

Status Registrar::do_step(Step& step, const Stop& stop) const {
    const ItemRules& rules = rules_of(step.item.kind);
    ServiceClient& client = *access_of(step.item).client;
    const json wanted = json::parse(step.item.document);
    if (step.action == Action::replace) {
        const auto gone =
            client.call(call_of(rules, "delete", {{std::string(rules.id), step.id}}), stop);
        if (!gone) {
            return gone.status();
        }
    }
    if (step.action == Action::create || step.action == Action::replace) {
        return create(step, stop);
    }
    json request = picked(wanted, rules.updatable);
    request[std::string(rules.id)] = step.id;
    const auto changed = client.call(call_of(rules, rules.update, request), stop);
    if (!changed) {
        return changed.status();
    }
    if (!step.rotated_secret.empty()) {
        // The same secret with other data: what names it, such as a collector, goes on with it.
        const json data = {{"secret_id", step.rotated_secret},
                           {"schema_id", wanted.at("secret_schema_id")},
                           {"data", json::parse(step.item.secret_data.reveal())}};
        return client
            .call({"spaceone.api.secret.v1.Secret", "update_data", data.dump(),
                   std::string(rules.needs)},
                  stop)
            .status();
    }
    if (!step.lacks_secret) {
        return {};
    }
    const json secret = {{std::string(rules.id), step.id},
                         {"secret_schema_id", wanted.at("secret_schema_id")},
                         {"secret_data", json::parse(step.item.secret_data.reveal())}};
    return client.call(call_of(rules, "update_secret_data", secret), stop).status();
}

Status Registrar::verify(Step& step, const Stop& stop) const {
    auto seen = examine_item(step.item, false, stop);
    if (!seen) {
        return seen.status();
    }
    const std::string what = step.item.kind + " " + step.item.name;
    if (seen->action == Action::unchanged) {
        step.id = seen->id;
        if (!is_dashboard(step.item)) {
            return {};
        }
        const auto widgets =
            stored_widgets(*access_of(step.item).client, is_private(step.item), step.id, stop);
        if (!widgets) {
            return widgets.status();
        }
        if (*widgets == widgets_of(json::parse(step.item.document))) {
            return {};
        }
        seen->differences = {"widgets"};
    }
    return {Code::data_loss, "ERROR_REGISTER_UNVERIFIED",
            what +
                (seen->id.empty() ? " is not there after it was made"
                                  : " came back with another " + joined(seen->differences)) +
                "; look at it in CloudForet, and repeat the command with --dry-run"};
}

Status Registrar::apply(std::vector<Step>& steps, const OnStep& on_step, const Stop& stop) const {
    for (const Step& step : steps) {
        if (step.action == Action::conflict) {
            return conflict(step);
        }
    }
    for (Step& step : steps) {
        if (step.action != Action::unchanged && step.action != Action::outdated) {
            Status done = do_step(step, stop);
            if (done.ok()) {
                done = verify(step, stop);
            }
            if (!done.ok()) {
                return done;
            }
        }
        on_step(step);
    }
    return {};
}

}  // namespace pf::host::cloudforet
