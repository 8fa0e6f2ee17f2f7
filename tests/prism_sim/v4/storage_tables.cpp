#include "tests/prism_sim/v4/detail.hpp"
#include "tests/prism_sim/v4/entities.hpp"

namespace pf::sim {
namespace {

constexpr CollectionNames kContainers = {"clustermgmt",
                                         "config/storage-containers",
                                         "clustermgmt.v4.config.StorageContainer",
                                         "clustermgmt.v4.config.ListStorageContainersApiResponse",
                                         "clustermgmt.v4.config.GetStorageContainerApiResponse",
                                         "storage container",
                                         "containerExtId",
                                         "storage_container"};
constexpr CollectionNames kVolumeGroups = {"volumes",
                                           "config/volume-groups",
                                           "volumes.v4.config.VolumeGroup",
                                           "volumes.v4.config.ListVolumeGroupsApiResponse",
                                           "volumes.v4.config.GetVolumeGroupApiResponse",
                                           "volume group",
                                           "extId",
                                           "volume_group"};
constexpr CollectionNames kVolumeDisks = {"volumes",
                                          "config/volume-groups/disks",
                                          "volumes.v4.config.VolumeDisk",
                                          "volumes.v4.config.ListVolumeDisksApiResponse",
                                          "volumes.v4.config.GetVolumeDiskApiResponse",
                                          "volume disk",
                                          "extId",
                                          "volume_group_disk"};
constexpr CollectionNames kVmAttachments = {"volumes",
                                            "config/volume-groups/vm-attachments",
                                            "volumes.v4.config.VmAttachment",
                                            "volumes.v4.config.ListVmAttachmentsApiResponse",
                                            "volumes.v4.config.ListVmAttachmentsApiResponse",
                                            "VM attachment",
                                            "extId",
                                            "volume_group_attachment"};

Table container_table(const World& w) {
    return {kContainers,
            size_of(w.containers),
            id_of(w.containers),
            name_of(w.containers),
            by_cluster(w, w.containers, "clusterExtId"),
            [&w](ObjectWriter& out, std::uint32_t i) { write_container(out, w, i); },
            cluster_of(w.containers),
            "containerExtId"};
}

// The VMs attached to a group that exist now and are seen.
std::vector<Uuid> attached_vms(const World& w, VmRoster& roster,
                               const VolumeAttachments& attachments, std::uint32_t group) {
    std::vector<Uuid> vms;
    for (const std::uint32_t serial : attachments.of(group))
        if (const Uuid id = vm_id(w, serial); roster.find(id)) vms.push_back(id);
    return vms;
}

Table volume_group_table(const World& w, VmRoster& roster,
                         std::shared_ptr<const VolumeAttachments> attachments) {
    return {kVolumeGroups,
            size_of(w.volume_groups),
            id_of(w.volume_groups),
            name_of(w.volume_groups),
            by_cluster(w, w.volume_groups, "clusterReference"),
            [&w, &roster, attachments](ObjectWriter& out, std::uint32_t i) {
                write_volume_group(out, w, i, !attached_vms(w, roster, *attachments, i).empty());
            },
            cluster_of(w.volume_groups)};
}

Table disk_table(const World& w, std::uint32_t group) {
    const std::vector<VolumeDisk>& disks = w.volume_groups[group].disks;
    return {
        kVolumeDisks,
        size_of(disks),
        id_of(disks),
        [&disks](std::uint32_t i) { return std::to_string(disks[i].index); },
        nullptr,
        [&w, &disks](ObjectWriter& out, std::uint32_t i) { write_volume_disk(out, w, disks[i]); },
        nullptr,
        "extId",
        "index"};
}

Table attachment_table(std::vector<Uuid> all) {
    const auto vms = std::make_shared<const std::vector<Uuid>>(std::move(all));
    return {kVmAttachments,
            [vms] { return static_cast<std::uint32_t>(vms->size()); },
            [vms](std::uint32_t i) { return (*vms)[i]; },
            [](std::uint32_t i) { return std::to_string(i); },
            nullptr,
            [vms](ObjectWriter& out, std::uint32_t i) { write_vm_attachment(out, (*vms)[i], i); },
            nullptr,
            "extId",
            "index"};
}

}  // namespace

std::vector<Table> make_storage_tables(const World& world, VmRoster& roster) {
    return {container_table(world),
            volume_group_table(world, roster, std::make_shared<VolumeAttachments>(world))};
}

std::vector<DetailList> make_volume_details(const World& w, VmRoster& roster,
                                            const Permissions& permissions) {
    const auto find = [&w, &permissions](const Uuid& id) -> std::optional<std::uint32_t> {
        for (std::uint32_t i = 0; i < w.volume_groups.size(); ++i)
            if (w.volume_groups[i].id == id && permissions.sees_cluster(w.volume_groups[i].cluster))
                return i;
        return std::nullopt;
    };
    const auto attachments = std::make_shared<VolumeAttachments>(w);
    return {{"volumes", kVolumeGroups.path, "disks", kVolumeGroups.word, find,
             [&w](std::uint32_t group) { return disk_table(w, group); }},
            {"volumes", kVolumeGroups.path, "vm-attachments", kVolumeGroups.word, find,
             [&w, &roster, attachments](std::uint32_t group) {
                 return attachment_table(attached_vms(w, roster, *attachments, group));
             }}};
}

}  // namespace pf::sim
