#include "tests/cloudforet_sim/services/service_desk.hpp"

namespace pf::cloudforet_sim {

using nlohmann::json;

namespace {

constexpr std::size_t most_hours = 2;

void check_schedule(const json& params) {
    const json schedule = params.value("schedule", json::object());
    const json hours = schedule.value("hours", json::array());
    for (const json& hour : hours) {
        if (hour < 0 || hour > 23) throw invalid("schedule.hours", "It is no hour of a day.");
    }
    if (schedule.value("state", "") == "ENABLED" && hours.size() > most_hours) {
        throw invalid("schedule.hours", "Maximum of 2 hours can be set.");
    }
}

void check_secret_filter(Stores& stores, const Caller& caller, const json& params) {
    const json filter = params.value("secret_filter", json::object());
    for (const json& id : filter.value("secrets", json::array())) {
        if (!stores.secrets.has(caller, id)) {
            throw invalid("secret_filter.secrets", "Secrets not found");
        }
    }
    for (const json& id : filter.value("service_accounts", json::array())) {
        if (!stores.service_accounts.has(caller, id)) {
            throw invalid("secret_filter.service_accounts", "Service accounts not found");
        }
    }
}

json create_collector(Stores& stores, const ServiceRequest& request) {
    const json& params = request.params;
    check_required(params, {"name", "plugin_info"});
    check_required(params.at("plugin_info"), {"plugin_id"});
    json collector = params;
    check_resource_group(request, collector);
    const json plugin = stores.plugins.find(
        request.caller, {{"plugin_id", params.at("plugin_info").at("plugin_id")}});
    if (plugin.at("resource_type") != "inventory.Collector") {
        throw invalid("plugin_info.plugin_id", "The plugin is no inventory.Collector.");
    }
    check_schedule(params);
    check_secret_filter(stores, request.caller, params);
    collector["collector_id"] = stores.collectors.new_id();
    collector["capability"] = plugin.value("capability", json::object());
    collector["provider"] = plugin.value("provider", params.value("provider", ""));
    collector["plugin_info"]["version"] = "1.0.0";
    return stores.collectors.add(request.caller, std::move(collector));
}

}  // namespace

void add_collectors(ServiceDesk& desk, Stores& stores) {
    const std::string service = "spaceone.api.inventory.v1.Collector";
    add_reading(desk, service, stores.collectors, {"collector_id", "name"});
    desk[service + "/create"] = {owners, [&stores](const ServiceRequest& request) {
                                     return create_collector(stores, request);
                                 }};
    desk[service + "/update"] = {
        owners, [&stores](const ServiceRequest& request) {
            json& found = stores.collectors.find(request.caller, request.params);
            check_schedule(request.params);
            check_secret_filter(stores, request.caller, request.params);
            take_over(found, request.params, {"name", "schedule", "secret_filter", "tags"});
            return found;
        }};
    desk[service + "/update_plugin"] = {
        owners, [&stores](const ServiceRequest& request) {
            json& found = stores.collectors.find(request.caller, request.params);
            take_over(found["plugin_info"], request.params, {"version", "options", "upgrade_mode"});
            return found;
        }};
}

}  // namespace pf::cloudforet_sim
