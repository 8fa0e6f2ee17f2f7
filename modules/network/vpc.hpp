// Virtual private clouds with the external subnets they are attached to.
#pragma once

#include <prismforet/module.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "entity.hpp"

namespace network {

// A host that carries a VPC's traffic to an external subnet.
struct GatewayNode {
    Reference host;
    std::string_view ip;
};

struct ExternalSubnet {
    Reference subnet;
    std::vector<std::string_view> ips;  // what the VPC uses of it
    std::vector<GatewayNode> nodes;
};

struct VpcFacts {
    Entity entity;
    std::string_view type;  // "REGULAR", "TRANSIT"; v3 does not say
    std::vector<std::string_view> dns;
    std::vector<std::string_view> snat_ips;
    std::vector<std::string> routable_prefixes;
    std::string_view routing_domain;  // UUID
    std::vector<ExternalSubnet> external_subnets;
};

// Reads everything about `vpc` into `out`, which is new.
void read(pf::Value vpc, int dialect, VpcFacts& out);

// Writes it.
void describe(const Record& record, const VpcFacts& facts);

}  // namespace network
