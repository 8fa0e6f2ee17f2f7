#include "tests/prism_sim/model/volumes.hpp"
#include "tests/prism_sim/v4/entities.hpp"

namespace pf::sim {
namespace {

void write_flash_mode(ObjectWriter& out, bool is_enabled) {
    out.open("flashMode", "volumes.v4.config.FlashMode");
    out.flag("isEnabled", is_enabled);
    out.close();
}

std::string_view attachment_type(const VolumeGroup& group, bool is_attached) {
    if (group.is_external) return "EXTERNAL";
    return is_attached ? "DIRECT" : "NONE";
}

}  // namespace

void write_volume_group(ObjectWriter& out, const World& world, std::uint32_t index,
                        bool is_attached) {
    const VolumeGroup& group = world.volume_groups[index];
    const std::string_view authentication = group.has_chap ? "CHAP" : "NONE";
    out.open_item("volumes.v4.config.VolumeGroup");
    out.uuid("extId", group.id);
    out.text("name", group.name);
    if (!group.description.empty()) out.text("description", group.description);
    out.flag("shouldLoadBalanceVmAttachments", group.is_load_balanced);
    out.plain("sharingStatus", group.is_shared ? "SHARED" : "NOT_SHARED");
    out.text("targetName", group.name + "-" + to_text(group.id));
    out.open("iscsiFeatures", "volumes.v4.config.IscsiFeatures");
    out.plain("enabledAuthentications", authentication);
    // A client must not pass it on.
    if (group.has_chap) out.plain("targetSecret", "never-emitted-secret");
    out.close();
    out.plain("enabledAuthentications", authentication);
    out.text("createdBy", world.users[0].name);
    out.uuid("clusterReference", world.clusters[group.cluster].id);
    out.open("storageFeatures", "volumes.v4.config.StorageFeatures");
    write_flash_mode(out, group.is_flash);
    out.close();
    out.plain("usageType", group.is_hidden ? "INTERNAL" : "USER");
    out.plain("attachmentType", attachment_type(group, is_attached));
    out.plain("protocol", group.is_external ? "ISCSI" : "NOT_ASSIGNED");
    out.flag("isHidden", group.is_hidden);
    if (world.lists_volume_disks) {
        out.open_list("disks");
        for (const VolumeDisk& disk : group.disks) write_volume_disk(out, world, disk);
        out.close_list();
    }
    out.close();
}

void write_volume_disk(ObjectWriter& out, const World& world, const VolumeDisk& disk) {
    out.open_item("volumes.v4.config.VolumeDisk");
    out.uuid("extId", disk.id);
    out.number("index", disk.index);
    out.number("diskSizeBytes", disk.bytes);
    out.uuid("storageContainerId", world.containers[disk.container].id);
    out.plain("description", "");
    out.open("diskStorageFeatures", "volumes.v4.config.DiskStorageFeatures");
    write_flash_mode(out, disk.is_flash);
    out.close();
    out.close();
}

void write_vm_attachment(ObjectWriter& out, const Uuid& vm, std::uint32_t index) {
    out.open_item("volumes.v4.config.VmAttachment");
    out.uuid("extId", vm);
    out.number("index", index);
    out.close();
}

}  // namespace pf::sim
