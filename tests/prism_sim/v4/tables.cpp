#include "tests/prism_sim/v4/table.hpp"

namespace pf::sim {

QueryProblem not_filterable(const std::string& field) {
    return {"$filter", "field '" + field + "' cannot be filtered"};
}
QueryProblem not_sortable(const std::string& field) {
    return {"$orderby", "field '" + field + "' cannot be sorted"};
}

std::vector<std::unique_ptr<Collection>> make_collections(const World& world, VmRoster& roster,
                                                          const Permissions& permissions) {
    std::vector<std::unique_ptr<Collection>> all;
    all.push_back(make_vm_collection(world, roster));
    const auto add = [&](std::vector<Table> tables) {
        for (Table& table : tables)
            all.push_back(make_table_collection(std::move(table), permissions));
    };
    add(make_cluster_tables(world, roster));
    add(make_storage_tables(world, roster));
    add(make_network_tables(world));
    add(make_machine_tables(world));
    add(make_content_tables(world));
    add(make_management_tables(world));
    return all;
}

}  // namespace pf::sim
