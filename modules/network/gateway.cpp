#include "gateway.hpp"

#include <algorithm>

namespace network {
namespace {

void read_location(pf::Value gateway, GatewayFacts& out) noexcept {
    std::string_view type = gateway["services"]["$objectType"].str();
    if (type.empty()) type = gateway["$servicesItemDiscriminator"].str();
    if (type.ends_with("LocalNetworkServices")) {
        out.location = "LOCAL";
    } else if (type.ends_with("RemoteNetworkServices")) {
        out.location = "REMOTE";
    } else {
        out.unknown_kind = type;
    }
}

void add_address(std::string_view address, std::vector<std::string_view>& out) {
    const bool is_there = std::find(out.begin(), out.end(), address) != out.end();
    if (!address.empty() && !is_there) out.push_back(address);
}

void read_service(pf::Value service, std::string_view type, GatewayFacts& out) {
    if (!service.exists()) return;
    GatewayService read;
    read.type = type;
    read.asn = service["asn"].i64();
    if (!read.asn) read.asn = service["ebgpConfig"]["asn"].i64();
    read.port = service["vxlanPort"].i64();
    add_address(ip_of(service["address"]), read.addresses);
    for (pf::Value vtep : service["vteps"]) add_address(ip_of(vtep["address"]), read.addresses);
    if (out.vpc.uuid.empty()) out.vpc.uuid = service["vpcReference"].str();
    out.services.push_back(read);
}

// The passwords of routing sessions stand beside what is read here.
void read_services(pf::Value services, GatewayFacts& out) {
    for (const std::string_view side : {"local", "remote"}) {
        const auto of = [&](const char* name) { return services[std::string(side).append(name)]; };
        read_service(of("BgpService"), "BGP", out);
        read_service(of("VpnService"), "VPN", out);
        read_service(of("VtepService"), "VTEP", out);
    }
    add_address(ip_of(services["serviceAddress"]), out.addresses);
    for (pf::Value each : services["serviceAddresses"]) add_address(ip_of(each), out.addresses);
    for (const GatewayService& service : out.services) {
        for (const std::string_view address : service.addresses) {
            add_address(address, out.addresses);
        }
    }
}

void read_deployment(pf::Value deployment, GatewayFacts& out) {
    out.cluster.uuid = deployment["clusterReference"].str();
    const pf::Value management = deployment["managementInterface"];
    if (management.exists()) {
        GatewayInterface read;
        read.is_management = true;
        read.ip = ip_of(management["address"]);
        read.default_gateway = ip_of(management["defaultGateway"]);
        read.mtu = management["mtu"].i64();
        read.vlan = management["vlanId"].i64();
        read.subnet.uuid = management["subnetReference"].str();
        out.interfaces.push_back(read);
    }
    for (pf::Value each : deployment["interfaces"]) {
        GatewayInterface read;
        read.ip = ip_of(each["ipAddress"]);
        read.default_gateway = ip_of(each["defaultGatewayAddress"]);
        read.mac = each["macAddress"].str();
        read.mtu = each["mtu"].i64();
        read.subnet.uuid = each["subnetReference"].str();
        out.interfaces.push_back(read);
    }
}

void write_gateway(const Record& record, pf::Object& data, const GatewayFacts& facts) {
    pf::Object out = data.object("gateway");
    out.put("uuid", record.id);
    out.text("name", facts.entity.name);
    out.text("location", facts.location);
    out.text("state", facts.state);
    out.text("state_message", facts.state_message);
    out.text("vendor", facts.vendor);
    out.text("software_version", facts.software_version);
    out.text("supported_version", facts.supported_version);
    out.text("vm_uuid", facts.vm);
    write_texts(out, "addresses", facts.addresses);
    out.text("description", facts.entity.description);
    out.text("owner", facts.entity.owner);
}

void write_services(pf::Object& data, const GatewayFacts& facts) {
    pf::Array list = data.array("services");
    for (const GatewayService& service : facts.services) {
        pf::Object each = list.object();
        each.put("type", service.type);
        each.put("asn", service.asn);
        each.put("port", service.port);
        write_texts(each, "addresses", service.addresses);
    }
}

void write_interfaces(const Record& record, pf::Object& data, const GatewayFacts& facts) {
    const NameTable& names = record.names.subnets;
    const bool is_hidden =
        std::any_of(facts.interfaces.begin(), facts.interfaces.end(),
                    [&](const GatewayInterface& each) { return names.hides(each.subnet); });
    if (is_hidden) return record.row.unknown("interfaces");
    pf::Array list = data.array("interfaces");
    for (const GatewayInterface& interface : facts.interfaces) {
        pf::Object each = list.object();
        each.put("role", interface.is_management ? "MANAGEMENT" : "SERVICE");
        each.text("ip", interface.ip);
        each.text("default_gateway", interface.default_gateway);
        each.text("mac_address", interface.mac);
        each.put("mtu", interface.mtu);
        each.put("vlan", interface.vlan);
        each.text("subnet_uuid", interface.subnet.uuid);
        each.text("subnet_name", names.name_of(interface.subnet));
    }
}

std::vector<std::string_view> all_addresses(const GatewayFacts& facts) {
    std::vector<std::string_view> all = facts.addresses;
    for (const GatewayInterface& interface : facts.interfaces) add_address(interface.ip, all);
    std::sort(all.begin(), all.end());
    return all;
}

}  // namespace

void read(pf::Value gateway, int dialect, GatewayFacts& out) {
    read_entity(gateway, dialect, out.entity);
    read_location(gateway, out);
    out.state = gateway["status"]["state"].str();
    out.state_message = gateway["status"]["message"].str();
    out.vendor = gateway["gatewayDeviceVendor"].str();
    out.software_version = gateway["installedSoftwareVersion"].str();
    out.supported_version = gateway["supportedSoftwareVersion"].str();
    out.vm = gateway["vmReference"].str();
    out.vpc.uuid = gateway["vpcReference"].str();
    read_deployment(gateway["deployment"], out);
    read_services(gateway["services"], out);
}

// A local gateway is a VM of a cluster; a remote one is nobody's.
void describe(const Record& record, const GatewayFacts& facts) {
    const std::string_view cluster = facts.cluster.uuid;
    if (!facts.unknown_kind.empty()) {
        record.call.note("network.service_kind", record.id,
                         "'" + std::string(facts.unknown_kind) +
                             "' is neither the services of a local gateway nor of a remote one");
    }
    write_head(record, facts.entity, cluster.empty() ? whole_central : cluster, "network_gateways");
    record.row.instance_type(facts.location);
    record.row.ip_addresses(all_addresses(facts));
    pf::Object data = record.row.data();
    write_gateway(record, data, facts);
    write_services(data, facts);
    write_interfaces(record, data, facts);
    write_reference(record, data, "cluster", facts.cluster, record.names.clusters);
    write_reference(record, data, "vpc", facts.vpc, record.names.vpcs);
    write_tail(record, data, facts.entity);
}

}  // namespace network
