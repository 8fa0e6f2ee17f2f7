#include "tests/prism_sim/model/site_facts.hpp"
#include "tests/prism_sim/v4/entities.hpp"

namespace pf::sim {
namespace {

void write_pool_range(ObjectWriter& out, const Subnet& subnet) {
    write_ipv4(out, "startIp", pool_first(subnet));
    write_ipv4(out, "endIp", pool_last(subnet));
}

void write_placement(ObjectWriter& out, const World& world, const Subnet& subnet) {
    if (subnet.cluster == kNone) {
        out.uuid("vpcReference", vpc_id(world, subnet));
        return;
    }
    const Cluster& cluster = world.clusters[subnet.cluster];
    out.uuid("clusterReference", cluster.id);
    out.text("clusterName", cluster.name);
    if (out.since(1)) {
        out.open_list("clusterReferenceList");
        out.element(cluster.id);
        out.close_list();
        out.open_list("clusterNameList");
        out.element(cluster.name);
        out.close_list();
    }
    out.uuid("virtualSwitchReference", virtual_switch_id(world, subnet));
    out.plain("bridgeName", "br0");
    out.plain("hypervisorType", "acropolis");
}

void write_ip_config(ObjectWriter& out, const Subnet& subnet) {
    out.plain("ipPrefix", to_text_ipv4(subnet.base) + "/" + std::to_string(32 - subnet.host_bits));
    out.open_list("ipConfig");
    out.open_item("networking.v4.config.IPConfig");
    out.open("ipv4", "networking.v4.config.IPv4Config");
    out.open("ipSubnet", "networking.v4.config.IPv4Subnet");
    write_ipv4(out, "ip", subnet.base);
    out.number("prefixLength", 32 - subnet.host_bits);
    out.close();
    write_ipv4(out, "defaultGatewayIp", gateway(subnet));
    out.open_list("poolList");
    out.open_item("networking.v4.config.IPv4Pool");
    write_pool_range(out, subnet);
    out.close();
    out.close_list();
    if (subnet.cluster != kNone) write_ipv4(out, "dhcpServerAddress", dhcp_server(subnet));
    out.close();
    out.close();
    out.close_list();
}

void write_dhcp(ObjectWriter& out) {
    out.open("dhcpOptions", "networking.v4.config.DhcpOptions");
    out.open_list("domainNameServers");
    out.open_common_item("common.v1.config.IPAddress");
    write_ipv4(out, "ipv4", kSiteNameServer);
    out.close();
    out.close_list();
    out.plain("domainName", "example.test");
    out.open_list("searchDomains");
    out.element("example.test");
    out.close_list();
    out.close();
}

void write_usage(ObjectWriter& out, const World& world, const Subnet& subnet, std::uint32_t index) {
    const AddressUse use = address_use(world, index);
    out.open("ipUsage", "networking.v4.config.IPUsage");
    out.number("numMacs", use.assigned);
    out.number("numFreeIPs", use.free());
    out.number("numAssignedIPs", use.assigned);
    out.open_list("ipPoolUsages");
    if (subnet.cluster != kNone) {
        out.open_item("networking.v4.config.IPPoolUsage");
        out.number("numFreeIPs", use.free());
        out.number("numTotalIPs", use.total);
        out.open("range", "networking.v4.config.IPv4Pool");
        write_pool_range(out, subnet);
        out.close();
        out.close();
    }
    out.close_list();
    out.close();
}

void write_metadata(ObjectWriter& out, const World& world, const Subnet& subnet) {
    const Project& project = world.projects[subnet.project];
    out.open_common("metadata", "common.v1.config.Metadata");
    out.uuid("ownerReferenceId", Uuid{});
    out.plain("ownerUserName", "admin");
    out.uuid("projectReferenceId", project.id);
    out.text("projectName", project.name);
    out.open_list("categoryIds");
    for (const std::uint32_t category : subnet.categories)
        out.element(world.categories[category].id);
    out.close_list();
    out.close();
}

}  // namespace

void write_subnet(ObjectWriter& out, const World& world, std::uint32_t index) {
    const Subnet& subnet = world.subnets[index];
    const bool is_vlan = subnet.cluster != kNone;
    out.open_item("networking.v4.config.Subnet");
    out.uuid("extId", subnet.id);
    out.text("name", subnet.name);
    if (!subnet.description.empty()) out.text("description", subnet.description);
    out.plain("subnetType", is_vlan ? "VLAN" : "OVERLAY");
    out.number("networkId", subnet.network_id);
    write_placement(out, world, subnet);
    out.flag("isExternal", subnet.is_external);
    out.flag("isAdvancedNetworking", !is_vlan);
    if (is_vlan) out.flag("isNatEnabled", subnet.is_external);
    if (subnet.is_managed) {
        write_ip_config(out, subnet);
        if (is_vlan) write_dhcp(out);
        write_usage(out, world, subnet, index);
    }
    write_metadata(out, world, subnet);
    if (is_vlan) {
        out.open_list("links");
        out.close_list();
    }
    out.close();
}

}  // namespace pf::sim
