#include <array>

#include "tests/prism_sim/model/site_facts.hpp"
#include "tests/prism_sim/v4/entities.hpp"

namespace pf::sim {
namespace {

constexpr std::uint32_t kVxlanPort = 4789;

void write_management(ObjectWriter& out, const Subnet& subnet, const Gateway& each) {
    out.open("managementInterface", "networking.v4.config.GatewayManagementInterface");
    write_ip(out, "address", each.management_address);
    write_ip(out, "defaultGateway", gateway(subnet));
    out.number("mtu", 1500);
    out.number("vlanId", subnet.network_id);
    out.uuid("subnetReference", subnet.id);
    out.close();
}

void write_interfaces(ObjectWriter& out, const Subnet& overlay, const Gateway& each) {
    out.open_list("interfaces");
    out.open_item("networking.v4.config.GatewayInterface");
    write_ip(out, "ipAddress", each.service_address);
    write_ip(out, "defaultGatewayAddress", gateway(overlay));
    out.plain("macAddress", MacText(0x506b8d000000ULL | (each.id.low & 0xffffffU)).view());
    out.number("mtu", 1356);
    out.uuid("subnetReference", overlay.id);
    out.close();
    out.close_list();
}

void write_deployment(ObjectWriter& out, const World& world, const Gateway& each) {
    out.open("deployment", "networking.v4.config.GatewayDeployment");
    out.uuid("clusterReference", world.clusters[*each.cluster].id);
    write_management(out, world.subnets[*each.subnet], each);
    write_interfaces(out, world.subnets[*each.overlay], each);
    out.close();
}

// The password of a routing session, which a client must not pass on.
void write_bgp_config(ObjectWriter& out, const Gateway& each) {
    out.open("ebgpConfig", "networking.v4.config.BgpConfig");
    out.number("asn", each.asn);
    out.plain("password", "example-only");
    out.close();
}

void write_local_services(ObjectWriter& out, const World& world, const Gateway& each) {
    out.open("services", "networking.v4.config.LocalNetworkServices");
    if (each.service == GatewayService::bgp) {
        out.open("localBgpService", "networking.v4.config.LocalBgpService");
        out.number("asn", each.asn);
        out.uuid("vpcReference", world.network.vpcs[*each.vpc].id);
        out.close();
    } else if (each.service == GatewayService::vpn) {
        out.open("localVpnService", "networking.v4.config.LocalVpnService");
        write_bgp_config(out, each);
        out.close();
    } else {
        out.open("localVtepService", "networking.v4.config.LocalVtepService");
        out.number("vxlanPort", kVxlanPort);
        out.close();
    }
    write_ip(out, "serviceAddress", each.address);
    out.close();
    out.plain("$servicesItemDiscriminator", "networking.v4.config.LocalNetworkServices");
}

void write_remote_services(ObjectWriter& out, const Gateway& each) {
    out.open("services", "networking.v4.config.RemoteNetworkServices");
    if (each.service == GatewayService::bgp) {
        out.open("remoteBgpService", "networking.v4.config.RemoteBgpService");
        out.number("asn", each.asn);
        write_ip(out, "address", each.address);
        out.close();
    } else if (each.service == GatewayService::vpn) {
        out.open("remoteVpnService", "networking.v4.config.RemoteVpnService");
        write_bgp_config(out, each);
        out.close();
        write_ip(out, "serviceAddress", each.address);
    } else {
        out.open("remoteVtepService", "networking.v4.config.RemoteVtepService");
        out.number("vxlanPort", kVxlanPort);
        out.open_list("vteps");
        out.open_item("networking.v4.config.Vtep");
        write_ip(out, "address", each.address);
        out.close();
        out.close_list();
        out.close();
    }
    out.close();
    out.plain("$servicesItemDiscriminator", "networking.v4.config.RemoteNetworkServices");
}

}  // namespace

void write_gateway(ObjectWriter& out, const World& world, std::uint32_t index) {
    const Gateway& each = world.network.gateways[index];
    out.open_item("networking.v4.config.Gateway");
    out.uuid("extId", each.id);
    out.text("name", each.name);
    if (!each.description.empty()) out.text("description", each.description);
    if (each.is_local) {
        out.uuid("vmReference", each.vm);
        out.uuid("vpcReference", world.network.vpcs[*each.vpc].id);
        out.plain("installedSoftwareVersion", "6.0.0");
        out.plain("supportedSoftwareVersion", "6.1.0");
        write_deployment(out, world, each);
        write_local_services(out, world, each);
    } else {
        out.plain("gatewayDeviceVendor", "Fortinet");
        write_remote_services(out, each);
    }
    out.open("status", "networking.v4.config.Status");
    out.plain("state", each.is_up ? "UP" : "DOWN");
    out.plain("message", each.is_up ? "Gateway is up" : "No route to the gateway");
    out.close();
    write_network_metadata(out, world, each.project, each.categories);
    out.close();
}

}  // namespace pf::sim
