#pragma once
// Facts of clusters, hosts and subnets that follow from what a World keeps.
// Every API generation takes them from here, so that their answers are about one site.

#include <array>
#include <string>

#include "tests/prism_sim/model/world.hpp"

namespace pf::sim {

inline constexpr std::string_view kHypervisorName = "Nutanix 10.3";
inline constexpr std::string_view kEsxiName = "VMware ESXi 8.0.2";
inline constexpr std::string_view kNccVersion = "ncc-5.0.0";
inline constexpr std::string_view kInternalSubnet = "192.168.5.0/255.255.255.128";
inline constexpr std::string_view kTimeServer = "ntp.example.test";
inline constexpr Ipv4 kSiteNameServer = (172U << 24) | (16U << 16) | 2U;

// Prism Central
struct PcSizeFacts {
    std::string_view name;     ///< v4's word
    std::string_view v3_name;  ///< v3's word
    std::uint32_t vcpus;
    std::uint64_t memory_gib;
    double requests_per_second;  ///< The published limit.
};
[[nodiscard]] const PcSizeFacts& facts_of(PcSize size);

// Clusters
[[nodiscard]] Ipv4 external_address(const Cluster& cluster);
[[nodiscard]] Ipv4 data_services_address(const Cluster& cluster);
/// The name server of the network `address` is in.
[[nodiscard]] Ipv4 name_server_beside(Ipv4 address);
/// Positions in World::categories: every other cluster has two, one of them with another's key.
[[nodiscard]] std::vector<std::uint32_t> categories_of_cluster(const World& world,
                                                               std::uint32_t cluster);
/// "172.16.0.0/255.255.255.0" of the network `address` is in.
[[nodiscard]] std::string external_subnet_of(Ipv4 address);
/// The AOS release of a site's clusters goes with its Prism Central: "7.6" for "pc.7.6".
[[nodiscard]] std::string aos_release(const World& world);

// Hosts
[[nodiscard]] std::string block_serial(const Host& host);
[[nodiscard]] Uuid block_id(const World& world, const Host& host);

/// Prism Central's own VM, where a server shows it among the hosts.
[[nodiscard]] Uuid pseudo_host_id(const World& world);

// Subnets
struct AddressUse {
    std::uint32_t total = 0, assigned = 0;
    [[nodiscard]] std::uint32_t free() const { return total - assigned; }
};
[[nodiscard]] Ipv4 pool_first(const Subnet& subnet);
[[nodiscard]] Ipv4 pool_last(const Subnet& subnet);
[[nodiscard]] Ipv4 gateway(const Subnet& subnet);
[[nodiscard]] Ipv4 dhcp_server(const Subnet& subnet);
/// Plausible, not counted.
[[nodiscard]] AddressUse address_use(const World& world, std::uint32_t subnet);
[[nodiscard]] Uuid virtual_switch_id(const World& world, const Subnet& subnet);
[[nodiscard]] Uuid vpc_id(const World& world, const Subnet& subnet);

}  // namespace pf::sim
