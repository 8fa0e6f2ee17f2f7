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

}  // namespace

std::vector<Table> make_network_tables(const World& world) { return {subnet_table(world)}; }

}  // namespace pf::sim::v3
