#include "tests/cloudforet_sim/services/plugin_init.hpp"
#include "tests/cloudforet_sim/services/service_desk.hpp"

namespace pf::cloudforet_sim {

using nlohmann::json;

namespace {

constexpr const char* alert_plugin = "alert_manager.Webhook";

void check_service(const Stores& stores, const json& params) {
    check_required(params, {"service_id"});
    const std::string id = params.at("service_id");
    if (!stores.alert_services.contains(id)) throw not_found("service_id", id);
}

json create_webhook(Stores& stores, const ServiceRequest& request) {
    const json& params = request.params;
    check_required(params, {"name", "plugin_info", "workspace_id"});
    check_service(stores, params);
    const json plugin = find_plugin(stores, request.caller, params.at("plugin_info"), alert_plugin);
    json webhook = params;
    webhook["plugin_info"] = started(stores, plugin, params.at("plugin_info"));
    return keep_webhook(stores, stores.alert_webhooks, request.caller, std::move(webhook),
                        "alert-manager");
}

json create_alert(Stores& stores, const ServiceRequest& request) {
    check_required(request.params, {"title"});
    check_service(stores, request.params);
    json alert = request.params;
    alert["alert_id"] = stores.alerts.new_id();
    alert["status"] = "TRIGGERED";
    alert["triggered_type"] = request.caller.owner;
    alert["triggered_by"] = request.caller.user_id;
    const json kept = stores.alerts.add(request.caller, std::move(alert));
    stores.received.push_back({"alert_manager.Alert.create", request.params.dump()});
    return kept;
}

}  // namespace

void add_alert_manager(ServiceDesk& desk, Stores& stores) {
    desk["spaceone.api.alert_manager.v1.Service/get"] = {
        members, [&stores](const ServiceRequest& request) {
            check_service(stores, request.params);
            return json{{"service_id", request.params.at("service_id")}};
        }};
    desk["spaceone.api.alert_manager.v1.Alert/create"] = {
        owners, [&stores](const ServiceRequest& request) { return create_alert(stores, request); }};
    const std::string service = "spaceone.api.alert_manager.v1.Webhook";
    add_reading(desk, service, stores.alert_webhooks,
                {"webhook_id", "name", "state", "access_key", "service_id"});
    add_webhook_methods(desk, stores, service, stores.alert_webhooks, alert_plugin);
    desk[service + "/create"] = {workspace_members, [&stores](const ServiceRequest& request) {
                                     return create_webhook(stores, request);
                                 }};
}

}  // namespace pf::cloudforet_sim
