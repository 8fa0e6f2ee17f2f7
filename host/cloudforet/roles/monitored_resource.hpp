// What ties a resource of the inventory to its figures and events: data.nutanix_monitoring of its
// row, which CloudForet hands back as the query of its monitoring.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "host/base/status.hpp"

namespace pf::host::cloudforet {

// The path in a row at which the link stands; modules write it.
inline constexpr std::string_view monitoring_key = "data.nutanix_monitoring";

struct MonitoredResource {
    std::string prism_central;  // UUID; empty when the row did not know it
    std::string cluster_uuid;   // empty for what belongs to no cluster
    std::string entity_type;    // "vm", "host", ...; never empty
    std::string entity_uuid;    // never empty
};

// From an object; names that are not ours are left alone, CloudForet adds some. INVALID_ARGUMENT
// names what is missing or wrong below `where`, "query".
Result<MonitoredResource> read_monitored(const nlohmann::json& query, std::string_view where);

// Adds the four names to an object.
void add_monitored(const MonitoredResource& resource, nlohmann::json& query);

}  // namespace pf::host::cloudforet
