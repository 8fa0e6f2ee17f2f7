#include "tests/prism_sim/v3/entities.hpp"
#include "tests/prism_sim/v3/intent_writer.hpp"

namespace pf::sim::v3 {
namespace {

void write_endpoint(JsonWriter& out, std::string_view address, std::string_view type) {
    out.open_item();
    out.plain("ip", address);
    out.plain("type", type);
    out.close();
}

// Each address once: one that is assigned and learned as well is shown as assigned.
void write_endpoints(JsonWriter& out, const NicFacts& nic, const VmView& view) {
    out.open_list("ip_endpoint_list");
    if (nic.assigned != 0) write_endpoint(out, Ipv4Text(nic.assigned).view(), "ASSIGNED");
    if (nic.secondary != 0) write_endpoint(out, Ipv4Text(nic.secondary).view(), "ASSIGNED");
    for (std::uint32_t i = 0; i < nic.learned_count; ++i) {
        const Ipv4 address = nic.learned[i];
        bool is_known = address == nic.assigned || address == nic.secondary;
        for (std::uint32_t k = 0; k < i; ++k) is_known = is_known || nic.learned[k] == address;
        if (!is_known) write_endpoint(out, Ipv4Text(address).view(), "LEARNED");
    }
    // v4 has a place for IPv6 only in the newer form of a NIC; both tell of the same ones.
    if (nic.ipv6_low != 0 && nic.form != NicForm::superseded && view.has_ipv6_addresses)
        write_endpoint(out, Ipv6Text(nic.ipv6_low).view(), "LEARNED");
    out.close_list();
}

void write_nic(JsonWriter& out, const World& world, const NicFacts& nic, const VmView& view) {
    const Subnet& subnet = world.subnets[nic.subnet];
    out.open_item();
    out.uuid("uuid", nic.id);
    out.plain("nic_type", nic.is_direct ? "DIRECT_NIC" : "NORMAL_NIC");
    out.plain("vlan_mode", nic.is_trunk ? "TRUNKED" : "ACCESS");
    out.plain("model", nic.is_e1000 ? "e1000" : "virtio");
    out.plain("mac_address", MacText(nic.mac).view());
    out.flag("is_connected", nic.is_connected);
    out.open_list("trunked_vlan_list");
    if (nic.is_trunk) {
        out.element(10);
        out.element(20);
    }
    out.close_list();
    reference(out, "subnet_reference", "subnet", subnet.id, subnet.name);
    write_endpoints(out, nic, view);
    out.close();
}

}  // namespace

void write_vm_nics(JsonWriter& out, const World& world, const VmFacts& vm, const VmView& view) {
    out.open_list("nic_list");
    for (std::uint32_t i = 0; i < vm.nic_count; ++i) write_nic(out, world, vm.nics[i], view);
    out.close_list();
}

}  // namespace pf::sim::v3
