#include "tests/cloudforet_sim/services/service_desk.hpp"

namespace pf::cloudforet_sim {

using nlohmann::json;

void add_reading(ServiceDesk& desk, const std::string& service, CollectionStore& store,
                 const std::vector<std::string>& keys) {
    desk[service + "/get"] = {members, [&store](const ServiceRequest& request) {
                                  return store.find(request.caller, request.params);
                              }};
    desk[service + "/list"] = {members, [&store, keys](const ServiceRequest& request) {
                                   return store.list(request.caller, request.params, keys);
                               }};
    desk[service + "/delete"] = {members, [&store](const ServiceRequest& request) {
                                     store.remove(request.caller, request.params);
                                     return json::object();
                                 }};
}

void check_resource_group(const ServiceRequest& request, json& document) {
    const json& params = request.params;
    check_required(params, {"resource_group"});
    const std::string group = params.at("resource_group");
    if (group == "DOMAIN") {
        if (request.caller.role != "DOMAIN_ADMIN") throw permission_denied();
        document["workspace_id"] = "*";
        return;
    }
    check_required(params, {"workspace_id"});
    if (group == "PROJECT") check_required(params, {"project_id"});
    document["workspace_id"] = params.at("workspace_id");
}

}  // namespace pf::cloudforet_sim
