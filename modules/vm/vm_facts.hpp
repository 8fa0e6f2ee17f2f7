// What is known of one virtual machine, whichever generation of Prism's API told it. Texts are the
// page's; the memory serves one VM after the other.
#pragma once

#include <cstdint>
#include <optional>
#include <prismforet/module.hpp>
#include <string_view>
#include <vector>

#include "vm_addresses.hpp"
#include "vm_size.hpp"

namespace vm {

// Something a VM refers to. v3 gives names with references, v4 leaves them to look-ups.
struct Reference {
    std::string_view uuid;
    std::string_view name;
};

struct DeviceAddress {
    std::string_view bus;  // "SCSI"
    std::optional<std::int64_t> index;
};

struct Disk {
    // What stands in data.disks: a CD-ROM drive only when it holds something.
    enum class Kind : std::uint8_t { disk, volume_group, cd_rom };
    Kind kind = Kind::disk;
    std::string_view uuid;
    DeviceAddress address;
    std::optional<std::int64_t> size;  // bytes; of a volume group it is not known here
    Reference container;
    std::string_view volume_group;  // UUID
    std::string_view image;         // UUID of what it was made of
};

struct Nic {
    std::string_view uuid;
    std::string_view type;  // "NORMAL_NIC"
    std::string_view mac;
    std::optional<bool> is_connected;
    Reference subnet;
    std::optional<std::int64_t> vlan;  // the NIC's own; most have their subnet's
};

struct Gpu {
    std::string_view name;
    std::string_view vendor;
    std::string_view mode;
    std::optional<std::int64_t> frame_buffer_bytes;
};

struct Boot {
    std::string_view type;  // "UEFI", "LEGACY"
    std::optional<bool> is_secure;
    DeviceAddress device;
};

struct GuestTools {
    bool exist = false;
    std::string_view version;
    std::optional<bool> is_installed;
    std::optional<bool> is_enabled;
    // The guest's operating system: "linux:64:Ubuntu Linux-22.04", "Ubuntu 22.04.5 LTS".
    std::string_view os_version;
    std::string_view os_full_name;
    std::string_view hostname;
    std::string_view last_boot;
};

// A word of Prism that means nothing to us, where one of a few was expected.
struct UnknownWord {
    std::string_view what;  // "guest tools state"
    std::string_view word;
};

// v4 gives the UUID, v3 key and value.
struct Category {
    std::string_view key;
    std::string_view value;
    std::string_view uuid;
    bool operator<(const Category& other) const noexcept;
};

struct Facts {
    // Ready for the next VM.
    void clear();

    // False: Prism shows nothing but who it is, since it is in a state of error. What is absent
    // below is then not known, instead of not there.
    bool has_resources = true;
    std::string_view trouble;  // Prism's words about that

    std::string_view name;
    std::string_view description;
    std::string_view created;
    Size size;
    std::string_view power_state;  // "ON"
    Reference cluster;
    Reference host;
    Reference project;
    std::string_view availability_zone;  // UUID
    std::string_view owner;              // UUID
    std::string_view machine_type;
    std::string_view bios_uuid;
    std::string_view timezone;
    std::optional<bool> is_agent;
    std::optional<bool> has_vtpm;
    std::optional<Boot> boot;
    GuestTools guest_tools;
    std::string_view protection_type;
    std::string_view protection_policy;  // UUID
    pf::Value custom_attributes;
    std::vector<Disk> disks;  // disks and volume groups, then CD-ROM drives
    std::vector<Nic> nics;
    Addresses addresses;  // of the NICs, by their positions
    std::vector<Gpu> gpus;
    std::vector<Category> categories;
    std::vector<UnknownWord> unknown_words;
};

}  // namespace vm
