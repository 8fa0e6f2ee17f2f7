#include "tests/cloudforet_sim/services/plugin_init.hpp"
#include "tests/cloudforet_sim/services/service_desk.hpp"

namespace pf::cloudforet_sim {

using nlohmann::json;

namespace {

constexpr const char* cost_plugin = "cost_analysis.DataSource";

void check_hour(const json& params) {
    const json schedule = params.value("schedule", json::object());
    const int hour = schedule.value("hour", 0);
    if (hour < 0 || hour > 23) throw invalid("schedule.hour", "It is no hour of a day.");
}

void check_filter(const Stores& stores, const Caller& caller, const json& params) {
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
    // It looks for them where schemas were kept before identity had them.
    if (filter.contains("schemas")) throw invalid("secret_filter.schema", "Schema not found");
}

// The secret of the data source alone, which it is made with.
void keep_secret(Stores& stores, const Caller& caller, json& source) {
    json& info = source.at("plugin_info");
    if (!info.contains("secret_data")) throw required("plugin_info.secret_data");
    const std::string id = stores.secrets.new_id();
    stores.secrets.add(caller, {{"secret_id", id},
                                {"name", id},
                                {"schema_id", info.value("schema_id", "")},
                                {"resource_group", source.at("resource_group")},
                                {"workspace_id", source.value("workspace_id", "")}});
    stores.secret_data[id] = info.at("secret_data");
    info.erase("secret_data");
    info["secret_id"] = id;
}

void begin_external(Stores& stores, const ServiceRequest& request, json& source) {
    const json& params = request.params;
    const std::string type = params.value("secret_type", "MANUAL");
    check_required(params, {"plugin_info"});
    if (type == "USE_SERVICE_ACCOUNT_SECRET") check_required(params, {"provider"});
    const json plugin = find_plugin(stores, request.caller, params.at("plugin_info"), cost_plugin);
    check_filter(stores, request.caller, params);
    source["secret_type"] = type;
    source.erase("template");
    source["plugin_info"] = started(stores, plugin, params.at("plugin_info"));
    if (type == "MANUAL") keep_secret(stores, request.caller, source);
}

json register_source(Stores& stores, const ServiceRequest& request) {
    const json& params = request.params;
    check_required(params, {"name", "data_source_type", "resource_group", "schedule"});
    check_hour(params);
    json source = params;
    check_resource_group(request, source);
    const std::string type = params.at("data_source_type");
    if (type == "EXTERNAL") {
        begin_external(stores, request, source);
    } else if (type == "LOCAL") {
        check_required(params, {"template"});
    } else {
        throw invalid("data_source_type", "It is not supported.");
    }
    source["data_source_id"] = stores.cost_data_sources.new_id();
    return stores.cost_data_sources.add(request.caller, std::move(source));
}

json update_source(Stores& stores, const ServiceRequest& request) {
    const json& params = request.params;
    json& found = stores.cost_data_sources.find(request.caller, params);
    check_hour(params);
    if (params.contains("secret_filter")) {
        if (found.value("secret_type", "") != "USE_SERVICE_ACCOUNT_SECRET") {
            throw Refusal(3, "ERROR_NOT_ALLOW_SECRET_FILTER: Not allow secret filter.");
        }
        check_filter(stores, request.caller, params);
    }
    if (params.contains("template") && found.at("data_source_type") != "LOCAL") {
        throw Refusal(3, "ERROR_NOT_ALLOW_PLUGIN_SETTINGS: Not allow plugin settings.");
    }
    take_over(found, params, {"name", "secret_filter", "template", "schedule", "tags"});
    return found;
}

}  // namespace

void add_cost_analysis(ServiceDesk& desk, Stores& stores) {
    const std::string service = "spaceone.api.cost_analysis.v1.DataSource";
    add_reading(desk, service, stores.cost_data_sources,
                {"data_source_id", "name", "data_source_type", "provider"});
    desk.erase(service + "/delete");
    desk[service + "/register"] = {owners, [&stores](const ServiceRequest& request) {
                                       return register_source(stores, request);
                                   }};
    desk[service + "/update"] = {owners, [&stores](const ServiceRequest& request) {
                                     return update_source(stores, request);
                                 }};
    desk[service + "/update_plugin"] = {
        owners, [&stores](const ServiceRequest& request) {
            json& found = stores.cost_data_sources.find(request.caller, request.params);
            found["plugin_info"] = updated_plugin(stores, request, found, cost_plugin);
            return found;
        }};
    desk[service + "/deregister"] = {owners, [&stores](const ServiceRequest& request) {
                                         stores.cost_data_sources.remove(request.caller,
                                                                         request.params);
                                         return json::object();
                                     }};
}

}  // namespace pf::cloudforet_sim
