#include "tests/prism_sim/model/random.hpp"
#include "tests/prism_sim/model/time_text.hpp"
#include "tests/prism_sim/v4/entities.hpp"

namespace pf::sim {
namespace {

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

struct Backing {
    const Uuid& id;
    std::uint64_t bytes;
    std::uint32_t container;
    std::uint32_t image;
    bool is_flash;
};

void write_backing(ObjectWriter& out, const World& world, const Backing& disk) {
    out.open("backingInfo", "vmm.v4.ahv.config.VmDisk");
    out.uuid("diskExtId", disk.id);
    out.number("diskSizeBytes", disk.bytes);
    out.open("storageContainer", "vmm.v4.ahv.config.VmDiskContainerReference");
    out.uuid("extId", world.containers[disk.container].id);
    out.close();
    out.open("storageConfig", "vmm.v4.ahv.config.VmDiskStorageConfig");
    out.flag("isFlashModeEnabled", disk.is_flash);
    out.close();
    out.flag("isMigrationInProgress", false);
    if (disk.image != kNone) {
        out.open("dataSource", "vmm.v4.ahv.config.DataSource");
        out.open("reference", "vmm.v4.ahv.config.ImageReference");
        out.uuid("imageExtId", world.images[disk.image].id);
        out.close();
        out.plain("$referenceItemDiscriminator", "vmm.v4.ahv.config.ImageReference");
        out.close();
    }
    out.close();
}

void write_disk(ObjectWriter& out, const World& world, const DiskFacts& disk) {
    out.open_item("vmm.v4.ahv.config.Disk");
    out.uuid("extId", disk.id);
    out.open("diskAddress", "vmm.v4.ahv.config.DiskAddress");
    out.plain("busType", bus_text(disk.bus));
    out.number("index", disk.index);
    out.close();
    if (disk.is_volume_group) {
        out.open("backingInfo", "vmm.v4.ahv.config.ADSFVolumeGroupReference");
        out.uuid("volumeGroupExtId", disk.volume_group);
        out.close();
        out.plain("$backingInfoItemDiscriminator", "vmm.v4.ahv.config.ADSFVolumeGroupReference");
    } else {
        write_backing(out, world, {disk.id, disk.bytes, disk.container, disk.image, disk.is_flash});
        out.plain("$backingInfoItemDiscriminator", "vmm.v4.ahv.config.VmDisk");
    }
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

void write_guest_info(ObjectWriter& out, const VmFacts& vm) {
    const GuestSystem& guest = kGuestSystems[vm.guest];
    out.open("guestInfo", "vmm.v4.ahv.config.GuestInfo");
    out.plain("guestOsFullName", guest.full_name);
    out.plain("guestOsBuildNumber", guest.build);
    out.open_common("dnsName", "common.v1.config.FQDN");
    char host[48];
    char* at = std::to_chars(host + 2, host + 24, vm.serial).ptr;
    std::memcpy(host, "vm", 2);
    std::memcpy(at, ".example.test", 13);
    out.plain("value", {host, static_cast<std::size_t>(at - host) + 13});
    out.close();
    out.flag("isVmMobilityDriversInstalled", true);
    out.plain("lastBootUpTime", TimeText(vm.booted_us).seconds());
    out.close();
}

}  // namespace

void write_vm_disks(ObjectWriter& out, const World& world, const VmFacts& vm) {
    if (vm.disk_count == 0) return;
    out.open_list("disks");
    for (std::uint32_t i = 0; i < vm.disk_count; ++i) write_disk(out, world, vm.disks[i]);
    out.close_list();
}

void write_vm_cdroms(ObjectWriter& out, const World& world, const VmFacts& vm) {
    if (vm.cdrom_count == 0) return;
    out.open_list("cdRoms");
    for (std::uint32_t i = 0; i < vm.cdrom_count; ++i) {
        const CdRomFacts& cdrom = vm.cdroms[i];
        out.open_item("vmm.v4.ahv.config.CdRom");
        out.uuid("extId", cdrom.id);
        out.open("diskAddress", "vmm.v4.ahv.config.CdRomAddress");
        out.plain("busType", cdrom.is_sata ? "SATA" : "IDE");
        out.number("index", i);
        out.close();
        if (cdrom.is_filled)
            write_backing(out, world, {cdrom.id, cdrom.bytes, cdrom.container, cdrom.image, false});
        out.plain("isoType", cdrom.is_guest_tools ? "GUEST_TOOLS" : "OTHER");
        out.close();
    }
    out.close_list();
}

void write_vm_gpus(ObjectWriter& out, const VmFacts& vm) {
    if (vm.gpu_count == 0) return;
    out.open_list("gpus");
    for (std::uint32_t i = 0; i < vm.gpu_count; ++i) {
        const GpuFacts& gpu = vm.gpus[i];
        out.open_item("vmm.v4.ahv.config.Gpu");
        out.uuid("extId", gpu.id);
        out.plain("mode", gpu_mode(gpu.use));
        out.plain("vendor", "NVIDIA");
        out.number("deviceId", 8757);
        out.plain("name", gpu.use == GpuUse::virtual_gpu ? "NVIDIA A16-4Q" : "NVIDIA A16");
        if (gpu.use == GpuUse::virtual_gpu) {
            out.number("fraction", 4);
            out.number("frameBufferSizeBytes", 4'294'967'296);
            out.number("numVirtualDisplayHeads", 4);
            out.plain("guestDriverVersion", "535.104");
        }
        out.open("pciAddress", "vmm.v4.ahv.config.SBDF");
        out.number("segment", 0);
        out.number("bus", gpu.bus);
        out.number("device", 0);
        out.number("func", 0);
        out.close();
        out.close();
    }
    out.close_list();
}

void write_vm_guest_tools(ObjectWriter& out, const VmFacts& vm) {
    out.open("guestTools", "vmm.v4.ahv.config.GuestTools");
    if (vm.are_tools_installed) out.plain("version", "4.2.1");
    out.flag("isInstalled", vm.are_tools_installed);
    out.flag("isEnabled", vm.are_tools_installed);
    out.flag("isIsoInserted", vm.cdrom_count != 0 && vm.cdroms[0].is_guest_tools);
    out.plain("availableVersion", "4.2.1");
    if (vm.are_tools_installed) out.plain("guestOsVersion", kGuestSystems[vm.guest].tools_text);
    out.flag("isReachable", vm.are_tools_reachable);
    out.flag("isVssSnapshotCapable", vm.are_tools_reachable);
    out.flag("isVmMobilityDriversInstalled", vm.are_tools_installed);
    out.flag("isCommunicationActiveOverSerialPort", false);
    if (vm.are_tools_installed) {
        out.open_list("capabilities");
        out.element("SELF_SERVICE_RESTORE");
        out.element("VSS_SNAPSHOT");
        out.close_list();
        if (out.since(2) && vm.are_tools_reachable) write_guest_info(out, vm);
    }
    out.close();
}

}  // namespace pf::sim
