#pragma once
// Everything that is true about one VM, without any wire format.
// A VM is named by its serial number; its facts follow from the world's seed and the serial, and
// how often it was changed, so next to nothing has to be stored per VM. v4 and v3 serialisers read
// the same facts.

#include <array>
#include <cstdint>
#include <string>

#include "tests/prism_sim/model/world.hpp"

namespace pf::sim {

enum class PowerState : std::uint8_t { on, off, paused, undetermined, suspended };
enum class DiskBus : std::uint8_t { scsi, ide, pci, sata };
enum class BootKind : std::uint8_t { none, legacy, uefi, secure };
enum class Protection : std::uint8_t { unprotected, domain, rule };
enum class GuestFamily : std::uint8_t { linux, windows };
enum class GpuUse : std::uint8_t { virtual_gpu, graphics, compute };

/// Where a VM is; cheap enough to ask for every VM.
struct Placement {
    std::uint32_t cluster = 0;
    std::uint32_t host = kNone;  ///< kNone when not running.
    PowerState power = PowerState::off;
    bool is_minimal = false;  ///< A VM with the least a server sends.
    bool has_cluster = true;  ///< False: it names none, as one that is just being made.
};

struct DiskFacts {
    Uuid id;
    Uuid volume_group;
    std::uint64_t bytes = 0;
    std::uint32_t container = 0;
    std::uint32_t image = kNone;
    std::uint32_t index = 0;
    DiskBus bus = DiskBus::scsi;
    bool is_volume_group = false;
    bool is_flash = false;
};

struct CdRomFacts {
    Uuid id;
    std::uint64_t bytes = 0;
    std::uint32_t container = 0;
    std::uint32_t image = kNone;
    bool is_filled = false;
    bool is_guest_tools = false;
    bool is_sata = false;
};

struct NicFacts {
    Uuid id;
    std::uint64_t mac = 0;
    std::uint32_t subnet = 0;
    Ipv4 assigned = 0;  ///< 0: none.
    std::array<Ipv4, 3> learned{};
    std::uint32_t learned_count = 0;  ///< The assigned address is usually among them.
    Ipv4 secondary = 0;
    std::uint64_t ipv6_low = 0;  ///< 0: no IPv6 address learned.
    NicForm form = NicForm::both;
    bool is_connected = true, is_e1000 = false, is_trunk = false, is_direct = false;
};

struct GpuFacts {
    Uuid id;
    GpuUse use = GpuUse::virtual_gpu;
    std::uint32_t bus = 0;
};

struct VmFacts {
    std::uint64_t serial = 0;
    Uuid id;
    std::string name, description;
    Placement place;
    std::uint64_t created_us = 0, updated_us = 0, booted_us = 0;
    std::uint32_t sockets = 1, cores = 1, threads = 1, numa_nodes = 0;
    std::uint64_t memory_bytes = 0;
    std::uint32_t project = kNone, owner = kNone, guest = 0;
    std::uint32_t throttled_iops = 0;
    BootKind boot = BootKind::legacy;
    Protection protection = Protection::unprotected;
    bool has_vtpm = false, is_agent = false, has_source = false, has_links = false;
    bool has_guest_tools = false, are_tools_installed = false, are_tools_reachable = false;
    bool has_serial_port = false, has_storage_config = false, has_custom_attributes = false;
    bool is_hotplug = true, is_overcommitted = false, has_apc = false;
    std::array<std::uint32_t, 6> categories{};
    std::uint32_t category_count = 0;
    std::array<DiskFacts, 8> disks;
    std::uint32_t disk_count = 0;
    std::array<CdRomFacts, 2> cdroms;
    std::uint32_t cdrom_count = 0;
    std::array<NicFacts, 4> nics;
    std::uint32_t nic_count = 0;
    std::array<GpuFacts, 2> gpus;
    std::uint32_t gpu_count = 0;
};

struct GuestSystem {
    GuestFamily family;
    const char* full_name;
    const char* build;
    const char* tools_text;  ///< The older one-line form.
};
/// Operating systems VmFacts::guest chooses from.
inline constexpr std::array<GuestSystem, 6> kGuestSystems = {{
    {GuestFamily::linux, "Ubuntu 22.04.5 LTS", "5.15.0", "linux:64:Ubuntu Linux-22.04"},
    {GuestFamily::linux, "Debian GNU/Linux 12 (bookworm)", "6.1.0", "linux:64:Debian-12"},
    {GuestFamily::linux, "Rocky Linux 9.4 (Blue Onyx)", "5.14.0", "linux:64:Rocky Linux-9.4"},
    {GuestFamily::linux, "Red Hat Enterprise Linux 8.10", "4.18.0", "linux:64:RHEL-8.10"},
    {GuestFamily::windows, "Microsoft Windows Server 2022 Datacenter", "20348",
     "windows:64:Windows Server 2022 Datacenter"},
    {GuestFamily::windows, "Microsoft Windows 11 Enterprise", "22631",
     "windows:64:Windows 11 Enterprise"},
}};

Uuid vm_id(const World& world, std::uint64_t serial);
/// Changes when a VM is reverted or cloned.
Uuid vm_generation_id(const World& world, std::uint64_t serial);
/// The VM this one was cloned from, for VMs with has_source.
Uuid vm_source_id(const World& world, std::uint64_t serial);
std::string vm_name(const World& world, std::uint64_t serial);
Placement place_vm(const World& world, std::uint64_t serial);
/// Fills `vm` completely; strings keep their memory from the VM described before.
void describe_vm(const World& world, std::uint64_t serial, VmFacts& vm);
/// Disks, CD-ROMs, NICs and GPUs of a VM whose other facts are filled.
void describe_devices(const World& world, VmFacts& vm);

}  // namespace pf::sim
