#include "tests/prism_sim/model/permissions.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

#include "tests/prism_sim/model/random.hpp"
#include "tests/prism_sim/model/vm_facts.hpp"

namespace pf::sim {
namespace {

constexpr std::string_view kKinds[] = {"vm",
                                       "cluster",
                                       "host",
                                       "disk",
                                       "storage_container",
                                       "subnet",
                                       "category",
                                       "project",
                                       "image",
                                       "vpc",
                                       "floating_ip",
                                       "gateway",
                                       "virtual_switch",
                                       "domain_manager",
                                       "network_security_rule",
                                       "storage_container_stats",
                                       "vm_stats",
                                       "esxi_vm_stats",
                                       "host_stats",
                                       "cluster_stats",
                                       "volume_group_stats",
                                       "volume_group",
                                       "volume_group_disk",
                                       "volume_group_attachment",
                                       "protection_policy",
                                       "esxi_vm",
                                       "recovery_point",
                                       "template",
                                       "alert",
                                       "event",
                                       "audit"};

}  // namespace

Permissions::Permissions(const World& world, const PermissionRules& rules)
    : visible_vms_(rules.visible_vms) {
    if (rules.visible_vms > 100 || rules.visible_clusters > 100)
        throw std::invalid_argument("what is visible is a percentage, 0 to 100");
    const auto clusters = static_cast<std::uint32_t>(world.clusters.size());
    if (rules.visible_clusters < 100)
        visible_clusters_ = (clusters * rules.visible_clusters + 99) / 100;
    if (rules.only_first_cluster) visible_clusters_ = std::min(visible_clusters_, 1U);
    for (const std::string& rule : rules.forbidden) {
        const std::size_t equals = rule.find('=');
        const std::string kind = rule.substr(0, equals);
        if (std::find(std::begin(kKinds), std::end(kKinds), kind) == std::end(kKinds))
            throw std::invalid_argument("unknown kind '" + kind + "' to forbid");
        forbidden_.emplace_back(
            kind, equals == std::string::npos ? std::string() : rule.substr(equals + 1));
    }
}

std::string missing_role_message(std::string_view role) {
    std::string message = "No permission to access the resource.";
    if (!role.empty()) message.append(" The role '").append(role).append("' is missing.");
    return message;
}

bool Permissions::sees_vm(const World& world, std::uint64_t serial) const {
    if (!sees_cluster(place_vm(world, serial).cluster)) return false;
    return visible_vms_ == 100 ||
           Draws(world.seed(), Kind::visibility, serial).chance(visible_vms_);
}

std::optional<std::string> Permissions::missing_role(std::string_view kind) const {
    for (const auto& [forbidden, role] : forbidden_)
        if (forbidden == kind) return role;
    return std::nullopt;
}

}  // namespace pf::sim
