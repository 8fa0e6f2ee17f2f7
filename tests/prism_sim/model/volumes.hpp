#pragma once
// Volume groups of the simulated site, with their disks, and how much of a storage container is
// in use. VMs name the groups they are attached to (DiskFacts::volume_group), so who is attached
// follows from the VMs.

#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "tests/prism_sim/model/uuid.hpp"

namespace pf::sim {

struct World;

struct VolumeDisk {
    Uuid id;
    std::uint32_t index = 0;
    std::uint64_t bytes = 0;  ///< Whole MiB.
    std::uint32_t container = 0;
    bool is_flash = false;
};

struct VolumeGroup {
    Uuid id;
    std::string name, description;
    std::uint32_t cluster = 0;
    bool is_shared = false, is_external = false, has_chap = false, is_hidden = false;
    bool is_load_balanced = false, is_flash = false;
    std::vector<VolumeDisk> disks;
};

/// The groups VMs draw from; a site with fewer shows VMs that name groups nobody lists.
inline constexpr std::uint32_t kVolumeGroupsOfVms = 64;

/// Groups number 0 to `count` - 1. Clusters and containers of the world must be there.
std::vector<VolumeGroup> make_volume_groups(const World& world, std::uint32_t count);

/// Bytes in use of a container; the same for every generation of the API.
std::uint64_t used_bytes(const World& world, std::uint32_t container);

/// The VMs attached to each group, of the VMs a site begins with. Found when first asked for; any
/// thread.
class VolumeAttachments {
  public:
    /// `world` must outlive the object.
    explicit VolumeAttachments(const World& world) : world_(world) {}
    /// Serial numbers, ascending.
    const std::vector<std::uint32_t>& of(std::uint32_t group) const;

  private:
    const World& world_;
    mutable std::once_flag once_;
    mutable std::vector<std::vector<std::uint32_t>> attached_;
};

}  // namespace pf::sim
