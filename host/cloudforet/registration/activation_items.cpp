#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "host/cloudforet/registration/items.hpp"
#include "host/cloudforet/registration/references.hpp"

namespace pf::host::cloudforet {
namespace {

using Json = nlohmann::ordered_json;

// What makes use of plugins is called as their resource types are.
constexpr std::array<std::string_view, 6> kinds = {
    "inventory.Collector", "cost_analysis.DataSource", "monitoring.DataSource",
    "monitoring.Webhook",  "alert_manager.Webhook",    "notification.Protocol"};

std::string_view kind_for(const PluginRole& role) {
    const auto found = std::find(kinds.begin(), kinds.end(), role.resource_type);
    return found == kinds.end() ? std::string_view() : *found;
}

std::string account_task(std::size_t index) { return "account_" + std::to_string(index + 1); }

Item account_item(const Activation& activation, std::size_t index) {
    const AccountToRegister& account = activation.accounts[index];
    const Json document = {{"name", account.name},
                           {"provider", provider_id},
                           {"data", {{"prism_central", account.address}}},
                           {"secret_schema_id", secret_schema},
                           {"project_id", activation.project_id}};
    Item item;
    item.kind = "identity.ServiceAccount";
    item.name = account.name;
    item.document = document.dump();
    item.secret_data = account.secret_data;
    item.task = account_task(index);
    return item;
}

Json collector(const Activation& activation, const PluginRole& role) {
    return {{"name", activation.collector},
            {"provider", provider_id},
            {"plugin_info", {{"plugin_id", role.plugin_id}}},
            {"schedule", {{"state", "ENABLED"}, {"hours", activation.hours}}},
            {"resource_group", "WORKSPACE"}};
}

// The model goes into the options: the container that CloudForet starts has no configuration by
// which it could fetch one.
Json cost_source(const Activation& activation, const PluginRole& role) {
    const SourcesToRegister& wanted = activation.sources;
    Json document = {{"name", role.name},
                     {"data_source_type", "EXTERNAL"},
                     {"provider", provider_id},
                     {"secret_type", "USE_SERVICE_ACCOUNT_SECRET"},
                     {"plugin_info",
                      {{"plugin_id", role.plugin_id},
                       {"options", {{"cost_model", Json::parse(wanted.cost_model)}}}}},
                     {"schedule", {{"state", "ENABLED"}, {"hour", wanted.cost_hour}}},
                     {"resource_group", "DOMAIN"}};
    if (wanted.only_these_accounts) {
        Json accounts = Json::array();
        for (std::size_t i = 0; i < activation.accounts.size(); ++i) {
            accounts.push_back(reference_to(account_task(i), "service_account_id"));
        }
        document["secret_filter"] = {{"state", "ENABLED"},
                                     {"service_accounts", std::move(accounts)}};
    }
    return document;
}

// Costs are fetched and metrics asked with the secrets of the service accounts.
Json monitoring_source(const PluginRole& role) {
    return {{"name", role.name},
            {"plugin_info", {{"plugin_id", role.plugin_id}, {"provider", provider_id}}}};
}

Json by_plugin(const PluginRole& role) {
    return {{"name", role.name}, {"plugin_info", {{"plugin_id", role.plugin_id}}}};
}

Json document_for(const Activation& activation, const PluginRole& role, std::string_view kind) {
    if (kind == "inventory.Collector") {
        return collector(activation, role);
    }
    if (kind == "cost_analysis.DataSource") {
        return cost_source(activation, role);
    }
    if (kind == "monitoring.DataSource") {
        return monitoring_source(role);
    }
    Json document = by_plugin(role);
    if (kind == "monitoring.Webhook") {
        document["project_id"] = activation.project_id;
    } else if (kind == "alert_manager.Webhook") {
        document["service_id"] = activation.sources.alert_service;
    }
    return document;
}

// What a role lacks to be made use of; empty when nothing.
std::string lack(const Activation& activation, const PluginRole& role) {
    const std::string_view kind = kind_for(role);
    if (kind.empty()) {
        return "nothing in CloudForet is known to make use of " + std::string(role.resource_type);
    }
    if (kind == "cost_analysis.DataSource" && activation.sources.cost_model.empty()) {
        return "--cost-model FILE says what things cost";
    }
    if (kind == "alert_manager.Webhook" && activation.sources.alert_service.empty()) {
        return "--alert-service ID says to which service of the alert manager it belongs";
    }
    return {};
}

Item use_item(const Activation& activation, const PluginRole& role) {
    const std::string_view kind = kind_for(role);
    const bool is_collector = kind == "inventory.Collector";
    Item item;
    item.kind = kind;
    item.name = is_collector ? activation.collector : std::string(role.name);
    item.document = document_for(activation, role, kind).dump();
    item.is_optional = !is_collector && !activation.sources.are_asked_for;
    if (kind == "cost_analysis.DataSource") {
        item.task = cost_source_task;
    }
    return item;
}

}  // namespace

std::vector<UnusedRole> unused_roles(const Activation& activation) {
    std::vector<UnusedRole> unused;
    for (const PluginRole& role : activation.roles) {
        if (std::string lacks = lack(activation, role); !lacks.empty()) {
            unused.push_back({role, std::move(lacks)});
        }
    }
    return unused;
}

std::vector<Item> activation_items(const Activation& activation) {
    std::vector<Item> items;
    for (std::size_t i = 0; i < activation.accounts.size(); ++i) {
        items.push_back(account_item(activation, i));
    }
    for (const PluginRole& role : activation.roles) {
        if (lack(activation, role).empty()) {
            items.push_back(use_item(activation, role));
        }
    }
    return items;
}

}  // namespace pf::host::cloudforet
