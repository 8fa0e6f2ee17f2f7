#include "tests/prism_sim/v4/entities.hpp"

namespace pf::sim {
namespace {

std::string_view power_text(EsxiPower power) {
    switch (power) {
        case EsxiPower::on:
            return "ON";
        case EsxiPower::off:
            return "OFF";
        case EsxiPower::suspended:
            return "SUSPENDED";
        case EsxiPower::undetermined:
            break;
    }
    return "UNDETERMINED";
}

// Every reference is an object with nothing but an extId.
template <std::size_t K, std::size_t T>
void reference(ObjectWriter& out, const char (&key)[K], const char (&type)[T], const Uuid& id) {
    out.open(key, type);
    out.uuid("extId", id);
    out.close();
}

void write_disks(ObjectWriter& out, const World& world, const EsxiVm& vm) {
    out.open_list("disks");
    std::uint32_t index = 0;
    for (const EsxiDisk& disk : vm.disks) {
        out.open_item("vmm.v4.esxi.config.Disk");
        out.uuid("extId", disk.id);
        out.open("diskAddress", "vmm.v4.esxi.config.DiskAddress");
        out.plain("busType", "SCSI");
        out.number("index", index++);
        out.close();
        out.open("backingInfo", "vmm.v4.esxi.config.VmDisk");
        out.number("diskSizeBytes", disk.bytes);
        reference(out, "storageContainer", "vmm.v4.esxi.config.VmDiskContainerReference",
                  world.containers[disk.container].id);
        out.close();
        out.close();
    }
    out.close_list();
    out.open_list("cdRoms");
    if (vm.has_cdrom) {
        out.open_item("vmm.v4.esxi.config.CdRom");
        out.open("diskAddress", "vmm.v4.esxi.config.CdRomAddress");
        out.plain("busType", "SATA");
        out.number("index", 0);
        out.close();
        out.close();
    }
    out.close_list();
}

void write_nics(ObjectWriter& out, const EsxiVm& vm) {
    out.open_list("nics");
    for (const EsxiNic& nic : vm.nics) {
        out.open_item("vmm.v4.esxi.config.Nic");
        out.uuid("extId", nic.id);
        out.open("backingInfo", "vmm.v4.esxi.config.NicBackingInfo");
        out.plain("adapterType", nic.is_vmxnet3 ? "VMXNET3" : "E1000E");
        out.plain("macAddress", MacText(nic.mac).view());
        out.flag("isConnected", nic.is_connected);
        out.close();
        out.open("networkInfo", "vmm.v4.esxi.config.NicNetworkInfo");
        out.open("portGroupInfo", "vmm.v4.esxi.config.PortGroupInfo");
        out.text("name", nic.port_group);
        out.close();
        out.open("ipAddressInfo", "vmm.v4.esxi.config.IpAddressInfo");
        out.open_list("ipv4Addresses");
        for (const Ipv4 address : nic.addresses) {
            out.open_common_item("common.v1.config.IPv4Address");
            write_address(out, address);
            out.close();
        }
        out.close_list();
        out.close();
        out.close();
        out.close();
    }
    out.close_list();
}

void write_guest_tools(ObjectWriter& out, const EsxiVm& vm) {
    if (!vm.has_guest_tools) return;
    out.open("nutanixGuestTools", "vmm.v4.esxi.config.NutanixGuestTools");
    out.plain("version", "4.2.1");
    out.flag("isInstalled", true);
    out.flag("isEnabled", true);
    out.flag("isIsoInserted", false);
    out.plain("availableVersion", "4.2.1");
    out.flag("isReachable", vm.is_on_host());
    out.open_list("capabilities");
    out.element("VSS_SNAPSHOT");
    out.close_list();
    out.close();
}

}  // namespace

void write_esxi_vm(ObjectWriter& out, const World& world, std::uint32_t index) {
    const EsxiVm& vm = world.esxi_vms[index];
    out.open_item("vmm.v4.esxi.config.Vm");
    out.uuid("extId", vm.id);
    out.text("name", vm.name);
    if (!vm.description.empty()) out.text("description", vm.description);
    out.plain("powerState", power_text(vm.power));
    out.number("numCpus", vm.cpus);
    out.number("numCoresPerSocket", vm.cores_per_socket);
    out.number("memorySizeBytes", vm.memory_bytes);
    if (*vm.guest_system != '\0') out.plain("guestOsName", vm.guest_system);
    out.number("virtualHardwareVersion", vm.hardware_version);
    if (vm.is_on_host())
        reference(out, "host", "vmm.v4.esxi.config.HostReference", world.hosts[vm.host].id);
    reference(out, "cluster", "vmm.v4.esxi.config.ClusterReference", world.clusters[vm.cluster].id);
    out.open("ownershipInfo", "vmm.v4.esxi.config.OwnershipInfo");
    reference(out, "owner", "vmm.v4.esxi.config.OwnerReference", world.users[vm.owner].id);
    out.close();
    write_guest_tools(out, vm);
    write_disks(out, world, vm);
    write_nics(out, vm);
    out.open_list("categories");
    for (const std::uint32_t category : vm.categories) {
        out.open_item("vmm.v4.esxi.config.CategoryReference");
        out.uuid("extId", world.categories[category].id);
        out.close();
    }
    out.close_list();
    out.close();
}

}  // namespace pf::sim
