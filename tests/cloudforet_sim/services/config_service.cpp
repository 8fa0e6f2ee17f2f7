#include "tests/cloudforet_sim/services/service_desk.hpp"

namespace pf::cloudforet_sim {

using nlohmann::json;

namespace {

json create(CollectionStore& store, const ServiceRequest& request, json document) {
    check_required(request.params, {"name", "data"});
    const std::string name = request.params.at("name");
    if (store.has(request.caller, name)) throw not_unique("name", name);
    return store.add(request.caller, std::move(document));
}

json update(CollectionStore& store, const ServiceRequest& request) {
    json& found = store.find(request.caller, request.params);
    take_over(found, request.params, {"data", "tags"});
    return found;
}

}  // namespace

void add_configs(ServiceDesk& desk, Stores& stores) {
    const std::string shared = "spaceone.api.config.v1.SharedConfig";
    add_reading(desk, shared, stores.shared_configs, {"name"});
    desk[shared + "/create"] = {members, [&stores](const ServiceRequest& request) {
                                    json document = request.params;
                                    check_resource_group(request, document);
                                    return create(stores.shared_configs, request,
                                                  std::move(document));
                                }};
    desk[shared + "/update"] = {members, [&stores](const ServiceRequest& request) {
                                    return update(stores.shared_configs, request);
                                }};
    const std::string domain = "spaceone.api.config.v1.DomainConfig";
    add_reading(desk, domain, stores.domain_configs, {"name"});
    for (const char* method : {"/get", "/list", "/delete"}) {
        desk[domain + method].roles = domain_admins;
    }
    desk[domain + "/create"] = {domain_admins, [&stores](const ServiceRequest& request) {
                                    return create(stores.domain_configs, request, request.params);
                                }};
    desk[domain + "/update"] = {domain_admins, [&stores](const ServiceRequest& request) {
                                    return update(stores.domain_configs, request);
                                }};
    desk[domain + "/set"] = {
        domain_admins, [&stores](const ServiceRequest& request) {
            check_required(request.params, {"name", "data"});
            return stores.domain_configs.has(request.caller, request.params.at("name"))
                       ? update(stores.domain_configs, request)
                       : create(stores.domain_configs, request, request.params);
        }};
}

}  // namespace pf::cloudforet_sim
