#include "tests/prism_sim/model/drives.hpp"
#include "tests/prism_sim/model/site_facts.hpp"
#include "tests/prism_sim/v4/entities.hpp"

namespace pf::sim {
namespace {

// The list of disks and the disks of a host have each their own words for tiers.
std::string_view tier_of(DriveKind kind) {
    static constexpr std::array<std::string_view, 3> kWords = {"SSD_PCIE", "SSD_SATA", "DAS_SATA"};
    return kWords[static_cast<std::size_t>(kind)];
}

std::string_view status_of(DriveState state) {
    static constexpr std::array<std::string_view, 3> kWords = {
        "NORMAL", "DATA_MIGRATION_INITIATED", "MARKED_FOR_REMOVAL_BUT_NOT_DETACHABLE"};
    return kWords[static_cast<std::size_t>(state)];
}

void write_device(ObjectWriter& out, const Drive& drive) {
    out.plain("serialNumber", drive.serial);
    out.number("location", drive.slot);
    out.plain("storageTier", tier_of(drive.kind));
    out.number("diskSizeBytes", drive.bytes);
    out.number("physicalCapacityBytes", drive.physical_bytes);
    out.plain("vendor", drive.vendor);
    out.plain("model", drive.model);
    out.plain("firmwareVersion", drive.firmware);
    out.plain("targetFirmwareVersion", drive.firmware);
    out.plain("mountPath", drive.mount_path);
    if (drive.kind == DriveKind::nvme) out.plain("nvmePciePath", "0000:5e:00.0");
    out.plain("status", status_of(drive.state));
    out.open("diskAdvanceConfig", "clustermgmt.v4.config.DiskAdvanceConfig");
    out.flag("isOnline", drive.state != DriveState::leaving);
    out.close();
}

}  // namespace

void write_disk(ObjectWriter& out, const World& world, std::uint32_t index) {
    const Drive drive = describe_drive(world, index);
    const Host& host = world.hosts[drive.host];
    const Cluster& cluster = world.clusters[host.cluster];
    out.open_item("clustermgmt.v4.config.Disk");
    out.uuid("extId", drive.id);
    write_device(out, drive);
    out.uuid("clusterExtId", cluster.id);
    out.text("clusterName", cluster.name);
    out.uuid("nodeExtId", host.id);
    out.plain("hostName", host.name);
    write_ip(out, "nodeIpAddress", host.address);
    write_ip(out, "cvmIpAddress", host.cvm_address);
    out.plain("serviceVMId", std::to_string(drive.host - cluster.first_host + 2));
    out.uuid("storagePoolExtId", storage_pool_id(world, host.cluster));
    out.close();
}

}  // namespace pf::sim
