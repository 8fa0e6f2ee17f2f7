// The positions in the descriptor, and how a cluster that something lies in is written.
#pragma once

#include <cstdint>
#include <prismforet/module.hpp>
#include <string_view>

namespace storage {

// Positions in the descriptor; storage_test.cpp holds them against it.
enum class Endpoint : std::uint32_t {
    containers,
    container_stats,
    volume_groups,
    volume_group_disks,
    volume_group_attachments,
    clusters
};
enum class Table : std::uint32_t { clusters, containers };
enum class Output : std::uint32_t { storage_container, volume_group };

// A cluster by UUID, with its name when it came along.
struct Cluster {
    std::string_view uuid;
    std::string_view name;
};

// data.cluster {uuid, name?}; unknown when the name exists and could not be read.
inline void write_cluster(pf::Row& row, pf::Object& data, const Cluster& cluster,
                          const pf::Lookup& names) {
    if (cluster.uuid.empty()) return;
    if (cluster.name.empty() && names.is_unknown()) return row.unknown("cluster");
    pf::Object out = data.object("cluster");
    out.put("uuid", cluster.uuid);
    out.text("name", cluster.name.empty() ? names.find(cluster.uuid) : cluster.name);
}

}  // namespace storage
