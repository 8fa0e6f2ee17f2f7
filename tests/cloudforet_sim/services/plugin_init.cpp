#include "tests/cloudforet_sim/services/plugin_init.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace pf::cloudforet_sim {

using nlohmann::json;

namespace {

Refusal bad_metadata(const std::string& reason) {
    return {3,
            "ERROR_INVALID_PLUGIN_OPTIONS: The options received from the plugin is invalid. "
            "(reason = " +
                reason + ")"};
}

// The models of the metadata know no other key.
void check_keys(const json& metadata, const std::set<std::string>& known) {
    for (const auto& [key, value] : metadata.items()) {
        if (!known.contains(key)) throw bad_metadata(key + ": Rogue field");
    }
}

void check_texts(const json& metadata, const char* key, bool is_required) {
    if (!metadata.contains(key)) {
        if (is_required) throw bad_metadata(std::string(key) + ": This field is required.");
        return;
    }
    const json& list = metadata.at(key);
    const bool fits = list.is_array() && std::all_of(list.begin(), list.end(), [](const json& one) {
                          return one.is_string();
                      });
    if (!fits) throw bad_metadata(std::string(key) + ": It is no list of texts.");
}

void check_monitoring(const json& metadata, const std::string& type) {
    if (type == "METRIC") {
        check_keys(metadata, {"supported_stat", "required_keys", "supported_providers"});
        check_texts(metadata, "supported_stat", true);
    } else {
        check_keys(metadata, {"required_keys", "supported_providers", "view"});
        if (!metadata.value("view", json::object()).is_object()) {
            throw bad_metadata("view: It is no object.");
        }
    }
    check_texts(metadata, "required_keys", true);
    check_texts(metadata, "supported_providers", false);
    // Nothing of the inventory could be found by none.
    if (metadata.at("required_keys").empty()) throw bad_metadata("required_keys: It is empty.");
}

// Managed rules are made of these at once.
void check_cost_rule(const json& rule) {
    static constexpr std::array policies = {"ALL", "ANY", "ALWAYS"};
    static const std::set<std::string> actions = {"match_workspace", "match_service_account",
                                                  "match_project", "change_project",
                                                  "add_additional_info"};
    const std::string policy = rule.value("conditions_policy", "");
    if (std::find(policies.begin(), policies.end(), policy) == policies.end()) {
        throw invalid("data_source_rules.conditions_policy", "It is not supported.");
    }
    check_required(rule, {"actions"});
    for (const auto& [key, action] : rule.at("actions").items()) {
        if (!actions.contains(key)) throw invalid("data_source_rules.actions", key);
        if (key.rfind("match_", 0) == 0) check_required(action, {"source", "target"});
    }
    for (const json& condition : rule.value("conditions", json::array())) {
        check_required(condition, {"key", "value", "operator"});
    }
}

void check_notification(const json& metadata) {
    const std::string type = metadata.value("data_type", "");
    if (type != "PLAIN_TEXT" && type != "SECRET") return;  // channels of it have no data
    const json data = metadata.value("data", json::object());
    if (data.value("schema", json::object()).value("type", "") != "object") {
        throw bad_metadata("data.schema: It is no JSON schema of an object.");
    }
}

// What a plugin that says nothing special answers.
json usual_metadata(const std::string& resource_type, const std::string& monitoring_type) {
    if (resource_type == "monitoring.DataSource") {
        json metadata = {{"required_keys", {"data.nutanix_monitoring"}},
                         {"supported_providers", {"nutanix"}}};
        if (monitoring_type == "METRIC") metadata["supported_stat"] = {"AVERAGE", "MAX", "MIN"};
        return metadata;
    }
    if (resource_type == "notification.Protocol") {
        return {{"data_type", "SECRET"}, {"data", {{"schema", {{"type", "object"}}}}}};
    }
    return json::object();
}

}  // namespace

void check_metadata(const json& metadata, const std::string& resource_type,
                    const std::string& monitoring_type) {
    if (!metadata.is_object()) throw bad_metadata("It is no object.");
    if (resource_type == "monitoring.DataSource") check_monitoring(metadata, monitoring_type);
    if (resource_type == "notification.Protocol") check_notification(metadata);
    if (resource_type == "cost_analysis.DataSource") {
        for (const json& rule : metadata.value("data_source_rules", json::array())) {
            check_cost_rule(rule);
        }
    }
}

json find_plugin(Stores& stores, const Caller& caller, const json& plugin_info,
                 const std::string& resource_type) {
    if (!plugin_info.contains("plugin_id")) throw required("plugin_info.plugin_id");
    if (plugin_info.value("upgrade_mode", "AUTO") == "MANUAL" && !plugin_info.contains("version")) {
        throw required("plugin_info.version");
    }
    const json plugin = stores.plugins.find(caller, {{"plugin_id", plugin_info.at("plugin_id")}});
    if (plugin.at("resource_type") != resource_type) {
        throw invalid("plugin_info.plugin_id", "The plugin is no " + resource_type + ".");
    }
    return plugin;
}

json started(const Stores& stores, const json& plugin, json plugin_info,
             const std::string& monitoring_type) {
    const std::string type = plugin.at("resource_type");
    const auto scripted = stores.plugin_metadata.find(plugin.at("plugin_id"));
    const json metadata = scripted == stores.plugin_metadata.end()
                              ? usual_metadata(type, monitoring_type)
                              : scripted->second;
    check_metadata(metadata, type, monitoring_type);
    if (plugin_info.value("upgrade_mode", "AUTO") != "MANUAL") plugin_info["version"] = "1.0.0";
    plugin_info["metadata"] = metadata;
    return plugin_info;
}

json updated_plugin(Stores& stores, const ServiceRequest& request, const json& document,
                    const std::string& resource_type) {
    json info = document.at("plugin_info");
    take_over(info, request.params, {"version", "options", "upgrade_mode"});
    const json plugin = find_plugin(stores, request.caller, info, resource_type);
    return started(stores, plugin, info, document.value("monitoring_type", ""));
}

}  // namespace pf::cloudforet_sim
