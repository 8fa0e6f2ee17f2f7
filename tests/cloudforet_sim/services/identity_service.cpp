#include <algorithm>
#include <array>
#include <cctype>

#include "tests/cloudforet_sim/services/service_desk.hpp"

namespace pf::cloudforet_sim {

using nlohmann::json;

namespace {

constexpr const char* provider_service = "spaceone.api.identity.v2.Provider";
constexpr const char* schema_service = "spaceone.api.identity.v2.Schema";
constexpr std::size_t longest_id = 40;

void check_color(const json& params) {
    const std::string color = params.value("color", "");
    const bool is_color = color.size() == 7 && color.front() == '#' &&
                          std::all_of(color.begin() + 1, color.end(),
                                      [](unsigned char c) { return std::isxdigit(c) != 0; });
    if (!color.empty() && !is_color) throw invalid("color", "It is no #RRGGBB.");
}

void check_provider(const json& params) {
    check_length(params, "provider", longest_id);
    check_length(params, "name", longest_id);
    check_color(params);
    if (params.value("order", 1) < 1) throw invalid("order", "It must be greater than 0.");
}

void check_schema(const json& params) {
    check_length(params, "schema_id", longest_id);
    check_length(params, "name", longest_id);
    const json schema = params.value("schema", json::object());
    if (params.contains("schema") && schema.value("type", "") != "object") {
        throw invalid("schema", "It is no JSON schema of an object.");
    }
    for (const json& key : schema.value("required", json::array())) {
        if (!schema.value("properties", json::object()).contains(key.get<std::string>())) {
            throw invalid("schema", "A required key has no property.");
        }
    }
}

json create_schema(Stores& stores, const ServiceRequest& request) {
    const json& params = request.params;
    check_required(params, {"schema_id", "name", "schema_type", "schema", "provider"});
    check_schema(params);
    const std::string id = params.at("schema_id");
    if (stores.schemas.has(request.caller, id)) throw not_unique("schema_id", id);
    static constexpr std::array types = {"SERVICE_ACCOUNT", "SECRET", "TRUSTED_ACCOUNT",
                                         "TRUSTING_SECRET"};
    if (std::find(types.begin(), types.end(), params.at("schema_type")) == types.end()) {
        throw invalid("schema_type", "It is not supported.");
    }
    return stores.schemas.add(request.caller, params);
}

json create_role(Stores& stores, const ServiceRequest& request) {
    const json& params = request.params;
    check_required(params, {"name", "role_type"});
    static constexpr std::array types = {"DOMAIN_ADMIN", "WORKSPACE_OWNER", "WORKSPACE_MEMBER"};
    if (std::find(types.begin(), types.end(), params.at("role_type")) == types.end()) {
        throw invalid("role_type", "It is not supported.");
    }
    json document = params;
    document["role_id"] = stores.roles.new_id();
    document["state"] = "ENABLED";
    return stores.roles.add(request.caller, std::move(document));
}

void add_roles(ServiceDesk& desk, Stores& stores) {
    const std::string service = "spaceone.api.identity.v2.Role";
    add_reading(desk, service, stores.roles, {"role_id", "name", "role_type"});
    desk[service + "/create"] = {domain_admins, [&stores](const ServiceRequest& request) {
                                     return create_role(stores, request);
                                 }};
    desk[service + "/update"] = {
        domain_admins, [&stores](const ServiceRequest& request) {
            json& found = stores.roles.find(request.caller, request.params);
            take_over(found, request.params, {"name", "permissions", "page_access", "tags"});
            return found;
        }};
}

}  // namespace

void add_identity(ServiceDesk& desk, Stores& stores) {
    add_roles(desk, stores);
    const std::string provider = provider_service;
    const std::string schema = schema_service;
    add_reading(desk, provider, stores.providers, {"provider", "name"});
    desk[provider + "/create"] = {domain_admins, [&stores](const ServiceRequest& request) {
                                      check_required(request.params, {"provider", "name"});
                                      check_provider(request.params);
                                      const std::string id = request.params.at("provider");
                                      if (stores.providers.has(request.caller, id))
                                          throw not_unique("provider", id);
                                      json document = request.params;
                                      if (!document.contains("order")) document["order"] = 10;
                                      return stores.providers.add(request.caller,
                                                                  std::move(document));
                                  }};
    desk[provider + "/update"] = {
        domain_admins, [&stores](const ServiceRequest& request) {
            json& found = stores.providers.find(request.caller, request.params);
            check_provider(request.params);
            take_over(found, request.params,
                      {"name", "alias", "color", "icon", "order", "options", "tags"});
            return found;
        }};
    add_reading(desk, schema, stores.schemas, {"schema_id", "name", "schema_type", "provider"});
    desk[schema + "/create"] = {domain_admins, [&stores](const ServiceRequest& request) {
                                    return create_schema(stores, request);
                                }};
    desk[schema + "/update"] = {
        domain_admins, [&stores](const ServiceRequest& request) {
            json& found = stores.schemas.find(request.caller, request.params);
            check_schema(request.params);
            take_over(found, request.params,
                      {"name", "schema", "related_schemas", "options", "tags"});
            return found;
        }};
}

}  // namespace pf::cloudforet_sim
