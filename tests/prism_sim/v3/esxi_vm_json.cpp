#include "tests/prism_sim/v3/entities.hpp"
#include "tests/prism_sim/v3/intent_writer.hpp"

namespace pf::sim::v3 {
namespace {

constexpr std::uint64_t kMiB = 1ULL << 20;

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

void write_place(JsonWriter& out, std::string_view type, std::string_view adapter,
                 std::uint32_t index) {
    out.open("device_properties");
    out.plain("device_type", type);
    out.open("disk_address");
    out.plain("adapter_type", adapter);
    out.number("device_index", index);
    out.close();
    out.close();
}

void write_disks(JsonWriter& out, const World& world, const EsxiVm& vm) {
    out.open_list("disk_list");
    std::uint32_t index = 0;
    for (const EsxiDisk& disk : vm.disks) {
        out.open_item();
        out.uuid("uuid", disk.id);
        out.number("disk_size_bytes", disk.bytes);
        out.number("disk_size_mib", disk.bytes / kMiB);
        const Container& container = world.containers[disk.container];
        out.open("storage_config");
        reference(out, "storage_container_reference", "storage_container", container.id,
                  container.name);
        out.close();
        write_place(out, "DISK", "SCSI", index++);
        out.close();
    }
    if (vm.has_cdrom) {
        out.open_item();
        write_place(out, "CDROM", "SATA", 0);
        out.close();
    }
    out.close_list();
}

void write_nics(JsonWriter& out, const EsxiVm& vm) {
    out.open_list("nic_list");
    for (const EsxiNic& nic : vm.nics) {
        out.open_item();
        out.uuid("uuid", nic.id);
        out.plain("nic_type", "NORMAL_NIC");
        out.plain("model", nic.is_vmxnet3 ? "vmxnet3" : "e1000e");
        out.plain("mac_address", MacText(nic.mac).view());
        out.flag("is_connected", nic.is_connected);
        reference(out, "subnet_reference", "subnet", nic.port_group_id, nic.port_group);
        out.open_list("ip_endpoint_list");
        for (const Ipv4 address : nic.addresses) {
            out.open_item();
            out.plain("ip", Ipv4Text(address).view());
            out.plain("type", "LEARNED");
            out.close();
        }
        out.close_list();
        out.close();
    }
    out.close_list();
}

void write_resources(JsonWriter& out, const World& world, const EsxiVm& vm) {
    out.open("resources");
    out.plain("power_state", power_text(vm.power));
    out.plain("hypervisor_type", "ESX");
    out.number("num_sockets", vm.cpus / vm.cores_per_socket);
    out.number("num_vcpus_per_socket", vm.cores_per_socket);
    out.number("num_threads_per_core", 1);
    out.number("memory_size_mib", vm.memory_bytes / kMiB);
    if (vm.is_on_host()) {
        const Host& host = world.hosts[vm.host];
        reference(out, "host_reference", "host", host.id, host.name);
    }
    if (vm.has_guest_tools) {
        out.open("guest_tools");
        out.open("nutanix_guest_tools");
        out.plain("state", "ENABLED");
        out.plain("ngt_state", "INSTALLED");
        out.plain("version", "4.2.1");
        out.flag("is_reachable", vm.is_on_host());
        out.close();
        out.close();
    }
    write_disks(out, world, vm);
    write_nics(out, vm);
    out.close();
}

}  // namespace

void write_esxi_vm(JsonWriter& out, const World& world, std::uint32_t index, bool is_broken) {
    const EsxiVm& vm = world.esxi_vms[index];
    const Cluster& cluster = world.clusters[vm.cluster];
    out.open("status");
    out.text("name", vm.name);
    out.text("description", vm.description);
    reference(out, "cluster_reference", "cluster", cluster.id, cluster.name);
    if (is_broken) {
        write_error_state(out);
    } else {
        out.plain("state", "COMPLETE");
        write_resources(out, world, vm);
    }
    out.close();
    out.open("spec");
    out.text("name", vm.name);
    empty_object(out, "resources");
    out.close();
    write_metadata(
        out, world,
        {.kind = "vm",
         .id = vm.id,
         .created_us = vm.created_us,
         .updated_us = vm.created_us,
         .categories = {vm.categories.data(), static_cast<std::uint32_t>(vm.categories.size())},
         .owner = vm.owner});
}

}  // namespace pf::sim::v3
