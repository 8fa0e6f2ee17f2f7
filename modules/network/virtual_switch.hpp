// Virtual switches: the bonds of host NICs that VLANs hang on.
#pragma once

#include <cstdint>
#include <optional>
#include <prismforet/module.hpp>
#include <string_view>
#include <vector>

#include "entity.hpp"

namespace network {

struct SwitchHost {
    Reference host;
    std::string_view cluster;  // UUID
    std::string_view bridge;
    std::string_view ip;
    std::string_view active_uplink;
    std::vector<std::string_view> uplinks;
};

struct SwitchCluster {
    Reference cluster;
    std::optional<std::int64_t> vlan;
    std::string_view gateway;
};

struct VirtualSwitchFacts {
    Entity entity;
    std::string_view bond_mode;
    std::string_view owner_type;  // "PE", "PC"
    std::optional<std::int64_t> mtu;
    std::optional<bool> is_default;
    std::optional<bool> is_igmp_snooping;
    bool has_deployment_error = false;
    bool is_being_deleted = false;
    bool is_being_updated = false;
    std::vector<SwitchCluster> clusters;
    std::vector<SwitchHost> hosts;
};

// Reads everything about `virtual_switch` into `out`, which is new. Only v4 has them.
void read(pf::Value virtual_switch, int dialect, VirtualSwitchFacts& out);

// Writes it.
void describe(const Record& record, const VirtualSwitchFacts& facts);

}  // namespace network
