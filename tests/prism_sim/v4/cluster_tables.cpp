#include "tests/prism_sim/model/drives.hpp"
#include "tests/prism_sim/v4/entities.hpp"
#include "tests/prism_sim/v4/table.hpp"

namespace pf::sim {
namespace {

constexpr CollectionNames kClusters = {"clustermgmt",
                                       "config/clusters",
                                       "clustermgmt.v4.config.Cluster",
                                       "clustermgmt.v4.config.ListClustersApiResponse",
                                       "clustermgmt.v4.config.GetClusterApiResponse",
                                       "cluster",
                                       "clusterExtId",
                                       "cluster"};
constexpr CollectionNames kHosts = {"clustermgmt",
                                    "config/hosts",
                                    "clustermgmt.v4.config.Host",
                                    "clustermgmt.v4.config.ListHostsApiResponse",
                                    "clustermgmt.v4.config.GetHostApiResponse",
                                    "host",
                                    "hostExtId",
                                    "host"};

constexpr CollectionNames kDisks = {"clustermgmt",
                                    "config/disks",
                                    "clustermgmt.v4.config.Disk",
                                    "clustermgmt.v4.config.ListDisksApiResponse",
                                    "clustermgmt.v4.config.GetDiskApiResponse",
                                    "disk",
                                    "diskExtId",
                                    "disk"};

Table cluster_table(const World& w, const VmRoster& roster) {
    const auto aos = static_cast<std::uint32_t>(w.clusters.size());
    const auto matches = [aos](std::uint32_t i, const Filter& filter) -> std::optional<bool> {
        if (filter.field != "config/clusterFunction") return std::nullopt;
        return filter.value == (i == aos ? "PRISM_CENTRAL" : "AOS");
    };
    return {kClusters,
            [aos] { return aos + 1; },
            [&w, aos](std::uint32_t i) { return i == aos ? w.pc_id : w.clusters[i].id; },
            [&w, aos](std::uint32_t i) { return i == aos ? w.pc_name : w.clusters[i].name; },
            matches,
            [&w, &roster](ObjectWriter& out, std::uint32_t i) { write_cluster(out, w, roster, i); },
            [aos](std::uint32_t i) { return i == aos ? kNone : i; }};
}

Table host_table(const World& w, const VmRoster& roster) {
    return {kHosts,
            size_of(w.hosts),
            id_of(w.hosts),
            name_of(w.hosts),
            by_cluster(w, w.hosts, "cluster/uuid"),
            [&w, &roster](ObjectWriter& out, std::uint32_t i) { write_host(out, w, roster, i); },
            cluster_of(w.hosts),
            "extId",
            "hostName"};
}

Table disk_table(const World& w) {
    const auto host_of = [&w](std::uint32_t i) -> const Host& {
        return w.hosts[i / kDrivesPerHost];
    };
    const auto matches = [&w, host_of](std::uint32_t i, const Filter& filter) {
        std::optional<bool> is_match;
        if (filter.field == "clusterExtId")
            is_match = to_text(w.clusters[host_of(i).cluster].id) == filter.value;
        if (filter.field == "nodeExtId") is_match = to_text(host_of(i).id) == filter.value;
        return is_match;
    };
    return {kDisks,
            [&w] { return count_drives(w); },
            [&w](std::uint32_t i) { return drive_id(w, i / kDrivesPerHost, i % kDrivesPerHost); },
            [&w](std::uint32_t i) { return describe_drive(w, i).serial; },
            matches,
            [&w](ObjectWriter& out, std::uint32_t i) { write_disk(out, w, i); },
            [host_of](std::uint32_t i) { return host_of(i).cluster; },
            "extId",
            "serialNumber"};
}

}  // namespace

std::vector<Table> make_cluster_tables(const World& world, const VmRoster& roster) {
    return {cluster_table(world, roster), host_table(world, roster), disk_table(world)};
}

}  // namespace pf::sim
