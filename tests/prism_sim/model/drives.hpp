#pragma once
// The physical disks of the hosts. Like VMs they are described when asked for: disk number i
// belongs to host i / kDrivesPerHost.

#include <cstdint>
#include <string>
#include <string_view>

#include "tests/prism_sim/model/world.hpp"

namespace pf::sim {

inline constexpr std::uint32_t kDrivesPerHost = 2;

enum class DriveKind : std::uint8_t { nvme, ssd, hdd };
enum class DriveState : std::uint8_t { normal, migrating, leaving };

struct Drive {
    Uuid id;
    std::uint32_t host = 0;
    std::uint32_t slot = 1;
    std::string serial, mount_path;
    DriveKind kind = DriveKind::ssd;
    DriveState state = DriveState::normal;
    std::uint64_t bytes = 0;           ///< What is left for data.
    std::uint64_t physical_bytes = 0;  ///< Of the device.
    std::string_view vendor, model, firmware;
};

[[nodiscard]] std::uint32_t count_drives(const World& world);
[[nodiscard]] Uuid drive_id(const World& world, std::uint32_t host, std::uint32_t drive);
[[nodiscard]] Drive describe_drive(const World& world, std::uint32_t index);

/// All disks of a cluster are one pool.
[[nodiscard]] Uuid storage_pool_id(const World& world, std::uint32_t cluster);

}  // namespace pf::sim
