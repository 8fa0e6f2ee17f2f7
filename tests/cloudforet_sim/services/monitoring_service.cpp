#include <algorithm>

#include "tests/cloudforet_sim/services/plugin_init.hpp"
#include "tests/cloudforet_sim/services/service_desk.hpp"

namespace pf::cloudforet_sim {

using nlohmann::json;

namespace {

constexpr const char* source_plugin = "monitoring.DataSource";
constexpr const char* webhook_plugin = "monitoring.Webhook";

Refusal wrong_plugin(const std::string& key) {
    return {3,
            "ERROR_WRONG_PLUGIN_SETTINGS: The plugin settings is incorrect. (key = " + key + ")"};
}

json register_source(Stores& stores, const ServiceRequest& request) {
    const json& params = request.params;
    check_required(params, {"name", "plugin_info"});
    const json& info = params.at("plugin_info");
    if (!info.contains("secret_id") && !info.contains("provider")) {
        throw required("plugin_info.[secret_id | provider]");
    }
    const json plugin = find_plugin(stores, request.caller, info, source_plugin);
    const json capability = plugin.value("capability", json::object());
    const std::string type = capability.value("monitoring_type", "");
    if (type != "METRIC" && type != "LOG") throw wrong_plugin("capability.monitoring_type");
    if (!capability.contains("supported_schema")) {
        throw wrong_plugin("capability.supported_schema");
    }
    json source = params;
    source["capability"] = capability;
    source["provider"] = plugin.value("provider", "");
    source["monitoring_type"] = type;
    source["plugin_info"] = started(stores, plugin, info, type);
    source["data_source_id"] = stores.data_sources.new_id();
    source["state"] = "ENABLED";
    return stores.data_sources.add(request.caller, std::move(source));
}

void add_sources(ServiceDesk& desk, Stores& stores) {
    const std::string service = "spaceone.api.monitoring.v1.DataSource";
    add_reading(desk, service, stores.data_sources,
                {"data_source_id", "name", "state", "monitoring_type", "provider"});
    desk.erase(service + "/delete");
    desk[service + "/register"] = {domain_admins, [&stores](const ServiceRequest& request) {
                                       return register_source(stores, request);
                                   }};
    desk[service + "/update"] = {domain_admins, [&stores](const ServiceRequest& request) {
                                     json& found =
                                         stores.data_sources.find(request.caller, request.params);
                                     take_over(found, request.params, {"name", "tags"});
                                     return found;
                                 }};
    desk[service + "/update_plugin"] = {
        domain_admins, [&stores](const ServiceRequest& request) {
            json& found = stores.data_sources.find(request.caller, request.params);
            found["plugin_info"] = updated_plugin(stores, request, found, source_plugin);
            return found;
        }};
    desk[service + "/deregister"] = {domain_admins, [&stores](const ServiceRequest& request) {
                                         stores.data_sources.remove(request.caller, request.params);
                                         return json::object();
                                     }};
}

json create_webhook(Stores& stores, const ServiceRequest& request) {
    const json& params = request.params;
    check_required(params, {"name", "plugin_info", "project_id", "workspace_id"});
    const std::string project = params.at("project_id");
    // A project whose alerts were never switched on has no configuration of them.
    if (!stores.alert_projects.contains(project)) throw not_found("project_id", project);
    const json plugin =
        find_plugin(stores, request.caller, params.at("plugin_info"), webhook_plugin);
    json webhook = params;
    webhook["capability"] = plugin.value("capability", json::object());
    webhook["plugin_info"] = started(stores, plugin, params.at("plugin_info"));
    return keep_webhook(stores, stores.webhooks, request.caller, std::move(webhook), "monitoring");
}

void add_alert_configs(ServiceDesk& desk, Stores& stores) {
    const std::string service = "spaceone.api.monitoring.v1.ProjectAlertConfig";
    const auto config = [](const std::string& project) {
        return json{{"project_id", project}, {"options", {{"notification_urgency", "ALL"}}}};
    };
    desk[service + "/get"] = {members, [&stores, config](const ServiceRequest& request) {
                                  check_required(request.params, {"project_id"});
                                  const std::string id = request.params.at("project_id");
                                  if (!stores.alert_projects.contains(id)) {
                                      throw not_found("project_id", id);
                                  }
                                  return config(id);
                              }};
    desk[service + "/create"] = {workspace_members,
                                 [&stores, config](const ServiceRequest& request) {
                                     check_required(request.params, {"project_id"});
                                     const std::string id = request.params.at("project_id");
                                     if (!stores.alert_projects.insert(id).second) {
                                         throw not_unique("project_id", id);
                                     }
                                     return config(id);
                                 }};
}

}  // namespace

json keep_webhook(Stores& stores, CollectionStore& kept, const Caller& caller, json webhook,
                  const std::string& service) {
    const std::string id = kept.new_id();
    // Sixteen letters, another for each.
    const std::string key = "key" + std::string(7, 'x') + id.substr(id.size() - 6);
    webhook["webhook_id"] = id;
    webhook["state"] = "ENABLED";
    webhook["access_key"] = key;
    webhook["webhook_url"] = "/" + service + "/v1/webhook/" + id + "/" + key + "/events";
    stores.access_keys.push_back(key);
    return kept.add(caller, std::move(webhook));
}

void add_webhook_methods(ServiceDesk& desk, Stores& stores, const std::string& service,
                         CollectionStore& kept, const std::string& resource_type) {
    desk[service + "/update"] = {workspace_members, [&kept](const ServiceRequest& request) {
                                     json& found = kept.find(request.caller, request.params);
                                     take_over(found, request.params, {"name", "tags"});
                                     return found;
                                 }};
    desk[service + "/update_plugin"] = {
        workspace_members, [&stores, &kept, resource_type](const ServiceRequest& request) {
            json& found = kept.find(request.caller, request.params);
            found["plugin_info"] = updated_plugin(stores, request, found, resource_type);
            return found;
        }};
    desk[service + "/delete"].roles = workspace_members;
}

void add_monitoring(ServiceDesk& desk, Stores& stores) {
    add_sources(desk, stores);
    add_alert_configs(desk, stores);
    const std::string service = "spaceone.api.monitoring.v1.Webhook";
    add_reading(desk, service, stores.webhooks,
                {"webhook_id", "name", "state", "access_key", "project_id"});
    add_webhook_methods(desk, stores, service, stores.webhooks, webhook_plugin);
    desk[service + "/create"] = {workspace_members, [&stores](const ServiceRequest& request) {
                                     return create_webhook(stores, request);
                                 }};
}

}  // namespace pf::cloudforet_sim
