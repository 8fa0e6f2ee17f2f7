#include <algorithm>
#include <array>
#include <cctype>

#include "tests/cloudforet_sim/services/service_desk.hpp"

namespace pf::cloudforet_sim {

using nlohmann::json;

namespace {

constexpr std::size_t longest_image_name = 48;

std::string image_name(const json& params) {
    const std::string image = params.at("image");
    const std::string name = image.substr(image.rfind('/') + 1);
    if (name.size() > longest_image_name) {
        throw Refusal(3,
                      "ERROR_INVALID_IMAGE_LENGTH: Image name is too long. (name = " + name + ")");
    }
    const bool is_plain = std::all_of(
        name.begin(), name.end(), [](unsigned char c) { return std::isalnum(c) != 0 || c == '-'; });
    if (name.empty() || !is_plain) {
        throw Refusal(3, "ERROR_INVALID_IMAGE_NAME_FORMAT: Image name format is invalid. (name = " +
                             name + ")");
    }
    return name;
}

json register_plugin(Stores& stores, const ServiceRequest& request) {
    const json& params = request.params;
    check_required(params, {"name", "resource_type", "image"});
    static constexpr std::array registries = {"DOCKER_HUB", "AWS_PRIVATE_ECR", "HARBOR", "GITHUB",
                                              "GCP_PRIVATE_GCR"};
    const std::string registry = params.value("registry_type", "DOCKER_HUB");
    if (std::find(registries.begin(), registries.end(), registry) == registries.end()) {
        throw Refusal(3, "ERROR_REGISTRY_SETTINGS: Registry settings is invalid.");
    }
    json plugin = params;
    plugin["registry_type"] = registry;
    const std::string name = image_name(params);
    if (!plugin.contains("plugin_id")) plugin["plugin_id"] = name;
    const std::string id = plugin.at("plugin_id");
    if (stores.plugins.has(request.caller, id)) throw not_unique("plugin_id", id);
    plugin["state"] = "ENABLED";
    return stores.plugins.add(request.caller, std::move(plugin));
}

}  // namespace

void add_repository(ServiceDesk& desk, Stores& stores) {
    const std::string service = "spaceone.api.repository.v1.Plugin";
    add_reading(desk, service, stores.plugins,
                {"plugin_id", "name", "state", "resource_type", "provider"});
    desk[service + "/register"] = {domain_admins, [&stores](const ServiceRequest& request) {
                                       return register_plugin(stores, request);
                                   }};
    desk[service + "/update"] = {
        domain_admins, [&stores](const ServiceRequest& request) {
            json& found = stores.plugins.find(request.caller, request.params);
            take_over(found, request.params, {"name", "capability", "labels", "tags", "docs"});
            return found;
        }};
    desk[service + "/deregister"] = {domain_admins, [&stores](const ServiceRequest& request) {
                                         stores.plugins.remove(request.caller, request.params);
                                         return json::object();
                                     }};
}

}  // namespace pf::cloudforet_sim
