#pragma once
// What groups can be asked about: entities of a type, and their attributes that are no statistics.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tests/prism_sim/model/permissions.hpp"
#include "tests/prism_sim/model/statistics.hpp"
#include "tests/prism_sim/model/vm_roster.hpp"
#include "tests/prism_sim/model/world.hpp"

namespace pf::sim::v3 {

struct GroupsType {
    std::string_view name;  ///< "mh_vm"
    std::string_view kind;  ///< For permissions.
    Measured measured;      ///< With `vm`, those of ESXi as well.
};
/// Nothing for a type that is not served.
std::optional<GroupsType> groups_type(std::string_view name);

/// Those of the type that are seen.
std::vector<Subject> groups_entities(const GroupsType& type, const World& world, VmRoster& roster,
                                     const Permissions& permissions);
/// The value of an attribute; nothing if the entity has no such attribute.
std::optional<std::string> groups_attribute(const World& world, const Subject& subject,
                                            std::string_view name);

}  // namespace pf::sim::v3
