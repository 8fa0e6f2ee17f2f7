#include "tests/cloudforet_sim/services/service_desk.hpp"

namespace pf::cloudforet_sim {

using nlohmann::json;

namespace {

json create_secret(Stores& stores, const ServiceRequest& request) {
    const json& params = request.params;
    check_required(params, {"name", "data", "resource_group"});
    json secret = params;
    secret.erase("data");
    check_resource_group(request, secret);
    if (params.contains("service_account_id")) {
        secret["provider"] = stores.service_accounts.find(request.caller, params).at("provider");
    }
    if (params.contains("schema_id")) {
        secret["provider"] = stores.schemas.find(request.caller, params).at("provider");
    }
    const std::string id = stores.secrets.new_id();
    secret["secret_id"] = id;
    secret["state"] = "ENABLED";
    stores.secret_data[id] = params.at("data");
    return stores.secrets.add(request.caller, std::move(secret));
}

// Open to whoever reaches the service: neither token nor role, but the domain must be named.
json secret_data(Stores& stores, const json& params) {
    check_required(params, {"secret_id", "domain_id"});
    Caller anyone;
    anyone.domain_id = params.at("domain_id");
    const json& secret = stores.secrets.find(anyone, params);
    return {{"encrypted", false},
            {"data", stores.secret_data.at(secret.at("secret_id").get<std::string>())}};
}

json create_user_secret(Stores& stores, const ServiceRequest& request) {
    const json& params = request.params;
    check_required(params, {"name", "data"});
    json secret = params;
    secret.erase("data");
    const std::string id = stores.user_secrets.new_id();
    secret["user_secret_id"] = id;
    secret["user_id"] = request.caller.user_id;
    stores.secret_data[id] = params.at("data");
    return stores.user_secrets.add(request.caller, std::move(secret));
}

}  // namespace

void add_secrets(ServiceDesk& desk, Stores& stores) {
    const std::string service = "spaceone.api.secret.v1.Secret";
    add_reading(desk, service, stores.secrets,
                {"secret_id", "name", "schema_id", "provider", "service_account_id"});
    desk[service + "/create"] = {members, [&stores](const ServiceRequest& request) {
                                     return create_secret(stores, request);
                                 }};
    desk[service + "/get_data"] = {{}, [&stores](const ServiceRequest& request) {
                                       return secret_data(stores, request.params);
                                   }};
    desk[service + "/update_data"] = {
        members, [&stores](const ServiceRequest& request) {
            const json& found = stores.secrets.find(request.caller, request.params);
            check_required(request.params, {"data"});
            stores.secret_data[found.at("secret_id").get<std::string>()] =
                request.params.at("data");
            return json::object();
        }};
    const std::string user_service = "spaceone.api.user_secret.v1.UserSecret";
    add_reading(desk, user_service, stores.user_secrets, {"user_secret_id", "name"});
    desk[user_service + "/list"].roles = users;
    desk[user_service + "/create"] = {users, [&stores](const ServiceRequest& request) {
                                          return create_user_secret(stores, request);
                                      }};
}

}  // namespace pf::cloudforet_sim
