#include "volume_group.hpp"

#include <limits>

namespace storage {
namespace {

constexpr std::int64_t mib = std::int64_t{1} << 20;

std::optional<std::int64_t> at_least_zero(pf::Value value) {
    const std::optional<std::int64_t> number = value.i64();
    return number.value_or(-1) >= 0 ? number : std::nullopt;
}

std::optional<std::int64_t> bytes_of_mib(pf::Value value) {
    const std::optional<std::int64_t> number = at_least_zero(value);
    const bool fits = number && *number <= std::numeric_limits<std::int64_t>::max() / mib;
    return fits ? std::optional(*number * mib) : std::nullopt;
}

std::vector<VolumeDisk> disks_v3(pf::Value list) {
    std::vector<VolumeDisk> disks;
    for (const pf::Value entry : list) {
        VolumeDisk disk;
        disk.uuid = entry["vmdisk_uuid"].str();
        disk.index = at_least_zero(entry["index"]);
        disk.size = bytes_of_mib(entry["disk_size_mib"]);
        disk.container = entry["storage_container_uuid"].str();
        disks.push_back(std::move(disk));
    }
    return disks;
}

std::vector<Attachment> attachments_v3(pf::Value list) {
    std::vector<Attachment> attachments;
    for (const pf::Value entry : list) {
        const std::string_view vm = entry["vm_reference"]["uuid"].str();
        if (!vm.empty()) attachments.push_back({std::string(vm), std::nullopt});
    }
    return attachments;
}

}  // namespace

VolumeDisk read_volume_disk_v4(pf::Value entity) {
    VolumeDisk disk;
    disk.uuid = entity["extId"].str();
    disk.index = at_least_zero(entity["index"]);
    disk.size = at_least_zero(entity["diskSizeBytes"]);
    disk.container = entity["storageContainerId"].str();
    disk.is_flash = entity["diskStorageFeatures"]["flashMode"]["isEnabled"].boolean();
    return disk;
}

// iscsiFeatures is never read: it may hold the secret of the target.
VolumeGroup read_volume_group_v4(pf::Value entity) {
    VolumeGroup group;
    group.id = entity["extId"].str();
    group.name = entity["name"].str();
    group.description = entity["description"].str();
    group.is_load_balanced = entity["shouldLoadBalanceVmAttachments"].boolean();
    group.sharing = entity["sharingStatus"].str();
    group.target_prefix = entity["targetPrefix"].str();
    group.target_name = entity["targetName"].str();
    group.authentication = entity["enabledAuthentications"].str();
    group.created_by = entity["createdBy"].str();
    group.cluster.uuid = entity["clusterReference"].str();
    group.is_flash = entity["storageFeatures"]["flashMode"]["isEnabled"].boolean();
    group.usage_type = entity["usageType"].str();
    group.attachment_type = entity["attachmentType"].str();
    group.protocol = entity["protocol"].str();
    group.is_hidden = entity["isHidden"].boolean();
    const pf::Value disks = entity["disks"];
    if (disks.kind() == pf::Kind::array && disks.first().exists()) {
        group.disks.emplace();
        for (const pf::Value disk : disks) group.disks->push_back(read_volume_disk_v4(disk));
    }
    return group;
}

VolumeGroup read_volume_group_v3(pf::Value entity) {
    VolumeGroup group;
    const pf::Value status = entity["status"];
    const pf::Value resources = status["resources"];
    group.name = status["name"].str(entity["spec"]["name"].str());
    group.description = status["description"].str();
    group.cluster = {status["cluster_reference"]["uuid"].str(),
                     status["cluster_reference"]["name"].str()};
    const std::string_view flash = resources["flash_mode"].str();
    if (flash == "ENABLED" || flash == "DISABLED") {
        group.is_flash = flash == "ENABLED";
    } else {
        group.unknown_flash_mode = flash;
    }
    group.sharing = resources["sharing_status"].str();
    group.target_prefix = resources["iscsi_target_prefix"].str();
    group.id = entity["metadata"]["uuid"].str();
    // In a state of error Prism shows nothing but who it is.
    if (resources.kind() == pf::Kind::object && !resources.first().is_absent()) {
        group.disks = disks_v3(resources["disk_list"]);
        group.attachments = attachments_v3(resources["attachment_list"]);
    }
    return group;
}

}  // namespace storage
