// What inventory's services make of a row's resource before it is stored.
#pragma once

#include <nlohmann/json.hpp>

namespace pf::cloudforet_sim {

// json_data and json_metadata are parsed and win over data and metadata; an instance_size that is
// no number is refused; tags as a list of {key, value} become an object; tags and metadata move
// below `provider`; values that are null go. Throws Failure.
nlohmann::json service_values(const nlohmann::json& resource);

// The same for a CloudServiceType, whose tags and metadata stay where they are.
nlohmann::json type_values(const nlohmann::json& resource);

// Tags as an object, from either form. Throws Failure for a list element without key or value.
nlohmann::json tags_as_object(const nlohmann::json& tags);

}  // namespace pf::cloudforet_sim
