#include "tests/prism_sim/v4/entities.hpp"

namespace pf::sim {
namespace {

void write_backing_fields(ObjectWriter& out, const NicFacts& nic) {
    out.plain("model", nic.is_e1000 ? "E1000" : "VIRTIO");
    out.plain("macAddress", MacText(nic.mac).view());
    out.flag("isConnected", nic.is_connected);
    out.number("numQueues", 1);
}

void write_address_item(ObjectWriter& out, Ipv4 address) {
    out.open_common_item("common.v1.config.IPv4Address");
    write_address(out, address);
    out.close();
}

void write_ipv4_config(ObjectWriter& out, const NicFacts& nic) {
    if (nic.assigned == 0) return;
    out.open("ipv4Config", "vmm.v4.ahv.config.Ipv4Config");
    out.flag("shouldAssignIp", true);
    write_ipv4(out, "ipAddress", nic.assigned);
    if (nic.secondary != 0) {
        out.open_list("secondaryIpAddressList");
        write_address_item(out, nic.secondary);
        out.close_list();
    }
    out.close();
}

void write_ipv4_info(ObjectWriter& out, const NicFacts& nic) {
    if (nic.learned_count == 0) return;
    out.open("ipv4Info", "vmm.v4.ahv.config.Ipv4Info");
    out.open_list("learnedIpAddresses");
    for (std::uint32_t i = 0; i < nic.learned_count; ++i) write_address_item(out, nic.learned[i]);
    out.close_list();
    out.close();
}

void write_ipv6_info(ObjectWriter& out, const NicFacts& nic) {
    if (nic.ipv6_low == 0) return;
    out.open("ipv6Info", "vmm.v4.ahv.config.Ipv6Info");
    out.open_list("learnedIpv6Addresses");
    out.open_common_item("common.v1.config.IPv6Address");
    out.plain("value", Ipv6Text(nic.ipv6_low).view());
    out.number("prefixLength", 64);
    out.close();
    out.close_list();
    out.close();
}

void write_network_fields(ObjectWriter& out, const World& world, const NicFacts& nic) {
    out.plain("nicType", nic.is_direct ? "DIRECT_NIC" : "NORMAL_NIC");
    out.open("subnet", "vmm.v4.ahv.config.SubnetReference");
    out.uuid("extId", world.subnets[nic.subnet].id);
    out.close();
    out.plain("vlanMode", nic.is_trunk ? "TRUNK" : "ACCESS");
    out.open_list("trunkedVlans");
    if (nic.is_trunk) {
        out.element(10);
        out.element(20);
    }
    out.close_list();
    out.flag("shouldAllowUnknownMacs", false);
    write_ipv4_config(out, nic);
    write_ipv4_info(out, nic);
}

void write_superseded_form(ObjectWriter& out, const World& world, const NicFacts& nic) {
    out.open("backingInfo", "vmm.v4.ahv.config.EmulatedNic");
    write_backing_fields(out, nic);
    out.close();
    out.open("networkInfo", "vmm.v4.ahv.config.NicNetworkInfo");
    write_network_fields(out, world, nic);
    out.close();
}

void write_current_form(ObjectWriter& out, const World& world, const NicFacts& nic) {
    out.open("nicBackingInfo", "vmm.v4.ahv.config.VirtualEthernetNic");
    write_backing_fields(out, nic);
    out.close();
    out.plain("$nicBackingInfoItemDiscriminator", "vmm.v4.ahv.config.VirtualEthernetNic");
    out.open("nicNetworkInfo", "vmm.v4.ahv.config.VirtualEthernetNicNetworkInfo");
    write_network_fields(out, world, nic);
    write_ipv6_info(out, nic);
    out.close();
    out.plain("$nicNetworkInfoItemDiscriminator",
              "vmm.v4.ahv.config.VirtualEthernetNicNetworkInfo");
}

}  // namespace

void write_vm_nics(ObjectWriter& out, const World& world, const VmFacts& vm) {
    if (vm.nic_count == 0) return;
    out.open_list("nics");
    for (std::uint32_t i = 0; i < vm.nic_count; ++i) {
        const NicFacts& nic = vm.nics[i];
        out.open_item("vmm.v4.ahv.config.Nic");
        out.uuid("extId", nic.id);
        // The newer form exists from 4.1 on; an older version knows only the superseded one.
        const bool has_current = out.since(1) && nic.form != NicForm::superseded;
        if (!has_current || nic.form == NicForm::both) write_superseded_form(out, world, nic);
        if (has_current) write_current_form(out, world, nic);
        out.close();
    }
    out.close_list();
}

}  // namespace pf::sim
