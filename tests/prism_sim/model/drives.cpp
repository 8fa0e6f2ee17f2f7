#include "tests/prism_sim/model/drives.hpp"

#include <array>

#include "tests/prism_sim/model/random.hpp"

namespace pf::sim {
namespace {

struct Product {
    std::string_view vendor, model, firmware;
};
constexpr std::array<Product, 3> kProducts = {{
    {"Samsung", "MZWLR1T9HBJR-00007", "MPP94B5Q"},
    {"Intel", "SSDSC2KG019T8", "XCV10132"},
    {"Seagate", "ST6000NM0115-1YZ110", "SN05"},
}};
constexpr std::uint64_t kFlashBytes = 1'800'937'370'625, kDiskBytes = 6'001'175'126'016;
constexpr std::uint64_t kSystemBytes = 119'464'689'664;

}  // namespace

std::uint32_t count_drives(const World& world) {
    return static_cast<std::uint32_t>(world.hosts.size()) * kDrivesPerHost;
}

Uuid drive_id(const World& world, std::uint32_t host, std::uint32_t drive) {
    return make_uuid(world.seed(), Kind::host_disk, host * kDrivesPerHost + drive);
}

// Of each host the first disk is flash, the rest turns.
Drive describe_drive(const World& world, std::uint32_t index) {
    Draws draws(world.seed(), Kind::host_disk, index);
    const std::uint32_t place = index % kDrivesPerHost;
    Drive drive;
    drive.host = index / kDrivesPerHost;
    drive.slot = place + 1;
    drive.id = drive_id(world, drive.host, place);
    drive.serial = "SN" + std::to_string(drive.host) + "-" + std::to_string(place);
    drive.mount_path = "/home/nutanix/data/stargate-storage/disks/" + drive.serial;
    const bool is_nvme = draws.chance(30);
    drive.kind = place != 0 ? DriveKind::hdd : is_nvme ? DriveKind::nvme : DriveKind::ssd;
    drive.bytes = place == 0 ? kFlashBytes : kDiskBytes;
    drive.physical_bytes = drive.bytes + kSystemBytes;
    if (draws.chance(4))
        drive.state = draws.chance(50) ? DriveState::leaving : DriveState::migrating;
    const Product& product = kProducts[static_cast<std::size_t>(drive.kind)];
    drive.vendor = product.vendor;
    drive.model = product.model;
    drive.firmware = product.firmware;
    return drive;
}

Uuid storage_pool_id(const World& world, std::uint32_t cluster) {
    return make_uuid(world.seed(), Kind::storage_pool, cluster);
}

}  // namespace pf::sim
