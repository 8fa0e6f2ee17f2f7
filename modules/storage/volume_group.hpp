// Volume groups: disks that several VMs or iSCSI clients share.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "places.hpp"

namespace storage {

// Texts of disks and attachments are copies: by v4 they come page by page.
struct VolumeDisk {
    std::string uuid;
    std::optional<std::int64_t> index;
    std::optional<std::int64_t> size;  // bytes
    std::string container;             // UUID
    std::optional<bool> is_flash;
};
struct Attachment {
    std::string vm;  // UUID
    std::optional<std::int64_t> index;
};

// What is known of a volume group, whichever generation told it. Texts are the page's.
struct VolumeGroup {
    std::string_view id;
    std::string_view name;
    std::string_view description;
    Cluster cluster;
    std::string_view sharing;  // "SHARED"
    std::string_view target_prefix;
    std::string_view target_name;
    std::string_view usage_type;
    std::string_view attachment_type;
    std::string_view protocol;
    std::string_view authentication;  // how; never with what
    std::string_view created_by;
    std::optional<bool> is_load_balanced;
    std::optional<bool> is_flash;
    std::string_view unknown_flash_mode;  // a word this version does not know
    std::optional<bool> is_hidden;
    // Nothing: could not be found out.
    std::optional<std::vector<VolumeDisk>> disks;
    std::optional<std::vector<Attachment>> attachments;
};

// Without disks and attachments, which v4 tells elsewhere; those that stand in the list count.
VolumeGroup read_volume_group_v4(pf::Value entity);
VolumeGroup read_volume_group_v3(pf::Value entity);
VolumeDisk read_volume_disk_v4(pf::Value entity);

}  // namespace storage
