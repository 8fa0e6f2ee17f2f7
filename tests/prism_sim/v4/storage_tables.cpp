#include "tests/prism_sim/v4/entities.hpp"
#include "tests/prism_sim/v4/table.hpp"

namespace pf::sim {
namespace {

constexpr CollectionNames kContainers = {"clustermgmt",
                                         "config/storage-containers",
                                         "clustermgmt.v4.config.StorageContainer",
                                         "clustermgmt.v4.config.ListStorageContainersApiResponse",
                                         "clustermgmt.v4.config.GetStorageContainerApiResponse",
                                         "storage container",
                                         "containerExtId",
                                         "storage_container"};

Table container_table(const World& w) {
    return {kContainers,
            size_of(w.containers),
            id_of(w.containers),
            name_of(w.containers),
            by_cluster(w, w.containers, "clusterExtId"),
            [&w](ObjectWriter& out, std::uint32_t i) { write_container(out, w, i); },
            cluster_of(w.containers),
            "containerExtId"};
}

}  // namespace

std::vector<Table> make_storage_tables(const World& world) { return {container_table(world)}; }

}  // namespace pf::sim
