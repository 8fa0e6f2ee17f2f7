#include "tests/prism_sim/model/site_facts.hpp"

#include "tests/prism_sim/model/random.hpp"

namespace pf::sim {

const PcSizeFacts& facts_of(PcSize size) {
    static constexpr std::array<PcSizeFacts, 4> kSizes = {{
        {"STARTER", "kStarter", 4, 18, 30},
        {"SMALL", "kSmall", 6, 26, 40},
        {"LARGE", "kLarge", 10, 44, 60},
        {"EXTRALARGE", "kExtraLarge", 14, 60, 80},
    }};
    return kSizes[static_cast<std::size_t>(size)];
}

Ipv4 external_address(const Cluster& cluster) { return cluster.network + 10; }
Ipv4 data_services_address(const Cluster& cluster) { return cluster.network + 11; }
Ipv4 name_server_beside(Ipv4 address) { return (address & 0xffffff00U) + 2; }

std::string external_subnet_of(Ipv4 address) {
    return to_text_ipv4(address & 0xffffff00U) + "/255.255.255.0";
}

std::vector<std::uint32_t> categories_of_cluster(const World& world, std::uint32_t cluster) {
    std::vector<std::uint32_t> positions;
    if (cluster % 2 != 0) return positions;
    for (std::uint32_t i = 0; i < world.categories.size() && positions.size() < 2; ++i)
        if (world.categories[i].origin == CategoryOrigin::user) positions.push_back(i);
    return positions;
}

std::string aos_release(const World& world) { return world.pc_version.substr(3); }

std::string block_serial(const Host& host) { return "BLK" + std::to_string(host.block); }

Uuid block_id(const World& world, const Host& host) {
    return make_uuid(world.seed(), Kind::block, host.block);
}

Uuid pseudo_host_id(const World& world) { return make_uuid(world.seed(), Kind::prism_central, 1); }

Ipv4 pool_first(const Subnet& subnet) { return subnet.base + 16; }
Ipv4 pool_last(const Subnet& subnet) { return subnet.base + (1U << subnet.host_bits) - 16; }
Ipv4 gateway(const Subnet& subnet) { return subnet.base + 1; }
Ipv4 dhcp_server(const Subnet& subnet) { return subnet.base + 2; }

AddressUse address_use(const World& world, std::uint32_t subnet) {
    const Subnet& network = world.subnets[subnet];
    AddressUse use;
    use.total = pool_last(network) - pool_first(network) + 1;
    use.assigned = Draws(world.seed(), Kind::subnet, subnet).below(use.total / 2);
    return use;
}

Uuid virtual_switch_id(const World& world, const Subnet& subnet) {
    return make_uuid(world.seed(), Kind::virtual_switch, subnet.cluster);
}

Uuid vpc_id(const World& world, const Subnet& subnet) {
    return make_uuid(world.seed(), Kind::vpc, subnet.vpc);
}

}  // namespace pf::sim
