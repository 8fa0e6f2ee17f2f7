#include "tests/prism_sim/model/random.hpp"
#include "tests/prism_sim/model/time_text.hpp"
#include "tests/prism_sim/v4/entities.hpp"

namespace pf::sim {
namespace {

constexpr Uuid kNobody{};

std::string_view power_text(PowerState power) {
    switch (power) {
        case PowerState::on:
            return "ON";
        case PowerState::off:
            return "OFF";
        case PowerState::paused:
            return "PAUSED";
        case PowerState::suspended:
            return "SUSPENDED";
        case PowerState::undetermined:
            break;
    }
    return "UNDETERMINED";
}

// Every reference of a VM is an object with nothing but an extId.
template <std::size_t K, std::size_t T>
void reference(ObjectWriter& out, const char (&key)[K], const char (&type)[T], const Uuid& id) {
    out.open(key, type);
    out.uuid("extId", id);
    out.close();
}

void write_self_link(ObjectWriter& out, const VmFacts& vm) {
    char path[] =
        "https://pc.example.test:9440/api/vmm/v4.0/ahv/config/vms/"
        "00000000-0000-0000-0000-000000000000";
    constexpr std::size_t minor_at = sizeof("https://pc.example.test:9440/api/vmm/v4.") - 1;
    path[minor_at] = out.revision().back();
    write_uuid(path + sizeof path - 1 - kUuidText, vm.id);
    out.open_list("links");
    out.open_common_item("common.v1.response.ApiLink");
    out.plain("href", path);
    out.plain("rel", "self");
    out.close();
    out.close_list();
}

void write_identity(ObjectWriter& out, const World& world, const VmFacts& vm) {
    if (vm.has_links) out.uuid("tenantId", kNobody);
    out.uuid("extId", vm.id);
    if (vm.has_links) write_self_link(out, vm);
    out.text("name", vm.name);
    if (!vm.description.empty()) out.text("description", vm.description);
    out.plain("createTime", TimeText(vm.created_us).micros());
    out.plain("updateTime", TimeText(vm.updated_us).micros());
    if (!vm.has_source) return;
    out.open("source", "vmm.v4.ahv.config.VmSourceReference");
    out.plain("entityType", "VM");
    out.uuid("extId", vm_source_id(world, vm.serial));
    out.close();
}

void write_processor(ObjectWriter& out, const World& world, const VmFacts& vm) {
    out.number("numSockets", vm.sockets);
    out.number("numCoresPerSocket", vm.cores);
    out.number("numThreadsPerCore", vm.threads);
    out.number("numNumaNodes", vm.numa_nodes);
    out.number("memorySizeBytes", vm.memory_bytes);
    out.flag("isVcpuHardPinningEnabled", false);
    out.flag("isCpuPassthroughEnabled", false);
    if (vm.has_storage_config) {
        out.open_list("enabledCpuFeatures");
        out.element("HARDWARE_VIRTUALIZATION");
        out.close_list();
    }
    out.flag("isMemoryOvercommitEnabled", vm.is_overcommitted);
    out.flag("isGpuConsoleEnabled", false);
    out.flag("isCpuHotplugEnabled", vm.is_hotplug);
    out.flag("isScsiControllerEnabled", true);
    out.uuid("generationUuid", vm_generation_id(world, vm.serial));
    out.uuid("biosUuid", vm.id);
}

void write_relations(ObjectWriter& out, const World& world, const VmFacts& vm) {
    if (vm.category_count != 0) {
        out.open_list("categories");
        for (std::uint32_t i = 0; i < vm.category_count; ++i) {
            out.open_item("vmm.v4.ahv.config.CategoryReference");
            out.uuid("extId", world.categories[vm.categories[i]].id);
            out.close();
        }
        out.close_list();
    }
    if (vm.has_custom_attributes && out.since(2)) {
        out.open_list("customAttributes");
        out.element("costcenter:1234");
        out.close_list();
    }
    if (vm.project != kNone) {
        const Uuid& project = world.projects[vm.project].id;
        if (out.since(1)) reference(out, "project", "vmm.v4.ahv.config.ProjectReference", project);
        if (out.since(3)) out.uuid("projectExtId", project);
    }
    out.open("ownershipInfo", "vmm.v4.ahv.config.OwnershipInfo");
    reference(out, "owner", "vmm.v4.ahv.config.OwnerReference",
              vm.owner == kNone ? kNobody : world.users[vm.owner].id);
    out.close();
    if (vm.place.host != kNone)
        reference(out, "host", "vmm.v4.ahv.config.HostReference", world.hosts[vm.place.host].id);
    if (vm.place.has_cluster)
        reference(out, "cluster", "vmm.v4.ahv.config.ClusterReference",
                  world.clusters[vm.place.cluster].id);
}

void write_boot_order(ObjectWriter& out) {
    out.open_list("bootOrder");
    for (const std::string_view device : {"CDROM", "DISK", "NETWORK"}) out.element(device);
    out.close_list();
}

void write_boot(ObjectWriter& out, const World& world, const VmFacts& vm) {
    if (vm.boot == BootKind::none) return;
    if (vm.boot == BootKind::legacy) {
        out.open("bootConfig", "vmm.v4.ahv.config.LegacyBoot");
        write_boot_order(out);
        out.close();
        out.plain("$bootConfigItemDiscriminator", "vmm.v4.ahv.config.LegacyBoot");
        return;
    }
    out.open("bootConfig", "vmm.v4.ahv.config.UefiBoot");
    out.flag("isSecureBootEnabled", vm.boot == BootKind::secure);
    write_boot_order(out);
    out.open("nvramDevice", "vmm.v4.ahv.config.NvramDevice");
    out.open("backingStorageInfo", "vmm.v4.ahv.config.VmDisk");
    out.uuid("diskExtId", make_uuid(world.seed(), Kind::nvram, vm.serial));
    out.number("diskSizeBytes", 540'672);
    const Cluster& cluster = world.clusters[vm.place.cluster];
    reference(out, "storageContainer", "vmm.v4.ahv.config.VmDiskContainerReference",
              world.containers[cluster.first_container].id);
    out.close();
    out.close();
    out.close();
    out.plain("$bootConfigItemDiscriminator", "vmm.v4.ahv.config.UefiBoot");
}

void write_platform(ObjectWriter& out, const World& world, const VmFacts& vm) {
    out.plain("hardwareClockTimezone", world.clusters[vm.place.cluster].timezone);
    out.flag("isBrandingEnabled", true);
    write_boot(out, world, vm);
    out.flag("isVgaConsoleEnabled", true);
    out.plain("machineType", vm.boot == BootKind::secure ? "Q35" : "PC");
    out.plain("powerState", power_text(vm.place.power));
    out.open("vtpmConfig", "vmm.v4.ahv.config.VtpmConfig");
    out.flag("isVtpmEnabled", vm.has_vtpm);
    if (vm.has_vtpm) out.plain("version", "2.0");
    out.close();
    out.flag("isAgentVm", vm.is_agent);
    out.open("apcConfig", "vmm.v4.ahv.config.ApcConfig");
    out.flag("isApcEnabled", vm.has_apc);
    out.close();
}

void write_storage_config(ObjectWriter& out, const VmFacts& vm) {
    if (!vm.has_storage_config) return;
    out.open("storageConfig", "vmm.v4.ahv.config.ADSFVmStorageConfig");
    out.flag("isFlashModeEnabled", false);
    if (vm.throttled_iops != 0) {
        out.open("qosConfig", "vmm.v4.ahv.config.QosConfig");
        out.number("throttledIops", vm.throttled_iops);
        out.close();
    }
    out.close();
}

void write_protection(ObjectWriter& out, const World& world, const VmFacts& vm) {
    if (!vm.place.is_minimal) out.flag("isLiveMigrateCapable", vm.gpu_count == 0);
    out.flag("isCrossClusterMigrationInProgress", false);
    if (vm.protection == Protection::unprotected) out.plain("protectionType", "UNPROTECTED");
    if (vm.protection == Protection::domain) out.plain("protectionType", "PD_PROTECTED");
    if (vm.protection != Protection::rule) return;
    out.plain("protectionType", "RULE_PROTECTED");
    out.open("protectionPolicyState", "vmm.v4.ahv.config.ProtectionPolicyState");
    reference(out, "policy", "vmm.v4.ahv.config.PolicyReference",
              make_uuid(world.seed(), Kind::policy, vm.serial % 5));
    out.close();
}

void write_ports(ObjectWriter& out, const World& world, const VmFacts& vm) {
    if (vm.has_serial_port) {
        out.open_list("serialPorts");
        out.open_item("vmm.v4.ahv.config.SerialPort");
        out.uuid("extId", make_uuid(world.seed(), Kind::serial_port, vm.serial));
        out.number("index", 0);
        out.flag("isConnected", true);
        out.close();
        out.close_list();
    }
    if (vm.has_links) {
        out.open_list("pcieDevices");
        out.close_list();
    }
}

}  // namespace

void write_vm(ObjectWriter& out, const World& world, const VmFacts& vm) {
    out.open_item("vmm.v4.ahv.config.Vm");
    write_identity(out, world, vm);
    write_processor(out, world, vm);
    write_relations(out, world, vm);
    if (vm.has_guest_tools) write_vm_guest_tools(out, vm);
    write_platform(out, world, vm);
    write_storage_config(out, vm);
    write_protection(out, world, vm);
    write_vm_disks(out, world, vm);
    write_vm_cdroms(out, world, vm);
    write_vm_nics(out, world, vm);
    write_vm_gpus(out, vm);
    write_ports(out, world, vm);
    out.close();
}

void write_vm_spec(ObjectWriter& out, const World& world, const VmFacts& vm) {
    out.open("vmSpec", "vmm.v4.ahv.config.Vm");
    out.text("name", vm.name);
    write_processor(out, world, vm);
    if (vm.category_count != 0) {
        out.open_list("categories");
        out.open_item("vmm.v4.ahv.config.CategoryReference");
        out.uuid("extId", world.categories[vm.categories[0]].id);
        out.close();
        out.close_list();
    }
    reference(out, "cluster", "vmm.v4.ahv.config.ClusterReference",
              world.clusters[vm.place.cluster].id);
    write_boot(out, world, vm);
    out.plain("machineType", vm.boot == BootKind::secure ? "Q35" : "PC");
    write_vm_disks(out, world, vm);
    write_vm_nics(out, world, vm);
    out.close();
}

}  // namespace pf::sim
