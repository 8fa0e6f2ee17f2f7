#include "tests/prism_sim/model/drives.hpp"
#include "tests/prism_sim/model/site_facts.hpp"
#include "tests/prism_sim/v3/entities.hpp"
#include "tests/prism_sim/v3/intent_writer.hpp"

namespace pf::sim::v3 {
namespace {

constexpr std::uint64_t kMiB = 1ULL << 20;
constexpr std::uint64_t kInstalledUs = 1'640'995'200'000'000ULL;

void write_hardware(JsonWriter& out, const World& world, const Host& host) {
    out.plain("serial_number", host.serial);
    out.open("ipmi");
    out.plain("ip", Ipv4Text(host.ipmi_address).view());
    out.close();
    out.plain("host_type", "HYPER_CONVERGED");
    out.plain("cpu_model", host.cpu_model);
    out.number("num_cpu_sockets", host.sockets);
    out.number("num_cpu_cores", host.cores);
    out.number("cpu_capacity_hz", host.cores * host.frequency_hz);
    out.number("memory_capacity_mib", host.memory_bytes / kMiB);
    reference(out, "rackable_unit_reference", "rackable_unit", block_id(world, host));
}

void write_software(JsonWriter& out, const Host& host, bool is_esxi, std::uint32_t vms) {
    out.open("hypervisor");
    out.number("num_vms", vms);
    out.plain("ip", Ipv4Text(host.address).view());
    out.plain("hypervisor_full_name", is_esxi ? kEsxiName : kHypervisorName);
    out.close();
    out.open("controller_vm");
    out.plain("ip", Ipv4Text(host.cvm_address).view());
    out.open("oplog_usage");
    out.number("oplog_disk_pct", 1);
    out.number("oplog_disk_size", 400'000'000'000);
    out.close();
    out.close();
}

void write_parts(JsonWriter& out, const World& world, const Host& host, std::uint32_t index) {
    out.open("block");
    out.plain("block_serial_number", block_serial(host));
    out.plain("block_model", host.block_model);
    out.close();
    out.open_list("gpu_list");
    if (host.has_gpu) out.element("NVIDIA A16");
    out.close_list();
    out.open_list("host_disks_reference_list");
    for (std::uint32_t i = 0; i < kDrivesPerHost; ++i)
        reference_item(out, "disk", drive_id(world, index, i));
    out.close_list();
}

void write_host_metadata(JsonWriter& out, const World& world, const Uuid& id) {
    write_metadata(out, world,
                   {.kind = "host",
                    .id = id,
                    .created_us = kInstalledUs,
                    .updated_us = kInstalledUs,
                    .owner = 0});
}

// Prism Central's own VM among the hosts: no name, no hypervisor, no hardware.
void write_pseudo_host(JsonWriter& out, const World& world) {
    out.open("status");
    out.plain("state", "COMPLETE");
    reference(out, "cluster_reference", "cluster", world.pc_id);
    out.open("resources");
    empty_list(out, "gpu_list");
    empty_list(out, "host_disks_reference_list");
    out.close();
    out.close();
    out.open("spec");
    empty_object(out, "resources");
    out.close();
    write_host_metadata(out, world, pseudo_host_id(world));
}

}  // namespace

void write_host(JsonWriter& out, const World& world, const VmRoster& roster, std::uint32_t index) {
    if (index == world.hosts.size()) return write_pseudo_host(out, world);
    const Host& host = world.hosts[index];
    out.open("status");
    out.plain("name", host.name);
    out.plain("state", "COMPLETE");
    reference(out, "cluster_reference", "cluster", world.clusters[host.cluster].id);
    out.open("resources");
    write_hardware(out, world, host);
    const bool is_esxi = world.clusters[host.cluster].is_esxi;
    write_software(out, host, is_esxi,
                   is_esxi ? esxi_vms_on_host(world, index) : roster.count_on_host(index));
    write_parts(out, world, host, index);
    out.close();
    out.close();
    out.open("spec");
    out.plain("name", host.name);
    out.open("resources");
    out.open("controller_vm");
    out.plain("ip", Ipv4Text(host.cvm_address).view());
    out.close();
    out.close();
    out.close();
    write_host_metadata(out, world, host.id);
}

}  // namespace pf::sim::v3
