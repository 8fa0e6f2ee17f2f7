#include <array>

#include "tests/prism_sim/model/random.hpp"
#include "tests/prism_sim/model/site_facts.hpp"
#include "tests/prism_sim/v4/entities.hpp"

namespace pf::sim {
namespace {

void write_ip_item(ObjectWriter& out, Ipv4 address) {
    out.open_common_item("common.v1.config.IPAddress");
    write_ipv4(out, "ipv4", address);
    out.close();
}

void write_external_subnets(ObjectWriter& out, const World& world, const Vpc& vpc) {
    out.open_list("externalSubnets");
    if (vpc.external_subnet) {
        const Host& host = world.hosts[*vpc.gateway_host];
        out.open_item("networking.v4.config.ExternalSubnet");
        out.uuid("subnetReference", world.subnets[*vpc.external_subnet].id);
        out.open_list("externalIps");
        write_ip_item(out, vpc.external_address);
        out.close_list();
        out.number("activeGatewayCount", 1);
        out.open_list("activeGatewayNodes");
        out.open_item("networking.v4.config.GatewayNodeReference");
        out.uuid("nodeId", host.id);
        write_ip(out, "nodeIpAddress", host.address);
        out.close();
        out.close_list();
        out.close();
    }
    out.close_list();
}

void write_routable_prefixes(ObjectWriter& out, const Vpc& vpc) {
    out.open_list("externallyRoutablePrefixes");
    for (const Prefix& prefix : vpc.routable) {
        out.open_item("networking.v4.config.IPSubnet");
        out.open("ipv4", "networking.v4.config.IPv4Subnet");
        write_ipv4(out, "ip", prefix.base);
        out.number("prefixLength", prefix.bits);
        out.close();
        out.close();
    }
    out.close_list();
}

std::string_view status_of(FloatingUse use) {
    static constexpr std::array<std::string_view, 4> kWords = {
        "NOT_ASSOCIATED", "ASSOCIATED_TO_VNIC", "ASSOCIATED_TO_PRIVATE_IP",
        "ASSOCIATED_TO_LOAD_BALANCER_SESSION"};
    return kWords[static_cast<std::size_t>(use)];
}

void write_association(ObjectWriter& out, const World& world, const FloatingIp& ip) {
    const Uuid vpc = ip.vpc ? world.network.vpcs[*ip.vpc].id : Uuid{};
    if (ip.use == FloatingUse::nic) {
        out.open("association", "networking.v4.config.VmNicAssociation");
        out.uuid("vmNicReference", ip.target);
        out.uuid("vpcReference", vpc);
        out.close();
        out.plain("$associationItemDiscriminator", "networking.v4.config.VmNicAssociation");
    } else if (ip.use == FloatingUse::private_address) {
        out.open("association", "networking.v4.config.PrivateIpAssociation");
        write_ip(out, "privateIp", ip.private_address);
        out.uuid("vpcReference", vpc);
        out.close();
        out.plain("$associationItemDiscriminator", "networking.v4.config.PrivateIpAssociation");
    } else if (ip.use == FloatingUse::load_balancer) {
        out.open("association", "networking.v4.config.LoadBalancerSessionAssociation");
        out.uuid("loadBalancerSessionReference", ip.target);
        out.close();
        out.plain("$associationItemDiscriminator",
                  "networking.v4.config.LoadBalancerSessionAssociation");
    }
}

std::string_view bond_of(BondMode bond) {
    static constexpr std::array<std::string_view, 4> kWords = {"ACTIVE_BACKUP", "BALANCE_SLB",
                                                               "BALANCE_TCP", "NONE"};
    return kWords[static_cast<std::size_t>(bond)];
}

void write_switch_host(ObjectWriter& out, const Host& host, const VirtualSwitch& each) {
    out.open_item("networking.v4.config.Host");
    out.uuid("extId", host.id);
    out.plain("internalBridgeName", each.bridge);
    if (each.bond != BondMode::none) {
        out.open_list("hostNics");
        out.element(each.is_default ? "eth2" : "eth4");
        out.element(each.is_default ? "eth3" : "eth5");
        out.close_list();
        if (each.bond == BondMode::active_backup) out.plain("activeUplink", "eth2");
    }
    if (each.has_gateway) {
        out.open("ipAddress", "networking.v4.config.IPv4Subnet");
        write_ipv4(out, "ip", host.address + (1U << 24));
        out.number("prefixLength", 24);
        out.close();
    }
    out.number("routeTable", 1001);
    out.close();
}

void write_switch_cluster(ObjectWriter& out, const World& world, const VirtualSwitch& each,
                          std::uint32_t index) {
    const Cluster& cluster = world.clusters[index];
    out.open_item("networking.v4.config.Cluster");
    out.uuid("extId", cluster.id);
    out.number("vlanIdentifier", each.has_gateway ? 7 : 0);
    if (each.has_gateway) write_ipv4(out, "gatewayIpAddress", cluster.network + (1U << 24) + 1);
    out.open_list("hosts");
    for (std::uint32_t h = 0; h < cluster.host_count; ++h)
        write_switch_host(out, world.hosts[cluster.first_host + h], each);
    out.close_list();
    out.close();
}

}  // namespace

void write_network_metadata(ObjectWriter& out, const World& world, std::uint32_t project,
                            const std::vector<std::uint32_t>& categories) {
    out.open_common("metadata", "common.v1.config.Metadata");
    out.uuid("ownerReferenceId", Uuid{});
    out.plain("ownerUserName", "admin");
    out.uuid("projectReferenceId", world.projects[project].id);
    out.text("projectName", world.projects[project].name);
    out.open_list("categoryIds");
    for (const std::uint32_t category : categories) out.element(world.categories[category].id);
    out.close_list();
    out.close();
}

void write_vpc(ObjectWriter& out, const World& world, std::uint32_t index) {
    const Vpc& vpc = world.network.vpcs[index];
    out.open_item("networking.v4.config.Vpc");
    out.uuid("extId", vpc.id);
    out.text("name", vpc.name);
    if (!vpc.description.empty()) out.text("description", vpc.description);
    out.plain("vpcType", vpc.is_transit ? "TRANSIT" : "REGULAR");
    if (!vpc.is_transit) {
        out.open("commonDhcpOptions", "networking.v4.config.VpcDhcpOptions");
        out.open_list("domainNameServers");
        write_ip_item(out, kSiteNameServer);
        out.close_list();
        out.close();
    }
    out.open_list("snatIps");
    if (vpc.external_subnet) write_ip_item(out, vpc.external_address);
    out.close_list();
    write_external_subnets(out, world, vpc);
    if (!vpc.is_transit) {
        out.uuid("externalRoutingDomainReference", vpc.routing_domain);
        write_routable_prefixes(out, vpc);
    }
    write_network_metadata(out, world, vpc.project, vpc.categories);
    out.close();
}

void write_floating_ip(ObjectWriter& out, const World& world, std::uint32_t index) {
    const FloatingIp& ip = world.network.floating_ips[index];
    out.open_item("networking.v4.config.FloatingIp");
    out.uuid("extId", ip.id);
    if (!ip.name.empty()) out.text("name", ip.name);
    if (!ip.description.empty()) out.text("description", ip.description);
    out.open("floatingIp", "networking.v4.config.FloatingIPAddress");
    out.open("ipv4", "networking.v4.config.FloatingIPv4Address");
    write_address(out, ip.address);
    out.close();
    out.close();
    out.plain("floatingIpValue", Ipv4Text(ip.address).view());
    if (ip.private_address != 0) out.plain("privateIp", Ipv4Text(ip.private_address).view());
    out.uuid("externalSubnetReference", world.subnets[ip.external_subnet].id);
    if (ip.vpc) out.uuid("vpcReference", world.network.vpcs[*ip.vpc].id);
    if (ip.use == FloatingUse::nic) out.uuid("vmNicReference", ip.target);
    if (ip.use == FloatingUse::load_balancer) out.uuid("loadBalancerSessionReference", ip.target);
    if (out.since(2)) out.plain("associationStatus", status_of(ip.use));
    write_association(out, world, ip);
    write_network_metadata(out, world, ip.project, ip.categories);
    out.close();
}

void write_virtual_switch(ObjectWriter& out, const World& world, std::uint32_t index) {
    const VirtualSwitch& each = world.network.virtual_switches[index];
    out.open_item("networking.v4.config.VirtualSwitch");
    out.uuid("extId", each.id);
    out.text("name", each.name);
    if (!each.description.empty()) out.text("description", each.description);
    out.plain("bondMode", bond_of(each.bond));
    out.number("mtu", each.mtu);
    out.flag("isDefault", each.is_default);
    out.flag("isQuickMode", false);
    out.flag("hasDeploymentError", each.has_error);
    out.plain("ownerType", "PE");
    out.open("igmpSpec", "networking.v4.config.IgmpSpec");
    out.flag("isSnoopingEnabled", each.is_snooping);
    out.number("snoopingTimeout", 300);
    out.close();
    out.open_list("clusters");
    for (const std::uint32_t cluster : each.clusters)
        write_switch_cluster(out, world, each, cluster);
    out.close_list();
    write_network_metadata(out, world, 0, each.categories);
    out.close();
}

}  // namespace pf::sim
