#pragma once
// Protection policies of the simulated site: fixed vocabulary, ids from the seed. VMs protected by
// a rule name one of them.

#include <cstdint>
#include <string>
#include <vector>

#include "tests/prism_sim/model/uuid.hpp"

namespace pf::sim {

struct World;

/// How many of them VMs name.
inline constexpr std::uint32_t kProtectionPoliciesOfVms = 5;

struct PolicyLocation {
    std::string label;
    std::uint32_t cluster = 0xffffffff;  ///< kNone: all clusters of the Prism Central.
    bool is_elsewhere = false;           ///< At another Prism Central.
};

enum class RetentionForm : std::uint8_t { none, linear, rollup };

struct ProtectionPolicy {
    Uuid id;
    std::string name, description;
    std::vector<PolicyLocation> locations;  ///< The first is the primary one.
    std::uint32_t objective_seconds = 0;    ///< 0: synchronous.
    bool is_application_consistent = false;
    RetentionForm retention = RetentionForm::none;
    std::uint32_t kept_locally = 0, kept_remotely = 0;  ///< Points, or weeks and months.
    std::string start_time;                             ///< "00h:30m"; empty: at once.
    std::uint32_t suspend_seconds = 0;                  ///< 0: never.
    std::vector<std::uint32_t> categories;
};

/// Clusters and categories of the world must be there.
std::vector<ProtectionPolicy> make_protection_policies(const World& world);
/// The Prism Central of locations elsewhere.
Uuid other_central_id(const World& world);

}  // namespace pf::sim
