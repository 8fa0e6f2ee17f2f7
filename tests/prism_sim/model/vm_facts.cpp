#include "tests/prism_sim/model/vm_facts.hpp"

#include "tests/prism_sim/model/random.hpp"

namespace pf::sim {
namespace {

constexpr std::uint64_t kGiB = 1ULL << 30;
constexpr std::uint64_t kSecondUs = 1'000'000;
constexpr std::uint64_t kEpochUs = 1'640'995'200ULL * kSecondUs;  // 2022-01-01
constexpr std::uint32_t kLifeSeconds = 4 * 365 * 86'400;
constexpr std::uint32_t kHalfYearSeconds = 180 * 86'400;

PowerState draw_power(const World& world, Draws& draws) {
    const std::uint32_t roll = draws.below(1000);
    if (roll < 780) return PowerState::on;
    if (roll < 950) return PowerState::off;
    if (roll < 985) return PowerState::paused;
    if (world.has_unknown_enums && roll < 993) return PowerState::suspended;
    return PowerState::undetermined;
}

void describe_times(Draws& draws, VmFacts& vm) {
    vm.created_us = kEpochUs + draws.below(kLifeSeconds) * kSecondUs + draws.below(1'000'000);
    vm.updated_us =
        vm.created_us + draws.below(kHalfYearSeconds) * kSecondUs + draws.below(1'000'000);
    vm.booted_us = vm.created_us + (vm.updated_us - vm.created_us) / kSecondUs / 2 * kSecondUs;
}

void describe_processor(Draws& draws, VmFacts& vm) {
    static constexpr std::array<std::uint32_t, 8> kSockets = {1, 1, 2, 2, 2, 4, 4, 8};
    static constexpr std::array<std::uint32_t, 5> kCores = {1, 1, 1, 2, 4};
    static constexpr std::array<std::uint32_t, 8> kMemoryGiB = {1, 2, 4, 4, 8, 16, 32, 64};
    vm.sockets = draws.pick(kSockets);
    vm.cores = draws.pick(kCores);
    vm.threads = draws.rarely(20) ? 2 : 1;
    vm.memory_bytes = draws.pick(kMemoryGiB) * kGiB;
    vm.numa_nodes = vm.sockets >= 8 && draws.chance(50) ? 2 : 0;
    vm.is_hotplug = draws.chance(90);
    vm.is_overcommitted = draws.chance(8);
    vm.has_apc = draws.chance(10);
}

void describe_boot(Draws& draws, VmFacts& vm) {
    const std::uint32_t roll = draws.below(100);
    vm.boot = roll < 75   ? BootKind::legacy
              : roll < 89 ? BootKind::uefi
              : roll < 98 ? BootKind::secure
                          : BootKind::none;
    vm.has_vtpm = vm.boot == BootKind::secure && draws.chance(50);
}

void describe_guest(Draws& draws, VmFacts& vm) {
    const bool is_running = vm.place.power == PowerState::on;
    vm.guest = draws.below(static_cast<std::uint32_t>(kGuestSystems.size()));
    vm.has_guest_tools = draws.chance(42);
    vm.are_tools_installed = vm.has_guest_tools && draws.chance(90);
    vm.are_tools_reachable = vm.are_tools_installed && is_running && draws.chance(92);
}

void describe_categories(const World& world, Draws& draws, VmFacts& vm) {
    const auto all = static_cast<std::uint32_t>(world.categories.size());
    const std::uint32_t wanted = draws.chance(30) ? 0 : 1 + draws.below(3);
    vm.category_count = 0;
    const auto add = [&vm](std::uint32_t category) {
        for (std::uint32_t i = 0; i < vm.category_count; ++i)
            if (vm.categories[i] == category) return;
        vm.categories[vm.category_count++] = category;
    };
    for (std::uint32_t i = 0; i < wanted; ++i) add(draws.below(all));
    // Two values of one key on one VM: neighbours in the catalogue usually share the key.
    if (wanted != 0 && draws.chance(25)) add((vm.categories[0] + 1) % all);
}

void describe_ownership(const World& world, Draws& draws, VmFacts& vm) {
    vm.project =
        draws.chance(75) ? draws.below(static_cast<std::uint32_t>(world.projects.size())) : kNone;
    vm.owner =
        draws.chance(70) ? draws.below(static_cast<std::uint32_t>(world.users.size())) : kNone;
    const std::uint32_t roll = draws.below(100);
    vm.protection = roll < 82   ? Protection::unprotected
                    : roll < 97 ? Protection::rule
                                : Protection::domain;
}

void describe_extras(Draws& draws, VmFacts& vm) {
    static constexpr std::array<const char*, 6> kTexts = {
        "frontend",        "",          "batch worker", "nightly jobs\nsecond line",
        "owner: see wiki", "Büroserver"};
    vm.description = draws.chance(50) ? draws.pick(kTexts) : "";
    vm.is_agent = draws.rarely(8);
    vm.has_source = draws.chance(20);
    vm.has_links = draws.chance(10);
    vm.has_serial_port = draws.chance(4);
    vm.has_storage_config = draws.chance(30);
    vm.throttled_iops = draws.chance(15) ? 500 + 500 * draws.below(10) : 0;
    vm.has_custom_attributes = draws.chance(15);
}

void make_minimal(VmFacts& vm) {
    vm.description.clear();
    vm.boot = BootKind::legacy;
    vm.project = vm.owner = kNone;
    vm.protection = Protection::unprotected;
    vm.category_count = 0;
    vm.throttled_iops = 0;
    vm.has_vtpm = vm.is_agent = vm.has_source = vm.has_links = false;
    vm.has_guest_tools = vm.are_tools_installed = vm.are_tools_reachable = false;
    vm.has_serial_port = vm.has_storage_config = vm.has_custom_attributes = vm.has_apc = false;
}

}  // namespace

Uuid vm_id(const World& world, std::uint64_t serial) {
    return make_uuid(world.seed(), Kind::vm, serial);
}

Uuid vm_generation_id(const World& world, std::uint64_t serial) {
    return make_uuid(world.seed(), Kind::generation, serial);
}

Uuid vm_source_id(const World& world, std::uint64_t serial) {
    return make_uuid(world.seed(), Kind::source, serial);
}

Placement place_vm(const World& world, std::uint64_t serial) {
    Draws draws(world.seed(), Kind::vm_place, serial);
    Placement place;
    place.cluster = draws.below(world.ahv_clusters);
    place.power = draw_power(world, draws);
    place.is_minimal = draws.rarely(40);
    if (place.is_minimal) place.power = PowerState::off;
    const Cluster& cluster = world.clusters[place.cluster];
    const std::uint32_t host = cluster.first_host + draws.below(cluster.host_count);
    if (place.power == PowerState::on || place.power == PowerState::paused) place.host = host;
    if (world.clusterless_vms > 0) place.has_cluster = !draws.chance(world.clusterless_vms);
    if (!place.has_cluster) place.host = kNone;
    return place;
}

void describe_vm(const World& world, std::uint64_t serial, VmFacts& vm) {
    vm.serial = serial;
    vm.id = vm_id(world, serial);
    vm.name = vm_name(world, serial);
    vm.place = place_vm(world, serial);
    Draws shape(world.seed(), Kind::vm_shape, serial);
    describe_times(shape, vm);
    describe_processor(shape, vm);
    describe_boot(shape, vm);
    describe_guest(shape, vm);
    Draws extra(world.seed(), Kind::vm_extra, serial);
    describe_categories(world, extra, vm);
    describe_ownership(world, extra, vm);
    describe_extras(extra, vm);
    if (vm.place.is_minimal) make_minimal(vm);
    describe_devices(world, vm);
    if (const std::uint32_t edits = world.edits->times(serial); edits > 0) {
        vm.memory_bytes += edits * kGiB;
        vm.updated_us += edits * kSecondUs;
    }
}

}  // namespace pf::sim
