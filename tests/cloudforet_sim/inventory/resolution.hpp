// Whether what the console and the metrics name is there: keys of layouts and metrics, held against
// the stored documents of a type.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/cloudforet_sim/inventory/inventory.hpp"

namespace pf::cloudforet_sim {

// The fields, search keys and root paths of a type's metadata that have no value in any of the
// services: "tabs/NICs: data.nics.vlan". Null, "", [] and {} are no value.
std::vector<std::string> unresolved_fields(const nlohmann::json& type,
                                           const std::vector<const CloudService*>& services);

// What keeps a metric from showing anything of these services, one text each: a key of group_by or
// of a filter without value, a sum over something that is no number or stands in a list, an
// operator that is not known, a date_field that is not there.
std::vector<std::string> unresolved_keys(const nlohmann::json& metric,
                                         const std::vector<const CloudService*>& services);

// The services of a type: provider/group/name, as a metric's resource_type and a type row name it.
std::vector<const CloudService*> services_of(const Inventory& inventory, const std::string& group,
                                             const std::string& name);

}  // namespace pf::cloudforet_sim
