#include <set>

#include "tests/cloudforet_sim/services/plugin_init.hpp"
#include "tests/cloudforet_sim/services/service_desk.hpp"

namespace pf::cloudforet_sim {

using nlohmann::json;

namespace {

constexpr const char* protocol_plugin = "notification.Protocol";

json create_protocol(Stores& stores, const ServiceRequest& request) {
    const json& params = request.params;
    check_required(params, {"name", "plugin_info"});
    json info = params.at("plugin_info");
    if (info.contains("secret_data") && !info.contains("schema")) {
        throw required("plugin_info.schema");
    }
    const json plugin = find_plugin(stores, request.caller, info, protocol_plugin);
    const json capability = plugin.value("capability", json::object());
    if (!capability.contains("supported_schema")) {
        throw Refusal(3,
                      "ERROR_WRONG_PLUGIN_SETTINGS: The plugin settings is incorrect. (key = "
                      "capability.supported_schema)");
    }
    info.erase("secret_data");
    json protocol = params;
    protocol["protocol_id"] = stores.protocols.new_id();
    protocol["protocol_type"] = "EXTERNAL";
    protocol["state"] = "ENABLED";
    protocol["capability"] = {{"supported_schema", capability.at("supported_schema")}};
    protocol["plugin_info"] = started(stores, plugin, info);
    return stores.protocols.add(request.caller, std::move(protocol));
}

// What every domain has before anybody makes one: messages to the users of the console.
void keep_internal(Stores& stores, const Caller& caller) {
    if (stores.protocols.has(caller, "notification-protocol-users")) return;
    stores.protocols.add(caller, {{"protocol_id", "notification-protocol-users"},
                                  {"name", "Notify to User"},
                                  {"protocol_type", "INTERNAL"},
                                  {"state", "ENABLED"}});
}

json create_notification(Stores& stores, const ServiceRequest& request) {
    const json& params = request.params;
    check_required(params, {"resource_type", "resource_id", "topic", "message"});
    const std::set<std::string> types = {"identity.Project", "identity.User", "identity.Domain"};
    if (!types.contains(params.at("resource_type"))) {
        throw invalid("resource_type", "it is none that is notified");
    }
    stores.received.push_back({"notification.Notification.create", params.dump()});
    return json::object();
}

}  // namespace

void add_notification(ServiceDesk& desk, Stores& stores) {
    desk["spaceone.api.notification.v1.Notification/create"] = {
        everyone,
        [&stores](const ServiceRequest& request) { return create_notification(stores, request); }};
    const std::string service = "spaceone.api.notification.v1.Protocol";
    const std::vector<std::string> keys = {"protocol_id", "name", "state", "protocol_type"};
    add_reading(desk, service, stores.protocols, keys);
    desk[service + "/delete"].roles = domain_admins;
    desk[service + "/list"].run = [&stores, keys](const ServiceRequest& request) {
        keep_internal(stores, request.caller);
        return stores.protocols.list(request.caller, request.params, keys);
    };
    desk[service + "/create"] = {domain_admins, [&stores](const ServiceRequest& request) {
                                     return create_protocol(stores, request);
                                 }};
    desk[service + "/update"] = {
        domain_admins, [&stores](const ServiceRequest& request) {
            json& found = stores.protocols.find(request.caller, request.params);
            if (found.at("protocol_type") == "INTERNAL") {
                throw Refusal(3,
                              "ERROR_NOT_ALLOWED_UPDATE_PROTOCOL_TYPE: Protocol type is not "
                              "allowed to update.");
            }
            take_over(found, request.params, {"name", "tags"});
            return found;
        }};
    desk[service + "/update_plugin"] = {
        domain_admins, [&stores](const ServiceRequest& request) {
            json& found = stores.protocols.find(request.caller, request.params);
            found["plugin_info"] = updated_plugin(stores, request, found, protocol_plugin);
            return found;
        }};
}

}  // namespace pf::cloudforet_sim
