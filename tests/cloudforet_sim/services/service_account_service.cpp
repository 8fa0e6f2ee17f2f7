#include <algorithm>

#include "tests/cloudforet_sim/services/service_desk.hpp"

namespace pf::cloudforet_sim {

using nlohmann::json;

namespace {

// What the console and identity check of a JSON schema: the required keys and their types.
void check_by_schema(const json& data, const json& schema, const char* key) {
    for (const json& name : schema.value("required", json::array())) {
        if (!data.contains(name.get<std::string>())) {
            throw invalid(key, "'" + name.get<std::string>() + "' is a required property");
        }
    }
    const json properties = schema.value("properties", json::object());
    for (const auto& [name, property] : properties.items()) {
        if (!data.contains(name)) continue;
        const json& value = data.at(name);
        const std::string type = property.value("type", "");
        const bool fits = type == "string"                        ? value.is_string()
                          : type == "boolean"                     ? value.is_boolean()
                          : type == "number" || type == "integer" ? value.is_number()
                                                                  : true;
        if (!fits) throw invalid(key, "'" + name + "' is not of type '" + type + "'");
    }
}

const json* schema_of(const Stores& stores, const json& account) {
    for (const json& schema : stores.schemas.all()) {
        if (schema.at("provider") == account.at("provider") &&
            schema.at("schema_type") == "SERVICE_ACCOUNT") {
            return &schema;
        }
    }
    return nullptr;
}

std::string keep_secret(Stores& stores, const Caller& caller, const json& account,
                        const json& params) {
    check_required(params, {"secret_schema_id", "secret_data"});
    const json schema = stores.schemas.find(caller, {{"schema_id", params.at("secret_schema_id")}});
    if (schema.at("schema_type") != "SECRET" || schema.at("provider") != account.at("provider")) {
        throw invalid("secret_schema_id", "It is no secret schema of this provider.");
    }
    check_by_schema(params.at("secret_data"), schema.at("schema"), "secret_data");
    const std::string id = stores.secrets.new_id();
    stores.secrets.add(caller, {{"secret_id", id},
                                {"name", id + "-" + account.value("name", "")},
                                {"schema_id", params.at("secret_schema_id")},
                                {"provider", account.at("provider")},
                                {"resource_group", "PROJECT"},
                                {"workspace_id", account.at("workspace_id")},
                                {"project_id", account.at("project_id")},
                                {"service_account_id", account.at("service_account_id")}});
    stores.secret_data[id] = params.at("secret_data");
    return id;
}

json create_account(Stores& stores, const ServiceRequest& request) {
    const json& params = request.params;
    check_required(params, {"name", "data", "provider", "project_id", "workspace_id"});
    stores.providers.find(request.caller, {{"provider", params.at("provider")}});
    if (std::find(stores.projects.begin(), stores.projects.end(), params.at("project_id")) ==
        stores.projects.end()) {
        throw not_found("project_id", params.at("project_id").get<std::string>());
    }
    if (const json* schema = schema_of(stores, params)) {
        check_by_schema(params.at("data"), schema->at("schema"), "data");
    }
    json account = params;
    account.erase("secret_data");
    account["service_account_id"] = stores.service_accounts.new_id();
    account["state"] = "ACTIVE";
    if (params.contains("secret_data")) {
        account["secret_id"] = keep_secret(stores, request.caller, account, params);
    }
    return stores.service_accounts.add(request.caller, std::move(account));
}

}  // namespace

void add_service_accounts(ServiceDesk& desk, Stores& stores) {
    const std::string service = "spaceone.api.identity.v2.ServiceAccount";
    add_reading(desk, service, stores.service_accounts,
                {"service_account_id", "name", "provider", "project_id", "secret_id"});
    desk[service + "/create"] = {workspace_members, [&stores](const ServiceRequest& request) {
                                     return create_account(stores, request);
                                 }};
    desk[service + "/update"] = {
        workspace_members, [&stores](const ServiceRequest& request) {
            json& found = stores.service_accounts.find(request.caller, request.params);
            take_over(found, request.params, {"name", "data", "tags", "project_id"});
            return found;
        }};
    desk[service + "/update_secret_data"] = {
        workspace_members, [&stores](const ServiceRequest& request) {
            json& found = stores.service_accounts.find(request.caller, request.params);
            // The old secret goes and a new one comes, with another id.
            if (const std::string old = found.value("secret_id", ""); !old.empty()) {
                stores.secrets.remove(request.caller, {{"secret_id", old}});
                stores.secret_data.erase(old);
            }
            found["secret_id"] = keep_secret(stores, request.caller, found, request.params);
            found["secret_schema_id"] = request.params.at("secret_schema_id");
            return found;
        }};
}

}  // namespace pf::cloudforet_sim
