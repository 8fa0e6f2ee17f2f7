// What a service does with the plugin of what it is to make: it looks for the plugin, starts it and
// asks its init for the metadata, and takes or refuses that.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "tests/cloudforet_sim/services/service_desk.hpp"

namespace pf::cloudforet_sim {

// The plugin of `plugin_info` as the repository has it. Throws when plugin_info does not name one
// that is there and of this resource type.
nlohmann::json find_plugin(Stores& stores, const Caller& caller, const nlohmann::json& plugin_info,
                           const std::string& resource_type);
// plugin_info with the version that was started and the metadata of its init. `monitoring_type`
// is "METRIC" or "LOG" for a monitoring data source, else empty. Throws when the metadata is not
// what the service of this resource type takes.
nlohmann::json started(const Stores& stores, const nlohmann::json& plugin,
                       nlohmann::json plugin_info, const std::string& monitoring_type = {});
// Throws what the service throws for metadata of init that it does not take.
void check_metadata(const nlohmann::json& metadata, const std::string& resource_type,
                    const std::string& monitoring_type);
// A new document with what its plugin is now: a plugin that was updated.
nlohmann::json updated_plugin(Stores& stores, const ServiceRequest& request,
                              const nlohmann::json& document, const std::string& resource_type);

}  // namespace pf::cloudforet_sim
