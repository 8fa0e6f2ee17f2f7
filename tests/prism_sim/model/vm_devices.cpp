#include "tests/prism_sim/model/random.hpp"
#include "tests/prism_sim/model/vm_facts.hpp"

namespace pf::sim {
namespace {

constexpr std::uint64_t kGiB = 1ULL << 30;
constexpr std::uint64_t kDevicesPerVm = 16;  // Ids of the devices of one VM: serial * this + n.
constexpr std::uint64_t kMacPrefix = 0x506b8d000000ULL;

std::uint32_t draw_container(const World& world, Draws& draws, const VmFacts& vm) {
    return world.clusters[vm.place.cluster].first_container + (draws.chance(70) ? 0U : 1U);
}

void describe_disks(const World& world, VmFacts& vm) {
    static constexpr std::array<std::uint32_t, 7> kSizesGiB = {8, 20, 40, 50, 100, 200, 500};
    Draws draws(world.seed(), Kind::vm_disk, vm.serial);
    const std::uint32_t roll = draws.below(100);
    vm.disk_count = roll < 1    ? 0
                    : roll < 72 ? 1
                    : roll < 96 ? 2
                    : roll < 98 ? 3
                                : 4 + draws.below(5);
    if (vm.place.is_minimal) vm.disk_count = 1;
    const DiskBus bus = draws.chance(94)
                            ? DiskBus::scsi
                            : std::array{DiskBus::ide, DiskBus::pci, DiskBus::sata}[draws.below(3)];
    for (std::uint32_t i = 0; i < vm.disk_count; ++i) {
        DiskFacts& disk = vm.disks[i];
        disk = {};
        disk.id = make_uuid(world.seed(), Kind::disk, vm.serial * kDevicesPerVm + i);
        disk.index = i;
        disk.bus = bus;
        disk.container = draw_container(world, draws, vm);
        disk.bytes = draws.pick(kSizesGiB) * kGiB;
        disk.is_volume_group = i > 0 && draws.chance(12);
        disk.volume_group = make_uuid(world.seed(), Kind::volume_group, draws.below(64));
        const bool is_imaged = i == 0 && !vm.place.is_minimal && draws.chance(20);
        if (is_imaged) disk.image = draws.below(kDiskImages);
        disk.is_flash = draws.chance(3);
    }
}

void describe_cdroms(const World& world, VmFacts& vm) {
    Draws draws(world.seed(), Kind::cdrom, vm.serial);
    const std::uint32_t roll = draws.below(100);
    vm.cdrom_count = vm.place.is_minimal || roll < 68 ? 0 : roll < 98 ? 1 : 2;
    for (std::uint32_t i = 0; i < vm.cdrom_count; ++i) {
        CdRomFacts& cdrom = vm.cdroms[i];
        cdrom = {};
        cdrom.id = make_uuid(world.seed(), Kind::cdrom, vm.serial * kDevicesPerVm + i);
        cdrom.is_sata = draws.chance(20);
        cdrom.is_filled = draws.chance(25);
        cdrom.is_guest_tools = cdrom.is_filled && vm.has_guest_tools && draws.chance(50);
        cdrom.container = draw_container(world, draws, vm);
        cdrom.bytes = 400 * (kGiB >> 10) + draws.below(1 << 22) * 1024ULL;
        if (cdrom.is_filled && !cdrom.is_guest_tools)
            cdrom.image = kDiskImages + draws.below(kIsoImages);
    }
}

Ipv4 address_in(const Subnet& subnet, std::uint64_t number) {
    const std::uint64_t size = 1ULL << subnet.host_bits;
    return subnet.base + static_cast<Ipv4>(16 + number % (size - 32));
}

void describe_addresses(const World& world, Draws& draws, const VmFacts& vm, std::uint32_t slot,
                        NicFacts& nic) {
    const Subnet& subnet = world.subnets[nic.subnet];
    const bool is_running = vm.place.power == PowerState::on;
    const Ipv4 own = address_in(subnet, vm.serial);
    if (subnet.is_managed && !vm.place.is_minimal && draws.chance(88)) nic.assigned = own;
    if (nic.assigned != 0 && draws.chance(3)) nic.secondary = own ^ 1U;
    if (is_running && nic.is_connected && draws.chance(88)) {
        nic.learned[nic.learned_count++] = own;
        if (draws.chance(6))
            nic.learned[nic.learned_count++] = 0xac110001U + slot;  // container bridge
        if (draws.chance(2)) nic.learned[nic.learned_count++] = own;
        if (draws.chance(12)) nic.ipv6_low = 0x21 + vm.serial * 4 + slot;
    }
}

NicForm form_of(NicForms forms) {
    if (forms == NicForms::both) return NicForm::both;
    return forms == NicForms::current ? NicForm::current : NicForm::superseded;
}

void describe_nics(const World& world, VmFacts& vm) {
    Draws draws(world.seed(), Kind::vm_nic, vm.serial);
    const Cluster& cluster = world.clusters[vm.place.cluster];
    const auto overlays = static_cast<std::uint32_t>(world.subnets.size()) - world.first_overlay;
    const std::uint32_t roll = draws.below(100);
    vm.nic_count = roll < 2 ? 0 : roll < 90 ? 1 : roll < 98 ? 2 : 3 + draws.below(2);
    if (vm.place.is_minimal) vm.nic_count = 1;
    for (std::uint32_t i = 0; i < vm.nic_count; ++i) {
        NicFacts& nic = vm.nics[i];
        nic = {};
        nic.id = make_uuid(world.seed(), Kind::nic, vm.serial * kDevicesPerVm + i);
        nic.mac = kMacPrefix | ((vm.serial * 4 + i) & 0xffffffU);
        nic.subnet = draws.chance(88) ? cluster.first_subnet + draws.below(cluster.subnet_count)
                                      : world.first_overlay + draws.below(overlays);
        const std::uint32_t form = draws.below(100);
        nic.form = vm.place.is_minimal || form < 47 ? NicForm::superseded
                   : form < 96                      ? NicForm::current
                                                    : NicForm::both;
        if (world.nics != NicForms::mixed) nic.form = form_of(world.nics);
        nic.is_connected = !draws.chance(3);
        nic.is_e1000 = draws.chance(6);
        nic.is_trunk = draws.chance(2);
        nic.is_direct = draws.chance(1);
        describe_addresses(world, draws, vm, i, nic);
    }
}

void describe_gpus(const World& world, VmFacts& vm) {
    Draws draws(world.seed(), Kind::gpu, vm.serial);
    vm.gpu_count = vm.place.is_minimal || !draws.chance(3) ? 0 : 1 + draws.below(2);
    for (std::uint32_t i = 0; i < vm.gpu_count; ++i) {
        vm.gpus[i].id = make_uuid(world.seed(), Kind::gpu, vm.serial * kDevicesPerVm + i);
        vm.gpus[i].use =
            std::array{GpuUse::virtual_gpu, GpuUse::graphics, GpuUse::compute}[draws.below(3)];
        vm.gpus[i].bus = 59 + i;
    }
}

}  // namespace

void describe_devices(const World& world, VmFacts& vm) {
    describe_disks(world, vm);
    describe_cdroms(world, vm);
    describe_nics(world, vm);
    describe_gpus(world, vm);
}

}  // namespace pf::sim
