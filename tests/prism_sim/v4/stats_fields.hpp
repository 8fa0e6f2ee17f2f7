#pragma once
// What v4 calls the statistics of each kind of thing, and since which version it has them.

#include <span>
#include <string_view>

#include "tests/prism_sim/model/statistics.hpp"
#include "tests/prism_sim/v4/collection.hpp"

namespace pf::sim {

struct StatsField {
    std::string_view name;
    Metric metric;
    int since = 0;  ///< 4.`since`
};

/// Statistics at one place: `names.path` is what stands before the id of the thing.
struct StatsPlace {
    CollectionNames names;
    Measured kind;
    std::string_view id_field;   ///< In `data`.
    std::string_view pair_type;  ///< $objectType of a sample of a column; empty: rows of samples.
    std::span<const StatsField> fields;
    bool is_common_pair = false;  ///< The type of a sample is of the common namespace.

    /// A VM: samples are rows, and there is a list.
    [[nodiscard]] bool has_rows() const { return pair_type.empty(); }
};

/// All places but that of hosts, which stands below a cluster.
std::span<const StatsPlace> stats_places();
/// Hosts, at stats/clusters/{clusterExtId}/hosts/{extId}.
const StatsPlace& host_stats_place();

}  // namespace pf::sim
