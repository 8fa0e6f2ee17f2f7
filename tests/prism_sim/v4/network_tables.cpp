#include "tests/prism_sim/v4/entities.hpp"
#include "tests/prism_sim/v4/table.hpp"

namespace pf::sim {
namespace {

constexpr CollectionNames kSubnets = {"networking",
                                      "config/subnets",
                                      "networking.v4.config.Subnet",
                                      "networking.v4.config.ListSubnetsApiResponse",
                                      "networking.v4.config.GetSubnetApiResponse",
                                      "subnet",
                                      "subnetExtId",
                                      "subnet"};

Table subnet_table(const World& w) {
    return {kSubnets,
            size_of(w.subnets),
            id_of(w.subnets),
            name_of(w.subnets),
            by_cluster(w, w.subnets, "clusterReference"),
            [&w](ObjectWriter& out, std::uint32_t i) { write_subnet(out, w, i); },
            cluster_of(w.subnets)};
}

}  // namespace

std::vector<Table> make_network_tables(const World& world) { return {subnet_table(world)}; }

}  // namespace pf::sim
