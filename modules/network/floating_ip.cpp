#include "floating_ip.hpp"

#include <array>

namespace network {
namespace {

std::string_view first_of(std::string_view a, std::string_view b) noexcept {
    return a.empty() ? b : a;
}

// The references stand beside the association and inside of it; either may be missing.
void read_v4(pf::Value floating_ip, FloatingIpFacts& out) {
    const pf::Value association = floating_ip["association"];
    out.address = first_of(ip_of(floating_ip["floatingIp"]), floating_ip["floatingIpValue"].str());
    out.private_ip = first_of(floating_ip["privateIp"].str(), ip_of(association["privateIp"]));
    out.association = floating_ip["associationStatus"].str();
    out.vm_nic = first_of(floating_ip["vmNicReference"].str(), association["vmNicReference"].str());
    out.load_balancer_session = first_of(floating_ip["loadBalancerSessionReference"].str(),
                                         association["loadBalancerSessionReference"].str());
    out.external_subnet.uuid = floating_ip["externalSubnetReference"].str();
    out.vpc.uuid = first_of(floating_ip["vpcReference"].str(), association["vpcReference"].str());
}

void read_v3(pf::Value resources, FloatingIpFacts& out) {
    out.address = ip_of(resources["floating_ip"]);
    out.private_ip = ip_of(resources["private_ip"]);
    out.vm_nic = resources["vm_nic_reference"]["uuid"].str();
    out.external_subnet = reference_of(resources["external_subnet_reference"]);
    out.vpc = reference_of(resources["vpc_reference"]);
}

void write_floating_ip(const Record& record, pf::Object& data, const FloatingIpFacts& facts) {
    pf::Object out = data.object("floating_ip");
    out.put("uuid", record.id);
    out.text("name", facts.entity.name);
    out.text("address", facts.address);
    out.text("private_ip", facts.private_ip);
    out.put("association", association_of(facts));
    out.text("vm_nic_uuid", facts.vm_nic);
    out.text("load_balancer_session_uuid", facts.load_balancer_session);
    out.text("description", facts.entity.description);
    out.text("owner", facts.entity.owner);
}

}  // namespace

void read(pf::Value floating_ip, int dialect, FloatingIpFacts& out) {
    read_entity(floating_ip, dialect, out.entity);
    dialect == 3 ? read_v3(floating_ip["status"]["resources"], out) : read_v4(floating_ip, out);
}

std::string_view association_of(const FloatingIpFacts& facts) noexcept {
    if (!facts.association.empty()) return facts.association;
    if (!facts.vm_nic.empty()) return "ASSOCIATED_TO_VNIC";
    if (!facts.load_balancer_session.empty()) return "ASSOCIATED_TO_LOAD_BALANCER_SESSION";
    return facts.private_ip.empty() ? "NOT_ASSOCIATED" : "ASSOCIATED_TO_PRIVATE_IP";
}

// Many floating IPs have no name: the address is what people know them by.
void describe(const Record& record, const FloatingIpFacts& facts) {
    Entity shown = facts.entity;
    shown.name = first_of(shown.name, facts.address);
    write_head(record, shown, whole_central, "floating_ips");
    if (facts.address.empty()) {
        record.row.ip_addresses(std::array<std::string_view, 0>());
    } else {
        record.row.ip_addresses(std::array{facts.address});
    }
    pf::Object data = record.row.data();
    write_floating_ip(record, data, facts);
    write_reference(record, data, "external_subnet", facts.external_subnet, record.names.subnets);
    write_reference(record, data, "vpc", facts.vpc, record.names.vpcs);
    write_tail(record, data, facts.entity);
}

}  // namespace network
