// Subnets: VLANs of clusters and overlays of VPCs.
#pragma once

#include <cstdint>
#include <optional>
#include <prismforet/module.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "entity.hpp"

namespace network {

// First and last address that DHCP may give away.
struct Pool {
    std::string_view first;
    std::string_view last;
};

struct SubnetFacts {
    Entity entity;
    std::string_view type;                   // "VLAN", "OVERLAY"
    std::optional<std::int64_t> network_id;  // of a VLAN its number; of an overlay its VNI
    std::string_view bridge;
    Reference cluster;
    std::vector<Reference> clusters;  // all of a VLAN that is stretched over several
    Reference vpc;
    Reference virtual_switch;
    std::optional<bool> is_external;
    std::optional<bool> is_nat;  // of an external one
    std::optional<bool> is_advanced;

    bool is_managed = false;  // Prism gives the addresses away; else all below is empty
    std::string cidr;
    std::string_view gateway;
    std::string ipv6_cidr;
    std::string_view ipv6_gateway;
    std::string_view dhcp_server;
    std::string_view domain;
    std::vector<std::string_view> dns;
    std::vector<std::string_view> search_domains;
    std::vector<Pool> pools;

    std::optional<std::int64_t> free_ips;
    std::optional<std::int64_t> assigned_ips;
    std::int64_t pool_ips = 0;  // as Prism counts them; 0 = unknown
};

// Reads everything about `subnet` into `out`, which is new.
void read(pf::Value subnet, int dialect, SubnetFacts& out);

// Writes it.
void describe(const Record& record, const SubnetFacts& facts);

// How many addresses the pools hold; 0 when a pool is not IPv4 or there is none.
std::int64_t addresses_in(const std::vector<Pool>& pools) noexcept;

// `count` to the nearest multiple of 1 % of `total`, and all of it as it is: a few addresses more
// or less are no change.
std::int64_t rounded(std::int64_t count, std::int64_t total) noexcept;

}  // namespace network
