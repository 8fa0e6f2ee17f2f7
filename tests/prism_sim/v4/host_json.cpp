#include "tests/prism_sim/model/drives.hpp"
#include "tests/prism_sim/model/site_facts.hpp"
#include "tests/prism_sim/v4/entities.hpp"

namespace pf::sim {
namespace {

void write_hypervisor(ObjectWriter& out, const Host& host, bool is_esxi, std::uint32_t vms) {
    out.open("hypervisor", "clustermgmt.v4.config.HypervisorReference");
    write_ip(out, "externalAddress", host.address);
    out.plain("userName", "root");
    out.plain("fullName", is_esxi ? kEsxiName : kHypervisorName);
    out.plain("type", is_esxi ? "ESX" : "AHV");
    out.number("numberOfVms", vms);
    out.plain("state", host.is_in_maintenance ? "ENTERED_MAINTENANCE_MODE" : "ACROPOLIS_NORMAL");
    out.plain("acropolisConnectionState", "CONNECTED");
    out.close();
}

void write_controller(ObjectWriter& out, const Host& host, std::uint32_t slot) {
    out.open("controllerVm", "clustermgmt.v4.config.ControllerVmReference");
    write_ip(out, "externalAddress", host.cvm_address);
    write_ip(out, "backplaneAddress", (192U << 24) | (168U << 16) | (5U << 8) | (1 + slot));
    out.flag("isInMaintenanceMode", host.is_in_maintenance);
    out.close();
}

void write_disks(ObjectWriter& out, const World& world, std::uint32_t index) {
    static constexpr std::array<std::string_view, 3> kTiers = {"PCIE_SSD", "SATA_SSD", "HDD"};
    out.open_list("disk");
    for (std::uint32_t i = 0; i < kDrivesPerHost; ++i) {
        const Drive drive = describe_drive(world, index * kDrivesPerHost + i);
        out.open_item("clustermgmt.v4.config.DiskReference");
        out.uuid("uuid", drive.id);
        out.plain("mountPath", drive.mount_path);
        out.number("sizeInBytes", drive.bytes);
        out.plain("serialId", drive.serial);
        out.plain("storageTier", kTiers[static_cast<std::size_t>(drive.kind)]);
        out.close();
    }
    out.close_list();
}

void write_hardware(ObjectWriter& out, const World& world, const Host& host) {
    out.flag("isDegraded", false);
    out.flag("isSecureBooted", false);
    out.flag("isHardwareVirtualized", false);
    out.flag("hasCsr", false);
    out.flag("isRebootPending", false);
    out.number("numberOfCpuCores", host.cores);
    out.number("numberOfCpuThreads", 2 * host.cores);
    out.number("numberOfCpuSockets", host.sockets);
    out.number("cpuCapacityHz", host.cores * host.frequency_hz);
    out.number("cpuFrequencyHz", host.frequency_hz);
    out.plain("cpuModel", host.cpu_model);
    out.open_list("gpuList");
    if (host.has_gpu) out.element("NVIDIA A16");
    out.close_list();
    out.plain("gpuDriverVersion", host.has_gpu ? "535.104" : "");
    out.number("bootTimeUsecs", host.boot_time_us);
    out.number("memorySizeBytes", host.memory_bytes);
    out.plain("blockSerial", block_serial(host));
    out.plain("blockModel", host.block_model);
    if (out.since(1)) out.plain("nodeSerial", host.serial);
    out.plain("maintenanceState", host.is_in_maintenance ? "maintenance" : "normal");
    out.plain("nodeStatus", "NORMAL");
    out.uuid("rackableUnitUuid", block_id(world, host));
}

}  // namespace

void write_host(ObjectWriter& out, const World& world, const VmRoster& roster,
                std::uint32_t index) {
    const Host& host = world.hosts[index];
    const Cluster& cluster = world.clusters[host.cluster];
    out.open_item("clustermgmt.v4.config.Host");
    out.uuid("extId", host.id);
    out.plain("hostName", host.name);
    out.plain("hostType", "HYPER_CONVERGED");
    write_hypervisor(
        out, host, cluster.is_esxi,
        cluster.is_esxi ? esxi_vms_on_host(world, index) : roster.count_on_host(index));
    out.open("cluster", "clustermgmt.v4.config.ClusterReference");
    out.uuid("uuid", cluster.id);
    out.text("name", cluster.name);
    out.close();
    write_controller(out, host, index - cluster.first_host);
    out.open("ipmi", "clustermgmt.v4.config.IpmiReference");
    write_ip(out, "ip", host.ipmi_address);
    out.plain("username", "ADMIN");
    out.close();
    write_disks(out, world, index);
    write_hardware(out, world, host);
    out.close();
}

}  // namespace pf::sim
