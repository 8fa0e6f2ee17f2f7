#include "tests/prism_sim/model/network.hpp"

#include <algorithm>

#include "tests/prism_sim/model/random.hpp"
#include "tests/prism_sim/model/site_facts.hpp"
#include "tests/prism_sim/model/vm_facts.hpp"
#include "tests/prism_sim/model/world.hpp"

namespace pf::sim {
namespace {

constexpr std::uint32_t kOverlaysPerVpc = 2;
constexpr std::uint32_t kMostVmsLookedAt = 4000;
constexpr std::uint32_t kSnatOffset = 20, kFloatingOffset = 32;  // From the end of the pool.
constexpr std::uint32_t kProductionCategory = 0, kWebCategory = 8;

std::uint32_t external_subnet_of(const World& world) {
    const auto is_external = [](const Subnet& subnet) { return subnet.is_external; };
    const auto found = std::find_if(world.subnets.begin(), world.subnets.end(), is_external);
    return static_cast<std::uint32_t>(found - world.subnets.begin());
}

std::uint32_t overlays(const World& world) {
    return static_cast<std::uint32_t>(world.subnets.size()) - world.first_overlay;
}

// The VPCs of the overlays, then one that only carries others' traffic.
std::vector<Vpc> make_vpcs(const World& world) {
    const std::uint32_t regular = (overlays(world) + kOverlaysPerVpc - 1) / kOverlaysPerVpc;
    const std::uint32_t external = external_subnet_of(world);
    std::vector<Vpc> vpcs;
    for (std::uint32_t i = 0; i <= regular; ++i) {
        Vpc vpc;
        vpc.id = make_uuid(world.seed(), Kind::vpc, i);
        vpc.is_transit = i == regular;
        vpc.name = vpc.is_transit ? "vpc-transit" : "vpc-" + std::to_string(i + 1);
        if (i == 0) vpc.description = "web shop";
        vpc.project = i % static_cast<std::uint32_t>(world.projects.size());
        if (!vpc.is_transit) {
            vpc.routing_domain = make_uuid(world.seed(), Kind::routing_domain, i);
            vpc.external_subnet = external;
            vpc.gateway_host = world.clusters[0].first_host + i % world.clusters[0].host_count;
            vpc.external_address = pool_last(world.subnets[external]) - kSnatOffset + i % 16;
            if (i % 2 == 0) vpc.routable.push_back({(10U << 24) | (200U << 16) | (i << 8), 24});
        }
        if (i % 2 == 0) vpc.categories.push_back(kProductionCategory);
        vpcs.push_back(std::move(vpc));
    }
    return vpcs;
}

struct OverlayNic {
    Uuid id;
    Ipv4 address = 0;
    std::uint32_t vpc = 0;
};

// NICs with an address on an overlay, which a floating IP can be assigned to.
std::vector<OverlayNic> overlay_nics(const World& world, std::uint32_t wanted) {
    std::vector<OverlayNic> found;
    VmFacts vm;
    for (std::uint32_t serial = 0; serial < std::min(world.size.vms, kMostVmsLookedAt); ++serial) {
        describe_vm(world, serial, vm);
        for (std::uint32_t i = 0; i < vm.nic_count && found.size() < wanted; ++i) {
            const NicFacts& nic = vm.nics[i];
            if (nic.subnet < world.first_overlay || nic.assigned == 0) continue;
            found.push_back({nic.id, nic.assigned, world.subnets[nic.subnet].vpc});
        }
        if (found.size() >= wanted) break;
    }
    return found;
}

void assign(const World& world, std::uint32_t index, const std::vector<OverlayNic>& nics,
            FloatingIp& ip) {
    const Subnet& overlay = world.subnets[world.first_overlay];
    if (index % 8 < 5 && index < nics.size()) {
        ip.use = FloatingUse::nic;
        ip.target = nics[index].id;
        ip.private_address = nics[index].address;
        ip.vpc = nics[index].vpc;
    } else if (index % 8 == 5) {
        ip.use = FloatingUse::private_address;
        ip.private_address = pool_last(overlay) - index;
        ip.vpc = overlay.vpc;
    } else if (index % 8 == 6) {
        ip.use = FloatingUse::load_balancer;
        ip.target = make_uuid(world.seed(), Kind::floating_ip, (1ULL << 32) + index);
        ip.vpc = overlay.vpc;
    }
}

std::vector<FloatingIp> make_floating_ips(const World& world) {
    const std::uint32_t count = world.size.floating_ips;
    const std::vector<OverlayNic> nics = overlay_nics(world, count);
    const std::uint32_t external = external_subnet_of(world);
    std::vector<FloatingIp> all;
    for (std::uint32_t i = 0; i < count; ++i) {
        FloatingIp ip;
        ip.id = make_uuid(world.seed(), Kind::floating_ip, i);
        if (i % 3 != 1) ip.name = "fip-" + std::to_string(i + 1);
        if (i % 4 == 0) ip.description = "published service";
        ip.address = pool_last(world.subnets[external]) - kFloatingOffset - i;
        ip.external_subnet = external;
        assign(world, i, nics, ip);
        ip.project = i % static_cast<std::uint32_t>(world.projects.size());
        if (i % 2 == 0) ip.categories.push_back(kWebCategory);
        all.push_back(std::move(ip));
    }
    return all;
}

// Subnets refer to the first ones, one per cluster.
std::vector<VirtualSwitch> make_virtual_switches(const World& world) {
    const auto clusters = static_cast<std::uint32_t>(world.clusters.size());
    std::vector<VirtualSwitch> all;
    const auto add = [&](std::string name, std::string bridge, BondMode bond) -> VirtualSwitch& {
        VirtualSwitch each;
        each.id = make_uuid(world.seed(), Kind::virtual_switch, all.size());
        each.name = std::move(name);
        each.bridge = std::move(bridge);
        each.bond = bond;
        return all.emplace_back(std::move(each));
    };
    for (std::uint32_t c = 0; c < clusters; ++c) {
        VirtualSwitch& each =
            add("vs0", "br0", c % 3 == 0 ? BondMode::active_backup : BondMode::balance_slb);
        each.description = "Default Virtual Switch";
        each.is_default = true;
        each.is_snooping = c % 2 == 0;
        each.clusters = {c};
        if (c == 0) each.categories.push_back(kProductionCategory);
    }
    VirtualSwitch& storage = add("vs-storage", "br1", BondMode::balance_tcp);
    storage.mtu = 9000;
    storage.has_gateway = true;
    for (std::uint32_t c = 0; c < std::min(clusters, 2U); ++c) storage.clusters.push_back(c);
    VirtualSwitch& isolated = add("vs-lab", "br2", BondMode::none);
    isolated.has_error = true;
    isolated.clusters = {clusters - 1};
    return all;
}

Gateway make_gateway(const World& world, std::uint32_t index, GatewayService service) {
    Gateway gateway;
    gateway.id = make_uuid(world.seed(), Kind::gateway, index);
    gateway.service = service;
    gateway.asn = 65000 + index;
    gateway.project = index % static_cast<std::uint32_t>(world.projects.size());
    return gateway;
}

std::vector<Gateway> make_gateways(const World& world) {
    const std::uint32_t external = external_subnet_of(world);
    std::vector<Gateway> all;
    for (std::uint32_t i = 0; i < 3; ++i) {
        Gateway local = make_gateway(world, i, static_cast<GatewayService>(i));
        static constexpr std::array<const char*, 3> kNames = {"bgp-uplink", "vpn-office",
                                                              "vtep-stretch"};
        local.name = kNames[i];
        local.description = "local gateway";
        local.vm = make_uuid(world.seed(), Kind::gateway, 100 + i);
        local.cluster = i % static_cast<std::uint32_t>(world.clusters.size());
        local.subnet = world.clusters[*local.cluster].first_subnet;
        local.overlay = world.first_overlay;
        local.vpc = 0;
        local.address = pool_last(world.subnets[external]) - 1 - i;
        local.management_address = pool_last(world.subnets[*local.subnet]) - 8 - i;
        local.service_address = pool_last(world.subnets[*local.overlay]) - 100 - i;
        if (i == 0) local.categories.push_back(kProductionCategory);
        all.push_back(std::move(local));
    }
    for (std::uint32_t i = 3; i < 6; ++i) {
        Gateway remote = make_gateway(world, i, static_cast<GatewayService>(i - 3));
        remote.name = "branch-" + std::to_string(i - 2);
        remote.is_local = false;
        remote.is_up = i != 4;
        remote.address = (203U << 24) | (113U << 8) | i;
        all.push_back(std::move(remote));
    }
    return all;
}

}  // namespace

Network build_network(const World& world) {
    Network network;
    network.vpcs = make_vpcs(world);
    network.floating_ips = make_floating_ips(world);
    network.virtual_switches = make_virtual_switches(world);
    network.gateways = make_gateways(world);
    network.policies = make_policies(world);
    return network;
}

}  // namespace pf::sim
