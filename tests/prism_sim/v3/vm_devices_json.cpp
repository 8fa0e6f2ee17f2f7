#include "tests/prism_sim/v3/entities.hpp"
#include "tests/prism_sim/v3/intent_writer.hpp"

namespace pf::sim::v3 {
namespace {

constexpr std::uint64_t kMiB = 1ULL << 20;

std::string_view bus_text(DiskBus bus) {
    switch (bus) {
        case DiskBus::scsi:
            return "SCSI";
        case DiskBus::ide:
            return "IDE";
        case DiskBus::pci:
            return "PCI";
        case DiskBus::sata:
            break;
    }
    return "SATA";
}

struct Place {
    std::string_view device_type, adapter_type;
    std::uint32_t index;
};

void write_place(JsonWriter& out, const Place& place) {
    out.open("device_properties");
    out.plain("device_type", place.device_type);
    out.open("disk_address");
    out.plain("adapter_type", place.adapter_type);
    out.number("device_index", place.index);
    out.close();
    out.close();
}

struct Backing {
    std::uint64_t bytes;
    std::uint32_t container, image;
    bool is_flash;
};

void write_backing(JsonWriter& out, const World& world, const Backing& backing) {
    out.flag("is_migration_in_progress", false);
    out.number("disk_size_bytes", backing.bytes);
    out.number("disk_size_mib", (backing.bytes + kMiB - 1) / kMiB);
    const Container& container = world.containers[backing.container];
    out.open("storage_config");
    out.plain("flash_mode", backing.is_flash ? "ENABLED" : "DISABLED");
    reference(out, "storage_container_reference", "storage_container", container.id,
              container.name);
    out.close();
    if (backing.image != kNone)
        reference(out, "data_source_reference", "image", world.images[backing.image].id);
}

void write_disk(JsonWriter& out, const World& world, const DiskFacts& disk) {
    out.open_item();
    out.uuid("uuid", disk.id);
    if (disk.is_volume_group) {
        write_place(out, {"VOLUME_GROUP", bus_text(disk.bus), disk.index});
        reference(out, "volume_group_reference", "volume_group", disk.volume_group);
    } else {
        out.flag("is_encryption_in_progress", false);
        write_backing(out, world, {disk.bytes, disk.container, disk.image, disk.is_flash});
        write_place(out, {"DISK", bus_text(disk.bus), disk.index});
    }
    out.close();
}

void write_cdrom(JsonWriter& out, const World& world, const CdRomFacts& cdrom,
                 std::uint32_t index) {
    out.open_item();
    out.uuid("uuid", cdrom.id);
    out.flag("is_encryption_in_progress", false);
    if (cdrom.is_filled)
        write_backing(out, world, {cdrom.bytes, cdrom.container, cdrom.image, false});
    write_place(out, {"CDROM", cdrom.is_sata ? "SATA" : "IDE", index});
    out.close();
}

std::string_view gpu_mode(GpuUse use) {
    switch (use) {
        case GpuUse::virtual_gpu:
            return "VIRTUAL";
        case GpuUse::graphics:
            return "PASSTHROUGH_GRAPHICS";
        case GpuUse::compute:
            break;
    }
    return "PASSTHROUGH_COMPUTE";
}

// "0000:3b:00.0"
void write_pci_address(JsonWriter& out, std::uint32_t bus) {
    static constexpr char kDigits[] = "0123456789abcdef";
    char text[] = "0000:00:00.0";
    text[5] = kDigits[bus >> 4 & 15];
    text[6] = kDigits[bus & 15];
    out.plain("pci_address", {text, sizeof text - 1});
}

}  // namespace

void write_vm_disks(JsonWriter& out, const World& world, const VmFacts& vm) {
    out.open_list("disk_list");
    for (std::uint32_t i = 0; i < vm.disk_count; ++i) write_disk(out, world, vm.disks[i]);
    for (std::uint32_t i = 0; i < vm.cdrom_count; ++i) write_cdrom(out, world, vm.cdroms[i], i);
    out.close_list();
}

void write_vm_gpus(JsonWriter& out, const VmFacts& vm) {
    out.open_list("gpu_list");
    for (std::uint32_t i = 0; i < vm.gpu_count; ++i) {
        const GpuFacts& gpu = vm.gpus[i];
        out.open_item();
        out.plain("mode", gpu_mode(gpu.use));
        out.plain("vendor", "NVIDIA");
        out.number("device_id", 8757);
        out.plain("name", gpu.use == GpuUse::virtual_gpu ? "NVIDIA A16-4Q" : "NVIDIA A16");
        if (gpu.use == GpuUse::virtual_gpu) {
            out.number("frame_buffer_size_mib", 4096);
            out.number("num_virtual_display_heads", 4);
            out.number("fraction", 4);
            out.plain("guest_driver_version", "535.104");
        }
        write_pci_address(out, gpu.bus);
        out.uuid("uuid", gpu.id);
        out.close();
    }
    out.close_list();
}

void write_vm_guest_tools(JsonWriter& out, const VmFacts& vm) {
    const bool is_installed = vm.are_tools_installed;
    const bool is_mounted = vm.cdrom_count != 0 && vm.cdroms[0].is_guest_tools;
    out.open("guest_tools");
    out.open("nutanix_guest_tools");
    out.plain("state", is_installed ? "ENABLED" : "DISABLED");
    out.plain("ngt_state", is_installed ? "INSTALLED" : "UNINSTALLED");
    if (is_installed) out.plain("version", "4.2.1");
    out.plain("available_version", "4.2.1");
    out.flag("is_reachable", vm.are_tools_reachable);
    out.flag("vss_snapshot_capable", vm.are_tools_reachable);
    out.flag("vm_mobility_drivers_installed", is_installed);
    if (is_installed) {
        out.plain("guest_os_version", kGuestSystems[vm.guest].tools_text);
        out.open_list("enabled_capability_list");
        out.element("SELF_SERVICE_RESTORE");
        out.element("VSS_SNAPSHOT");
        out.close_list();
    }
    out.plain("iso_mount_state", is_mounted ? "MOUNTED" : "UNMOUNTED");
    out.close();
    out.close();
}

}  // namespace pf::sim::v3
