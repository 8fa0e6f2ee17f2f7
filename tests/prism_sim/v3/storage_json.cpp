#include "tests/prism_sim/v3/entities.hpp"
#include "tests/prism_sim/v3/intent_writer.hpp"

namespace pf::sim::v3 {
namespace {

constexpr std::uint64_t kMiB = 1ULL << 20;
constexpr std::uint64_t kFirstGroupUs = 1'767'225'600'000'000ULL;

void write_disks(JsonWriter& out, const World& world, const VolumeGroup& group) {
    out.open_list("disk_list");
    for (const VolumeDisk& disk : group.disks) {
        out.open_item();
        out.uuid("vmdisk_uuid", disk.id);
        out.number("index", disk.index);
        out.number("disk_size_mib", disk.bytes / kMiB);
        out.uuid("storage_container_uuid", world.containers[disk.container].id);
        out.close();
    }
    out.close_list();
}

}  // namespace

void write_volume_group(JsonWriter& out, const World& world, std::uint32_t index,
                        const std::vector<Uuid>& vms) {
    const VolumeGroup& group = world.volume_groups[index];
    const Cluster& cluster = world.clusters[group.cluster];
    out.open("status");
    out.text("name", group.name);
    out.plain("state", "COMPLETE");
    out.text("description", group.description);
    reference(out, "cluster_reference", "cluster", cluster.id, cluster.name);
    out.open("resources");
    out.plain("flash_mode", group.is_flash ? "ENABLED" : "DISABLED");
    out.plain("sharing_status", group.is_shared ? "SHARED" : "NOT_SHARED");
    out.text("iscsi_target_prefix", group.name);
    write_disks(out, world, group);
    out.open_list("attachment_list");
    for (const Uuid& vm : vms) {
        out.open_item();
        reference(out, "vm_reference", "vm", vm);
        out.close();
    }
    out.close_list();
    out.close();
    out.close();
    out.open("spec");
    out.text("name", group.name);
    empty_object(out, "resources");
    out.close();
    const std::uint64_t created = kFirstGroupUs + index * 3600ULL * 1'000'000ULL;
    write_metadata(out, world,
                   {.kind = "volume_group",
                    .id = group.id,
                    .created_us = created,
                    .updated_us = created,
                    .owner = 0,
                    .project = 0});
}

}  // namespace pf::sim::v3
