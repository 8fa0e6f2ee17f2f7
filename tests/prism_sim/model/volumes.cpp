#include "tests/prism_sim/model/volumes.hpp"

#include <array>

#include "tests/prism_sim/model/random.hpp"
#include "tests/prism_sim/model/vm_facts.hpp"
#include "tests/prism_sim/model/world.hpp"

namespace pf::sim {
namespace {

constexpr std::uint64_t kGiB = 1ULL << 30;
constexpr std::uint64_t kDisksPerGroup = 256;  // Ids of the disks of one group: number * this + n.

void add_disks(const World& world, std::uint32_t number, VolumeGroup& group) {
    static constexpr std::array<std::uint32_t, 6> kSizesGiB = {10, 50, 100, 250, 500, 2000};
    Draws draws(world.seed(), Kind::volume_disk, number);
    const std::uint32_t roll = draws.below(100);
    // Some groups have none, and one has more than fit on a page.
    std::uint32_t count = roll < 3 ? 0 : 1 + draws.below(4);
    if (number == 5) count = 120;
    const Cluster& cluster = world.clusters[group.cluster];
    for (std::uint32_t i = 0; i < count; ++i) {
        VolumeDisk disk;
        disk.id = make_uuid(world.seed(), Kind::volume_disk, number * kDisksPerGroup + i);
        disk.index = i;
        disk.bytes = draws.pick(kSizesGiB) * kGiB;
        disk.container = cluster.first_container + (draws.chance(70) ? 0U : 1U);
        disk.is_flash = group.is_flash;
        group.disks.push_back(disk);
    }
}

}  // namespace

std::vector<VolumeGroup> make_volume_groups(const World& world, std::uint32_t count) {
    static constexpr std::array<const char*, 4> kUses = {"db", "files", "k8s", "mail"};
    std::vector<VolumeGroup> groups;
    for (std::uint32_t i = 0; i < count; ++i) {
        Draws draws(world.seed(), Kind::volume_group_facts, i);
        VolumeGroup group;
        group.id = make_uuid(world.seed(), Kind::volume_group, i);
        group.name = std::string("vg-") + kUses[i % kUses.size()] + "-" + std::to_string(i);
        if (i % 16 == 3) group.name = "볼륨 그룹 (Büro) " + std::to_string(i);
        if (draws.chance(60)) group.description = std::string(kUses[i % kUses.size()]) + " data";
        group.cluster = i % static_cast<std::uint32_t>(world.clusters.size());
        group.is_shared = draws.chance(20);
        group.is_external = draws.chance(30);
        group.has_chap = group.is_external && draws.chance(40);
        group.is_load_balanced = draws.chance(10);
        group.is_hidden = draws.rarely(10);
        group.is_flash = draws.chance(8);
        add_disks(world, i, group);
        groups.push_back(std::move(group));
    }
    return groups;
}

std::uint64_t used_bytes(const World& world, std::uint32_t container) {
    const std::uint64_t capacity = world.containers[container].capacity_bytes;
    const std::uint64_t percent = Draws(world.seed(), Kind::container, container).below(80);
    return capacity - capacity / 100 * (100 - percent);
}

const std::vector<std::uint32_t>& VolumeAttachments::of(std::uint32_t group) const {
    std::call_once(once_, [this] {
        std::map<Uuid, std::uint32_t> numbers;
        attached_.resize(world_.volume_groups.size());
        for (std::uint32_t i = 0; i < attached_.size(); ++i)
            numbers.emplace(world_.volume_groups[i].id, i);
        VmFacts vm;
        for (std::uint32_t serial = 0; serial < world_.size.vms; ++serial) {
            describe_vm(world_, serial, vm);
            for (std::uint32_t d = 0; d < vm.disk_count; ++d) {
                if (!vm.disks[d].is_volume_group) continue;
                const auto found = numbers.find(vm.disks[d].volume_group);
                if (found == numbers.end()) continue;
                std::vector<std::uint32_t>& vms = attached_[found->second];
                if (vms.empty() || vms.back() != serial) vms.push_back(serial);
            }
        }
    });
    return attached_[group];
}

}  // namespace pf::sim
