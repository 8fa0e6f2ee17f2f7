#include "host/cloudforet/registration/registrar.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "host/cloudforet/registration/dashboard_state.hpp"
#include "host/cloudforet/registration/item_compare.hpp"
#include "host/cloudforet/registration/item_lookup.hpp"
#include "host/cloudforet/registration/item_rules.hpp"
#include "host/cloudforet/registration/step_plan.hpp"
#include "host/cloudforet/registration/step_refusals.hpp"

namespace pf::host::cloudforet {
namespace {

using nlohmann::json;

bool is_account(const Item& item) { return item.kind == "identity.ServiceAccount"; }

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) {
        text += (text.empty() ? "" : ", ") + word;
    }
    return text;
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
        case Action::skipped:
            return "skipped";
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

Result<Step> Registrar::examine_item(Item item, const View& view, const Stop& stop) const {
    const ItemRules& rules = rules_of(item.kind);
    const json wanted = wanted_of(item, view.ids);
    const auto found = look_up(*access_of(item).client, rules, wanted, stop);
    if (!found) {
        return found.status();
    }
    Step step;
    step.item = std::move(item);
    const json got = choose(step.item, wanted, *found);
    if (got.is_null()) {
        return step;
    }
    step.id = got.value(std::string(rules.id), "");
    step.action = Action::unchanged;
    if (is_dashboard(step.item)) {
        if (mark_of(got).empty()) {
            step.action = Action::conflict;
        } else if (mark_of(got) != mark_of(wanted) || has_reference(wanted.dump())) {
            step.action = with_.replaces ? Action::replace : Action::outdated;
        }
        return step;
    }
    step.address = Secret(got.value("webhook_url", ""));
    step.access_key = Secret(got.value("access_key", ""));
    compare_step(rules, got, wanted, step);
    if (step.action == Action::conflict) {
        return step;
    }
    step.lacks_secret = is_account(step.item) && got.value("secret_id", "").empty();
    if (step.lacks_secret) {
        step.differences.emplace_back("secret_data");
    } else if (view.rotates && is_account(step.item)) {
        // CloudForet shows nobody what is in it, so whether it differs is not known.
        step.rotated_secret = got.value("secret_id", "");
        step.differences.emplace_back("secret_data");
    }
    step.action = step.differences.empty() ? Action::unchanged : Action::update;
    return step;
}

Status Registrar::check_premise(const Step& step, const Stop& stop) const {
    const ItemRules& rules = rules_of(step.item.kind);
    if (rules.premise.service.empty() || step.action != Action::create) {
        return {};
    }
    const json request = picked(json::parse(step.item.document), {rules.premise.member});
    const auto found = access_of(step.item).client->call(
        {std::string(rules.premise.service), "get", request.dump(), std::string(rules.needs)},
        stop);
    const bool is_missing = !found && found.status().reason() == "ERROR_CLOUDFORET_NOT_FOUND";
    return is_missing ? missing_premise(step.item) : found.status();
}

Result<Step> Registrar::examine_or_skip(Item item, const View& view, const Stop& stop) const {
    if (!item.is_optional) {
        auto step = examine_item(std::move(item), view, stop);
        const Status premise = step ? check_premise(*step, stop) : Status();
        return premise.ok() ? std::move(step) : Result<Step>(premise);
    }
    auto step = examine_item(item, view, stop);
    const Status failure = step ? check_premise(*step, stop) : step.status();
    const bool is_without =
        is_service_missing(failure) || failure.reason() == "ERROR_REGISTER_PREMISE";
    if (!failure.ok()) {
        return is_without ? Result<Step>(skipped(std::move(item), failure.message()))
                          : Result<Step>(failure);
    }
    return step;
}

Result<std::vector<Step>> Registrar::examine(std::vector<Item> items, const Stop& stop) const {
    std::vector<Step> steps;
    KnownIds ids;
    for (Item& item : items) {
        if (const Step* need = skipped_need(item, steps)) {
            const std::string note = need->item.kind + " " + need->item.name + " is left out";
            steps.push_back(skipped(std::move(item), note));
            continue;
        }
        auto step = examine_or_skip(std::move(item), {ids, with_.rotates}, stop);
        if (!step) {
            return step.status();
        }
        // Only a webhook that is made now is told about.
        step->address = step->access_key = Secret();
        remember(*step, ids);
        steps.push_back(std::move(*step));
    }
    for (const Step& step : steps) {
        if (Status rights = rights_refusal(step, access_of(step.item)); !rights.ok()) {
            return rights;
        }
    }
    return steps;
}

Status Registrar::create(Step& step, const KnownIds& ids, const Stop& stop) const {
    const ItemRules& rules = rules_of(step.item.kind);
    json request = wanted_of(step.item, ids);
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
        if (!choose(step.item, request, *found).is_null()) {
            return {};
        }
    }
    return failure;
}

Status Registrar::update(const Step& step, const KnownIds& ids, const Stop& stop) const {
    const ItemRules& rules = rules_of(step.item.kind);
    ServiceClient& client = *access_of(step.item).client;
    json request = picked(wanted_of(step.item, ids), rules.updatable);
    if (!request.empty()) {
        request[std::string(rules.id)] = step.id;
        if (const auto changed = client.call(call_of(rules, rules.update, request), stop);
            !changed) {
            return changed.status();
        }
    }
    if (step.plugin_options.empty()) {
        return {};
    }
    const json options = {{std::string(rules.id), step.id},
                          {"options", json::parse(step.plugin_options)}};
    return client.call(call_of(rules, rules.update_plugin, options), stop).status();
}

Status Registrar::do_step(Step& step, const KnownIds& ids, const Stop& stop) const {
    const ItemRules& rules = rules_of(step.item.kind);
    ServiceClient& client = *access_of(step.item).client;
    if (step.action == Action::replace) {
        const auto gone =
            client.call(call_of(rules, "delete", {{std::string(rules.id), step.id}}), stop);
        if (!gone) {
            return gone.status();
        }
    }
    if (step.action == Action::create || step.action == Action::replace) {
        return create(step, ids, stop);
    }
    if (Status changed = update(step, ids, stop); !changed.ok()) {
        return changed;
    }
    const json wanted = json::parse(step.item.document);
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

Status Registrar::verify(Step& step, const KnownIds& ids, const Stop& stop) const {
    auto seen = examine_item(step.item, {ids, false}, stop);
    if (!seen) {
        return seen.status();
    }
    const std::string what = step.item.kind + " " + step.item.name;
    if (seen->action == Action::unchanged) {
        step.id = seen->id;
        if (step.action == Action::create) {
            step.address = std::move(seen->address);
            step.access_key = std::move(seen->access_key);
        }
        if (!is_dashboard(step.item)) {
            return {};
        }
        const auto widgets = stored_widgets(*access_of(step.item).client,
                                            is_private_dashboard(step.item), step.id, stop);
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
    KnownIds ids;
    for (Step& step : steps) {
        if (step.action == Action::create || step.action == Action::update ||
            step.action == Action::replace) {
            Status done = do_step(step, ids, stop);
            if (done.ok()) {
                done = verify(step, ids, stop);
            }
            if (!done.ok()) {
                return done;
            }
        }
        remember(step, ids);
        on_step(step);
    }
    return {};
}

}  // namespace pf::host::cloudforet
