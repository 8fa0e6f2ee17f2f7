#pragma once
// What the site has above its subnets: VPCs, floating IPs, virtual switches, gateways and security
// policies. Relations are indexes into the vectors of World; nothing stands for "none".

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tests/prism_sim/model/address_text.hpp"
#include "tests/prism_sim/model/uuid.hpp"

namespace pf::sim {

struct World;

using Index = std::optional<std::uint32_t>;

/// The first `bits` of an address.
struct Prefix {
    Ipv4 base = 0;
    std::uint32_t bits = 0;
};

struct Vpc {
    Uuid id, routing_domain;
    std::string name, description;
    bool is_transit = false;
    Index external_subnet;
    Index gateway_host;  ///< Carries the traffic to the external subnet.
    Ipv4 external_address = 0;
    std::vector<Prefix> routable;
    std::uint32_t project = 0;
    std::vector<std::uint32_t> categories;
};

enum class FloatingUse : std::uint8_t { none, nic, private_address, load_balancer };

struct FloatingIp {
    Uuid id;
    std::string name;  ///< Many have none.
    std::string description;
    Ipv4 address = 0, private_address = 0;
    FloatingUse use = FloatingUse::none;
    std::uint32_t external_subnet = 0;
    Index vpc;
    Uuid target;  ///< The NIC or the load balancer session.
    std::uint32_t project = 0;
    std::vector<std::uint32_t> categories;
};

enum class BondMode : std::uint8_t { active_backup, balance_slb, balance_tcp, none };

struct VirtualSwitch {
    Uuid id;
    std::string name, description, bridge;
    BondMode bond = BondMode::active_backup;
    std::uint32_t mtu = 1500;
    std::vector<std::uint32_t> clusters;
    bool is_default = false, is_snooping = false, has_error = false, has_gateway = false;
    std::vector<std::uint32_t> categories;
};

enum class GatewayService : std::uint8_t { bgp, vpn, vtep };

struct Gateway {
    Uuid id, vm;
    std::string name, description;
    bool is_local = true, is_up = true;
    GatewayService service = GatewayService::bgp;
    std::uint32_t asn = 0;
    Index cluster, subnet, overlay, vpc;  ///< Of a local one: where its VM and its NICs are.
    Ipv4 address = 0;                     ///< How the other side reaches it.
    Ipv4 management_address = 0, service_address = 0;
    std::uint32_t project = 0;
    std::vector<std::uint32_t> categories;
};

enum class PolicyType : std::uint8_t { application, isolation, quarantine };
enum class PolicyState : std::uint8_t { enforced, monitored, saved };
enum class Traffic : std::uint8_t { everything, tcp, udp, ping };

/// What may talk with the secured machines: everybody, a subnet, or machines by their categories.
struct PolicyRule {
    Uuid id;
    std::string description;
    bool is_inbound = true;
    std::optional<Prefix> subnet;
    std::vector<std::uint32_t> categories;
    Traffic traffic = Traffic::everything;
    std::uint32_t first_port = 0, last_port = 0;
};

struct SecurityPolicy {
    Uuid id, inside_rule;
    std::string name, description;
    PolicyType type = PolicyType::application;
    PolicyState state = PolicyState::enforced;
    std::vector<std::uint32_t> secured;   ///< Categories of the machines it protects.
    std::vector<std::uint32_t> isolated;  ///< Those an isolation keeps away from them.
    bool allows_inside = true;            ///< The secured machines may talk with each other.
    bool has_hitlog = false;
    Index vpc;  ///< It is about this VPC only.
    std::vector<PolicyRule> rules;
    std::uint64_t created_us = 0;
};

struct Network {
    std::vector<Vpc> vpcs;
    std::vector<FloatingIp> floating_ips;
    std::vector<VirtualSwitch> virtual_switches;
    std::vector<Gateway> gateways;
    std::vector<SecurityPolicy> policies;
};

/// Builds it for a site that is complete but for it.
Network build_network(const World& world);

/// The security policies of build_network().
std::vector<SecurityPolicy> make_policies(const World& world);

}  // namespace pf::sim
