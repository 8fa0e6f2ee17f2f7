#include "tests/prism_sim/config.hpp"
#include "tests/prism_sim/v3/entities.hpp"
#include "tests/prism_sim/v3/table.hpp"

namespace pf::sim::v3 {
namespace {

Table subnet_table(const World& w) {
    return {{"subnets", "subnet"},
            size_of(w.subnets),
            id_of(w.subnets),
            name_of(w.subnets),
            [&w](std::uint32_t i) { return w.subnets[i].cluster; },
            [&w](JsonWriter& out, std::uint32_t i) { write_subnet(out, w, i); }};
}

template <class Entry>
Table table(const CollectionNames& names, const World& w, const std::vector<Entry>& entries,
            void (*write)(JsonWriter&, const World&, std::uint32_t)) {
    return {names,          size_of(entries),
            id_of(entries), name_of(entries),
            nullptr,        [&w, write](JsonWriter& out, std::uint32_t i) { write(out, w, i); }};
}

}  // namespace

std::vector<Table> make_network_tables(const Config& config, const World& world) {
    if (config.prism_element) return {subnet_table(world)};
    const Network& network = world.network;
    return {subnet_table(world), table({"vpcs", "vpc"}, world, network.vpcs, write_vpc),
            table({"floating_ips", "floating_ip"}, world, network.floating_ips, write_floating_ip),
            table({"network_security_rules", "network_security_rule"}, world, network.policies,
                  write_security_policy)};
}

}  // namespace pf::sim::v3
