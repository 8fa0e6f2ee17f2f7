#include "tests/prism_sim/model/world.hpp"

#include <algorithm>
#include <bit>
#include <cstdio>

#include "tests/prism_sim/model/catalog.hpp"
#include "tests/prism_sim/model/random.hpp"

namespace pf::sim {
namespace {

constexpr std::uint64_t kGiB = 1ULL << 30;
constexpr std::uint64_t kBootEpochUs = 1'751'328'000'000'000ULL;  // 2025-07-01
constexpr std::uint32_t kVlansPerCluster = 3;
constexpr std::uint32_t kOverlays = 4;

struct Processor {
    const char* model;
    std::uint32_t cores;
    std::uint64_t hz;
};
constexpr std::array<Processor, 3> kProcessors = {{
    {"Intel(R) Xeon(R) Gold 6230 CPU @ 2.10GHz", 20, 2'100'000'000},
    {"Intel(R) Xeon(R) Gold 6326 CPU @ 2.90GHz", 16, 2'900'000'000},
    {"AMD EPYC 9354 32-Core Processor", 32, 3'250'000'000},
}};

std::string numbered(const char* form, std::uint32_t a, std::uint32_t b = 0) {
    char text[96];
    const int length = std::snprintf(text, sizeof text, form, a, b);
    return {text, static_cast<std::size_t>(std::max(length, 0))};
}

// Real cluster ids are not random UUIDs: time-like high half, MAC-like low half.
Uuid cluster_id(std::uint64_t seed, std::uint32_t index) {
    Draws draws(seed, Kind::cluster, index);
    const std::uint64_t high = 0x0006000000000000ULL | (draws.next() & 0x0000ffffffffffffULL);
    return {high, (draws.next() & 0x0000ffffffffffffULL) | 0x1fc3000000000000ULL};
}

void add_clusters(World& world) {
    static constexpr std::array<const char*, 4> kZones = {"UTC", "Europe/Berlin", "Asia/Seoul",
                                                          "America/New_York"};
    const std::uint32_t esxi = world.size.esxi_vms == 0 ? 0 : std::max(1U, world.size.clusters / 4);
    world.ahv_clusters = world.size.clusters - esxi;
    for (std::uint32_t i = 0; i < world.size.clusters; ++i) {
        Cluster cluster;
        cluster.is_esxi = i >= world.ahv_clusters;
        cluster.id = cluster_id(world.seed(), i);
        cluster.name = numbered("cluster-%02u", i + 1);
        cluster.network = (172U << 24) | ((16U + i / 256) << 16) | ((i % 256) << 8);
        cluster.timezone = kZones[i % kZones.size()];
        world.clusters.push_back(std::move(cluster));
    }
}

void add_hosts(World& world) {
    for (std::uint32_t c = 0; c < world.clusters.size(); ++c) {
        Cluster& cluster = world.clusters[c];
        cluster.first_host = static_cast<std::uint32_t>(world.hosts.size());
        cluster.host_count = world.size.hosts_per_cluster;
        const Processor& processor = kProcessors[c % kProcessors.size()];
        for (std::uint32_t h = 0; h < cluster.host_count; ++h) {
            const auto index = static_cast<std::uint32_t>(world.hosts.size());
            Draws draws(world.seed(), Kind::host, index);
            Host host;
            host.id = make_uuid(world.seed(), Kind::host, index);
            host.name =
                numbered(cluster.is_esxi ? "esxi-c%02u-n%02u" : "ahv-c%02u-n%02u", c + 1, h + 1);
            host.cluster = c;
            host.address = cluster.network + 20 + h;
            host.cvm_address = cluster.network + 90 + h;
            host.ipmi_address = cluster.network + 160 + h;
            host.cores = host.sockets * processor.cores;
            host.frequency_hz = processor.hz;
            host.cpu_model = processor.model;
            host.memory_bytes = (512 + 256 * draws.below(3)) * kGiB - 128 * (kGiB >> 10);
            host.block = index / 4;
            host.block_model = c % 2 == 0 ? "NX-8155-G8" : "NX-3060-G9";
            host.serial = numbered("NODE%06u", index);
            host.boot_time_us = kBootEpochUs + draws.below(1'000'000'000) * 31'000ULL;
            host.has_gpu = draws.chance(20);
            host.is_in_maintenance = h > 1 && draws.chance(5);
            world.hosts.push_back(std::move(host));
        }
    }
}

// Every subnet holds an address for every VM, so addresses do not repeat within one.
std::uint32_t host_bits_for(std::uint32_t vms) {
    const std::uint64_t wanted = std::uint64_t{vms} + vms / 4 + 64;
    return std::clamp(static_cast<std::uint32_t>(std::bit_width(wanted)), 8U, 20U);
}

Subnet make_subnet(const World& world, std::uint32_t index) {
    Subnet subnet;
    subnet.id = make_uuid(world.seed(), Kind::subnet, index);
    subnet.host_bits = host_bits_for(world.size.vms);
    subnet.base = (10U << 24) | (((index + 1) << subnet.host_bits) & 0x00ffffffU);
    subnet.project = index % static_cast<std::uint32_t>(world.projects.size());
    return subnet;
}

// How many subnets are overlays, and how many VLANs each cluster has.
struct SubnetShare {
    explicit SubnetShare(const WorldSize& size) {
        if (size.subnets == 0) return;
        overlays = std::max(kOverlays, size.subnets / 10);
        vlans = std::max(size.subnets, overlays + size.clusters) - overlays;
        clusters = size.clusters;
    }
    [[nodiscard]] std::uint32_t vlans_of(std::uint32_t cluster) const {
        return vlans == 0 ? kVlansPerCluster
                          : vlans / clusters + (cluster < vlans % clusters ? 1U : 0U);
    }
    std::uint32_t overlays = kOverlays, vlans = 0, clusters = 1;
};

void add_subnets(World& world) {
    static constexpr std::array<const char*, kVlansPerCluster> kUses = {"prod", "dev", "storage"};
    const SubnetShare share(world.size);
    for (std::uint32_t c = 0; c < world.clusters.size(); ++c) {
        Cluster& cluster = world.clusters[c];
        cluster.first_subnet = static_cast<std::uint32_t>(world.subnets.size());
        cluster.subnet_count = share.vlans_of(c);
        for (std::uint32_t v = 0; v < cluster.subnet_count; ++v) {
            Subnet subnet = make_subnet(world, static_cast<std::uint32_t>(world.subnets.size()));
            subnet.cluster = c;
            subnet.network_id = (110 + 10 * v + 30 * c) % 4095 + 1;
            subnet.name = numbered("vlan-%u-c%02u", subnet.network_id, c + 1);
            subnet.description = kUses[v % kVlansPerCluster];
            subnet.is_managed = v % kVlansPerCluster != 2;
            if (v >= kVlansPerCluster && v % 2 == 1) subnet.categories = {v % 4, 16 + v % 4};
            world.subnets.push_back(std::move(subnet));
        }
    }
    world.first_overlay = static_cast<std::uint32_t>(world.subnets.size());
    for (std::uint32_t o = 0; o < share.overlays; ++o) {
        Subnet subnet = make_subnet(world, world.first_overlay + o);
        subnet.network_id = o + 1;
        subnet.vpc = o / 2;
        subnet.name = numbered("overlay-%u", o + 1);
        world.subnets.push_back(std::move(subnet));
    }
    world.subnets.front().is_external = true;
}

void add_containers(World& world) {
    static constexpr std::array<const char*, 3> kNames = {
        "default-container", "SelfServiceContainer", "NutanixManagementShare"};
    for (std::uint32_t c = 0; c < world.clusters.size(); ++c) {
        Cluster& cluster = world.clusters[c];
        cluster.first_container = static_cast<std::uint32_t>(world.containers.size());
        cluster.container_count = kNames.size();
        for (std::uint32_t k = 0; k < kNames.size(); ++k) {
            const auto index = static_cast<std::uint32_t>(world.containers.size());
            Container container;
            container.id = make_uuid(world.seed(), Kind::container, index);
            container.name = kNames[k];
            if (k == 0) container.name += numbered("-%02u", c + 1);
            container.cluster = c;
            container.capacity_bytes = (24ULL >> k) * 1024 * kGiB + 51'028;
            container.is_internal = k == 2;
            container.is_compressed = k == 0;
            container.is_erasure_coded = k == 0 && c % 3 == 1;
            world.containers.push_back(std::move(container));
        }
    }
    // More of them lie behind those that VMs draw from, so that no VM moves.
    while (world.containers.size() < world.size.containers) {
        const auto index = static_cast<std::uint32_t>(world.containers.size());
        Container container;
        container.id = make_uuid(world.seed(), Kind::container, index);
        container.name = numbered("container-%03u", index);
        container.cluster = index % static_cast<std::uint32_t>(world.clusters.size());
        container.capacity_bytes = (index % 7 + 1) * 1024 * kGiB;
        container.is_compressed = index % 2 == 0;
        world.containers.push_back(std::move(container));
    }
}

}  // namespace

std::string to_text_ipv4(Ipv4 address) { return std::string(Ipv4Text(address).view()); }

World build_world(const WorldSize& size, const WorldTraits& traits) {
    World world;
    world.size = size;
    world.pc_version = traits.pc_version;
    world.has_unknown_enums = traits.has_unknown_enums;
    world.nics = traits.nics;
    world.pc_size = traits.pc_size;
    world.clusterless_vms = traits.clusterless_vms;
    world.lists_volume_disks = traits.lists_volume_disks;
    world.project_times = traits.project_times;
    world.pc_id = make_uuid(size.seed, Kind::prism_central, 0);
    world.pc_address = (172U << 24) | (31U << 16) | (255U << 8) | 5U;
    world.pc_name = "PC_" + to_text_ipv4(world.pc_address);
    world.categories = make_categories(size.seed);
    world.projects = make_projects(size.seed);
    world.users = make_users(size.seed, traits.account);
    add_clusters(world);
    add_hosts(world);
    add_subnets(world);
    add_containers(world);
    world.images = make_images(size.seed, size.clusters);
    world.volume_groups = make_volume_groups(world, size.volume_groups);
    world.protection_policies = make_protection_policies(world);
    world.network = build_network(world);
    world.esxi_vms = make_esxi_vms(world);
    world.recovery_points = make_recovery_points(world);
    world.templates = make_templates(world);
    return world;
}

}  // namespace pf::sim
