// Network gateways: local ones, which are VMs of Prism, and what is known of remote ones.
#pragma once

#include <cstdint>
#include <optional>
#include <prismforet/module.hpp>
#include <string_view>
#include <vector>

#include "entity.hpp"

namespace network {

struct GatewayService {
    std::string_view type;  // "BGP", "VPN", "VTEP"
    std::optional<std::int64_t> asn;
    std::optional<std::int64_t> port;
    std::vector<std::string_view> addresses;
};

struct GatewayInterface {
    std::string_view ip;
    std::string_view default_gateway;
    std::string_view mac;
    std::optional<std::int64_t> mtu;
    std::optional<std::int64_t> vlan;
    Reference subnet;
    bool is_management = false;
};

struct GatewayFacts {
    Entity entity;
    std::string_view location;      // "LOCAL", "REMOTE"
    std::string_view unknown_kind;  // Prism's word when it is neither
    std::string_view state;         // "UP"
    std::string_view state_message;
    std::string_view vendor;
    std::string_view software_version;
    std::string_view supported_version;
    std::string_view vm;  // UUID
    Reference cluster;
    Reference vpc;
    std::vector<std::string_view> addresses;  // floating IPs of local ones, public ones of others
    std::vector<GatewayService> services;
    std::vector<GatewayInterface> interfaces;
};

// Reads everything about `gateway` into `out`, which is new. Only v4 has them all.
void read(pf::Value gateway, int dialect, GatewayFacts& out);

// Writes it.
void describe(const Record& record, const GatewayFacts& facts);

}  // namespace network
