#include "tests/prism_sim/v4/entities.hpp"
#include "tests/prism_sim/v4/table.hpp"

namespace pf::sim {
namespace {

constexpr CollectionNames kSubnets = {"networking",
                                      "config/subnets",
                                      "networking.v4.config.Subnet",
                                      "networking.v4.config.ListSubnetsApiResponse",
                                      "networking.v4.config.GetSubnetApiResponse",
                                      "subnet",
                                      "subnetExtId",
                                      "subnet"};
constexpr CollectionNames kVpcs = {"networking",
                                   "config/vpcs",
                                   "networking.v4.config.Vpc",
                                   "networking.v4.config.ListVpcsApiResponse",
                                   "networking.v4.config.GetVpcApiResponse",
                                   "VPC",
                                   "vpcExtId",
                                   "vpc"};
constexpr CollectionNames kFloatingIps = {"networking",
                                          "config/floating-ips",
                                          "networking.v4.config.FloatingIp",
                                          "networking.v4.config.ListFloatingIpsApiResponse",
                                          "networking.v4.config.GetFloatingIpApiResponse",
                                          "floating IP",
                                          "floatingIpExtId",
                                          "floating_ip"};
constexpr CollectionNames kVirtualSwitches = {"networking",
                                              "config/virtual-switches",
                                              "networking.v4.config.VirtualSwitch",
                                              "networking.v4.config.ListVirtualSwitchesApiResponse",
                                              "networking.v4.config.GetVirtualSwitchApiResponse",
                                              "virtual switch",
                                              "virtualSwitchExtId",
                                              "virtual_switch"};
constexpr CollectionNames kGateways = {"networking",
                                       "config/gateways",
                                       "networking.v4.config.Gateway",
                                       "networking.v4.config.ListGatewaysApiResponse",
                                       "networking.v4.config.GetGatewayApiResponse",
                                       "gateway",
                                       "gatewayExtId",
                                       "gateway"};
constexpr CollectionNames kPolicies = {"microseg",
                                       "config/policies",
                                       "microseg.v4.config.NetworkSecurityPolicy",
                                       "microseg.v4.config.ListNetworkSecurityPoliciesApiResponse",
                                       "microseg.v4.config.GetNetworkSecurityPolicyApiResponse",
                                       "network security policy",
                                       "networkSecurityPolicyExtId",
                                       "network_security_rule"};

Table subnet_table(const World& w) {
    return {kSubnets,
            size_of(w.subnets),
            id_of(w.subnets),
            name_of(w.subnets),
            by_cluster(w, w.subnets, "clusterReference"),
            [&w](ObjectWriter& out, std::uint32_t i) { write_subnet(out, w, i); },
            cluster_of(w.subnets)};
}

template <class Entry>
Table table(const CollectionNames& names, const World& w, const std::vector<Entry>& entries,
            void (*write)(ObjectWriter&, const World&, std::uint32_t)) {
    return {names,          size_of(entries),
            id_of(entries), name_of(entries),
            nullptr,        [&w, write](ObjectWriter& out, std::uint32_t i) { write(out, w, i); }};
}

}  // namespace

std::vector<Table> make_network_tables(const World& world) {
    const Network& network = world.network;
    std::vector<Table> tables = {
        subnet_table(world),
        table(kVpcs, world, network.vpcs, write_vpc),
        table(kFloatingIps, world, network.floating_ips, write_floating_ip),
        table(kVirtualSwitches, world, network.virtual_switches, write_virtual_switch),
        table(kGateways, world, network.gateways, write_gateway),
        table(kPolicies, world, network.policies, write_security_policy)};
    // What is in clusters that are not seen is not seen either.
    tables[3].cluster = [&network](std::uint32_t i) {
        return network.virtual_switches[i].clusters.front();
    };
    tables[4].cluster = [&network](std::uint32_t i) {
        return network.gateways[i].cluster.value_or(kNone);
    };
    return tables;
}

}  // namespace pf::sim
