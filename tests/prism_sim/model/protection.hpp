#pragma once
// What a site restores and makes machines of: recovery points and templates. They follow from the
// machines a world begins with, and neither come nor go.

#include <cstdint>
#include <string>
#include <vector>

#include "tests/prism_sim/model/uuid.hpp"

namespace pf::sim {

struct World;

/// What a recovery point holds of one machine.
struct RecoveryPointPart {
    Uuid id;
    Uuid location_agnostic_id;
    std::uint32_t vm = 0;  ///< Serial of an AHV machine.
};

/// Of one machine, of a group of them, or (without parts) of volume groups only.
struct RecoveryPoint {
    Uuid id;
    Uuid location_agnostic_id;
    Uuid consistency_group;
    std::string name;
    std::uint32_t cluster = 0;
    std::uint32_t owner = 0;  ///< Index into World::users.
    std::uint64_t created_us = 0;
    std::uint64_t expires_us = 0;  ///< 0: never.
    std::uint64_t exclusive_bytes = 0;
    bool is_application_consistent = false;
    bool is_secure = false;
    std::vector<RecoveryPointPart> parts;
};

struct Template {
    Uuid id, version;
    std::string name, description, version_name, version_description;
    std::uint32_t owner = 0;  ///< Index into World::users.
    std::uint64_t created_us = 0;
    std::uint32_t vm = 0;  ///< Serial of the machine it was made of.
};

/// As many parts as the size says, in as many recovery points as that takes, and some of volume
/// groups only. None in a world without machines.
std::vector<RecoveryPoint> make_recovery_points(const World& world);
/// None in a world without machines.
std::vector<Template> make_templates(const World& world);

}  // namespace pf::sim
