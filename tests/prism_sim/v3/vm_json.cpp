#include "tests/prism_sim/model/random.hpp"
#include "tests/prism_sim/v3/entities.hpp"
#include "tests/prism_sim/v3/intent_writer.hpp"

namespace pf::sim::v3 {
namespace {

constexpr std::uint64_t kMiB = 1ULL << 20;

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

std::string_view protection_text(Protection protection) {
    switch (protection) {
        case Protection::unprotected:
            return "UNPROTECTED";
        case Protection::domain:
            return "PD_PROTECTED";
        case Protection::rule:
            break;
    }
    return "RULE_PROTECTED";
}

std::string_view boot_text(BootKind boot) {
    if (boot == BootKind::secure) return "SECURE_BOOT";
    return boot == BootKind::uefi ? "UEFI" : "LEGACY";
}

void write_power(JsonWriter& out, const VmFacts& vm) {
    out.plain("power_state", power_text(vm.place.power));
    out.open("power_state_mechanism");
    out.plain("mechanism", "HARD");
    out.open("guest_transition_config");
    out.flag("should_fail_on_script_failure", false);
    out.flag("enable_script_exec", false);
    out.close();
    out.close();
}

void write_processor(JsonWriter& out, const VmFacts& vm) {
    out.number("memory_size_mib", vm.memory_bytes / kMiB);
    out.number("num_sockets", vm.sockets);
    out.number("num_vcpus_per_socket", vm.cores);
    out.number("num_threads_per_core", vm.threads);
    out.flag("vga_console_enabled", true);
    out.open("vnuma_config");
    out.number("num_vnuma_nodes", vm.numa_nodes);
    out.close();
    out.flag("is_vcpu_hard_pinned", false);
    out.flag("enable_cpu_passthrough", false);
    out.flag("hardware_virtualization_enabled", vm.has_storage_config);
    out.flag("memory_overcommit_enabled", vm.is_overcommitted);
    out.flag("gpu_console_enabled", false);
    out.flag("cpu_hotplug_enabled", vm.is_hotplug);
    out.flag("scsi_controller_enabled", true);
}

void write_platform(JsonWriter& out, const World& world, const VmFacts& vm) {
    out.open_list("serial_port_list");
    if (vm.has_serial_port) {
        out.open_item();
        out.number("index", 0);
        out.flag("is_connected", true);
        out.close();
    }
    out.close_list();
    out.plain("hardware_clock_timezone", world.clusters[vm.place.cluster].timezone);
    out.flag("is_agent_vm", vm.is_agent);
    out.flag("disable_branding", false);
    out.plain("machine_type", vm.boot == BootKind::secure ? "Q35" : "PC");
    if (vm.boot != BootKind::none) {
        out.open("boot_config");
        out.plain("boot_type", boot_text(vm.boot));
        out.open_list("boot_device_order_list");
        for (const std::string_view device : {"CDROM", "DISK", "NETWORK"}) out.element(device);
        out.close_list();
        out.close();
    }
    empty_object(out, "storage_config");
}

void write_devices(JsonWriter& out, const World& world, const VmFacts& vm, const VmView& view) {
    write_vm_disks(out, world, vm);
    write_vm_nics(out, world, vm, view);
    write_vm_gpus(out, vm);
    if (vm.has_guest_tools) write_vm_guest_tools(out, vm);
}

// What only the observed state has.
void write_observed(JsonWriter& out, const World& world, const VmFacts& vm) {
    out.plain("protection_type", protection_text(vm.protection));
    out.plain("hypervisor_type", "AHV");
    out.uuid("generation_uuid", vm_generation_id(world, vm.serial));
    out.uuid("bios_uuid", vm.id);
    if (vm.place.host != kNone) {
        const Host& host = world.hosts[vm.place.host];
        reference(out, "host_reference", "host", host.id, host.name);
    }
    if (vm.has_source) reference(out, "parent_reference", "vm", vm_source_id(world, vm.serial));
}

void write_name_and_cluster(JsonWriter& out, const World& world, const VmFacts& vm) {
    out.text("name", vm.name);
    out.text("description", vm.description);
    if (!vm.place.has_cluster) return;
    const Cluster& cluster = world.clusters[vm.place.cluster];
    reference(out, "cluster_reference", "cluster", cluster.id, cluster.name);
}

void write_status(JsonWriter& out, const World& world, const VmFacts& vm, const VmView& view) {
    out.open("status");
    write_name_and_cluster(out, world, vm);
    if (view.is_broken) {
        write_error_state(out);
    } else {
        out.plain("state", "COMPLETE");
        out.open("resources");
        write_power(out, vm);
        write_processor(out, vm);
        write_platform(out, world, vm);
        write_devices(out, world, vm, view);
        write_observed(out, world, vm);
        out.close();
    }
    out.open("execution_context");
    out.open_list("task_uuid");
    out.element(make_uuid(world.seed(), Kind::task, vm.serial));
    out.close_list();
    out.close();
    out.close();
}

void write_spec(JsonWriter& out, const World& world, const VmFacts& vm, const VmView& view) {
    out.open("spec");
    write_name_and_cluster(out, world, vm);
    out.open("resources");
    if (!view.is_broken) {
        write_power(out, vm);
        write_processor(out, vm);
        write_platform(out, world, vm);
        write_devices(out, world, vm, view);
    }
    out.close();
    out.close();
}

}  // namespace

void write_vm(JsonWriter& out, const World& world, const VmFacts& vm, const VmView& view) {
    write_status(out, world, vm, view);
    write_spec(out, world, vm, view);
    write_metadata(out, world,
                   {.kind = "vm",
                    .id = vm.id,
                    .created_us = vm.created_us,
                    .updated_us = vm.updated_us,
                    .categories = {vm.categories.data(), vm.category_count},
                    .owner = vm.owner,
                    .project = vm.project});
}

}  // namespace pf::sim::v3
