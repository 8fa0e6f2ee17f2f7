#pragma once
// What the account that asks may see (role-based access control): Prism shortens lists silently,
// while counts on clusters and hosts go on counting everything. Read from any thread.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/prism_sim/model/world.hpp"

namespace pf::sim {

struct PermissionRules {
    std::uint32_t visible_vms = 100;       ///< Percent.
    std::uint32_t visible_clusters = 100;  ///< Percent, rounded up.
    bool only_first_cluster = false;       ///< The view of a cluster's own Prism Element.
    std::vector<std::string> forbidden{};  ///< KIND or KIND=ROLE.
};

class Permissions {
  public:
    /// Sees everything.
    Permissions() = default;
    /// Throws std::invalid_argument for a kind that does not exist or a percentage over 100.
    Permissions(const World& world, const PermissionRules& rules);

    [[nodiscard]] bool sees_every_vm() const { return visible_vms_ == 100 && sees_every_cluster(); }
    /// kNone, no cluster, is always seen.
    [[nodiscard]] bool sees_cluster(std::uint32_t cluster) const {
        return cluster == kNone || cluster < visible_clusters_;
    }
    [[nodiscard]] bool sees_vm(const World& world, std::uint64_t serial) const;
    /// The role without which lists of this kind are refused, empty if it is not told; nothing if
    /// the kind may be listed. Kinds: vm, cluster, host, storage_container, subnet, category,
    /// project, image, domain_manager, vpc, floating_ip, gateway, virtual_switch,
    /// network_security_rule, volume_group, protection_policy, esxi_vm,
    /// recovery_point, template; of details
    /// volume_group_disk, volume_group_attachment; of statistics vm_stats, esxi_vm_stats,
    /// host_stats, cluster_stats, storage_container_stats, volume_group_stats.
    [[nodiscard]] std::optional<std::string> missing_role(std::string_view kind) const;

  private:
    [[nodiscard]] bool sees_every_cluster() const { return visible_clusters_ == kNone; }

    std::uint32_t visible_vms_ = 100;
    std::uint32_t visible_clusters_ = kNone;
    std::vector<std::pair<std::string, std::string>> forbidden_;
};

/// What a 403 says: "No permission...", with the role if it is told.
std::string missing_role_message(std::string_view role);

}  // namespace pf::sim
