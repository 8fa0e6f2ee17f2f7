#pragma once
// The parameters of a v4 request for statistics, checked as Prism checks them.

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "tests/prism_sim/model/sample_slots.hpp"
#include "tests/prism_sim/v4/query.hpp"
#include "tests/prism_sim/v4/stats_fields.hpp"

namespace pf::sim {

/// Seconds since 1970 of a time in ISO 8601 with Z or an offset; fractions are cut off. Nothing for
/// any other text and for years before 1970.
std::optional<std::uint64_t> parse_time(std::string_view text);

/// $startTime, $endTime, $samplingInterval and $statType.
std::variant<SampleWindow, QueryProblem> parse_window(const Request& request,
                                                      const StatisticsReadings& readings);

/// What of a thing is wanted.
struct StatsSelection {
    std::vector<const StatsField*> fields;
    bool has_id = true, has_time = true, has_cluster = true, has_hypervisor = true;
};
/// $select of a place and a version: names of rows have the prefix "stats/".
std::variant<StatsSelection, QueryProblem> parse_selection(const Request& request,
                                                           const StatsPlace& place, int minor,
                                                           const StatisticsReadings& readings);

/// The ids of a $filter on extId: `eq`, several with `or`, or `in`, as far as `accepted`.
std::variant<std::vector<Uuid>, QueryProblem> parse_id_filter(std::string_view text,
                                                              StatsFilter accepted);

}  // namespace pf::sim
