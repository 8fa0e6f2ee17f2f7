#include "tests/prism_sim/model/esxi_vm.hpp"

#include <algorithm>
#include <cstdio>

#include "tests/prism_sim/model/random.hpp"
#include "tests/prism_sim/model/world.hpp"

namespace pf::sim {
namespace {

constexpr std::uint64_t kGiB = 1ULL << 30;
constexpr std::uint64_t kSecondUs = 1'000'000;
constexpr std::uint64_t kEpochUs = 1'640'995'200ULL * kSecondUs;  // 2022-01-01
constexpr std::uint64_t kMacPrefix = 0x005056000000ULL;           // VMware's
constexpr std::uint64_t kPartsPerVm = 16;

constexpr std::array<const char*, 5> kSystems = {
    "Microsoft Windows Server 2022 (64-bit)", "Ubuntu Linux (64-bit)",
    "Red Hat Enterprise Linux 8 (64-bit)", "Debian GNU/Linux 12 (64-bit)", ""};
constexpr std::array<const char*, 3> kPortGroups = {"VM Network", "dvs-prod-110", "backup"};

EsxiPower draw_power(Draws& draws) {
    const std::uint32_t roll = draws.below(100);
    if (roll < 78) return EsxiPower::on;
    if (roll < 92) return EsxiPower::off;
    return roll < 98 ? EsxiPower::suspended : EsxiPower::undetermined;
}

void add_disks(const World& world, Draws& draws, std::uint64_t serial, EsxiVm& vm) {
    static constexpr std::array<std::uint32_t, 4> kSizesGiB = {20, 40, 100, 250};
    const Cluster& cluster = world.clusters[vm.cluster];
    const std::uint32_t count = 1 + draws.below(3);
    for (std::uint32_t i = 0; i < count; ++i)
        vm.disks.push_back({make_uuid(world.seed(), Kind::esxi_disk, serial * kPartsPerVm + i),
                            draws.pick(kSizesGiB) * kGiB,
                            cluster.first_container + (draws.chance(80) ? 0U : 1U)});
}

void add_nics(const World& world, Draws& draws, std::uint64_t serial, EsxiVm& vm) {
    const std::uint32_t count = draws.below(3);
    for (std::uint32_t i = 0; i < count; ++i) {
        EsxiNic nic;
        nic.id = make_uuid(world.seed(), Kind::esxi_nic, serial * kPartsPerVm + i);
        nic.mac = kMacPrefix | ((serial * 4 + i) & 0xffffffU);
        nic.is_vmxnet3 = draws.chance(85);
        nic.is_connected = !draws.chance(5);
        const std::uint32_t group = draws.below(kPortGroups.size());
        nic.port_group = kPortGroups[group];
        nic.port_group_id =
            make_uuid(world.seed(), Kind::port_group, vm.cluster * kPortGroups.size() + group);
        if (vm.power == EsxiPower::on && nic.is_connected)
            nic.addresses.push_back((10U << 24) | (200U << 16) |
                                    static_cast<Ipv4>((serial * 4 + i) % 65'000 + 16));
        vm.nics.push_back(std::move(nic));
    }
}

void add_categories(const World& world, Draws& draws, EsxiVm& vm) {
    const std::uint32_t count = draws.below(3);
    const auto all = static_cast<std::uint32_t>(world.categories.size());
    for (std::uint32_t i = 0; i < count; ++i) {
        const std::uint32_t category = draws.below(all);
        if (std::find(vm.categories.begin(), vm.categories.end(), category) == vm.categories.end())
            vm.categories.push_back(category);
    }
}

EsxiVm make_esxi_vm(const World& world, std::uint32_t serial) {
    static constexpr std::array<std::uint32_t, 4> kCpus = {1, 2, 4, 8};
    Draws draws(world.seed(), Kind::esxi_vm, serial);
    EsxiVm vm;
    vm.id = make_uuid(world.seed(), Kind::esxi_vm, serial);
    char name[32];
    std::snprintf(name, sizeof name, "esx-app-%05u", serial);
    vm.name = name;
    if (draws.chance(30)) vm.description = "moved from the old site";
    const auto clusters = static_cast<std::uint32_t>(world.clusters.size()) - world.ahv_clusters;
    vm.cluster = world.ahv_clusters + draws.below(clusters);
    const Cluster& cluster = world.clusters[vm.cluster];
    vm.host = cluster.first_host + draws.below(cluster.host_count);
    vm.power = draw_power(draws);
    vm.cpus = draws.pick(kCpus);
    vm.cores_per_socket = vm.cpus > 1 && draws.chance(50) ? 2 : 1;
    vm.memory_bytes = (1 + draws.below(32)) * kGiB;
    vm.created_us = kEpochUs + draws.below(100'000'000) * kSecondUs;
    vm.guest_system = draws.pick(kSystems);
    vm.hardware_version = draws.chance(70) ? 19 : 15;
    vm.owner = draws.below(static_cast<std::uint32_t>(world.users.size()));
    vm.has_guest_tools = draws.chance(40);
    vm.has_cdrom = draws.chance(30);
    add_disks(world, draws, serial, vm);
    add_nics(world, draws, serial, vm);
    add_categories(world, draws, vm);
    return vm;
}

}  // namespace

std::vector<EsxiVm> make_esxi_vms(const World& world) {
    std::vector<EsxiVm> vms;
    for (std::uint32_t i = 0; i < world.size.esxi_vms; ++i) vms.push_back(make_esxi_vm(world, i));
    return vms;
}

std::uint32_t esxi_vms_in_cluster(const World& world, std::uint32_t cluster) {
    const auto is_there = [cluster](const EsxiVm& vm) { return vm.cluster == cluster; };
    return static_cast<std::uint32_t>(
        std::count_if(world.esxi_vms.begin(), world.esxi_vms.end(), is_there));
}

std::uint32_t esxi_vms_on_host(const World& world, std::uint32_t host) {
    const auto is_there = [host](const EsxiVm& vm) { return vm.is_on_host() && vm.host == host; };
    return static_cast<std::uint32_t>(
        std::count_if(world.esxi_vms.begin(), world.esxi_vms.end(), is_there));
}

}  // namespace pf::sim
