#pragma once
// What v4 shows of one entity only: lists below it, such as the disks of a volume group, and its
// statistics.

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tests/prism_sim/net/message.hpp"
#include "tests/prism_sim/v4/table.hpp"

namespace pf::sim {

/// Lists at <parents>/{extId}/<name>.
struct DetailList {
    std::string_view name_space, parents, name;
    std::string_view word;  ///< Of a parent, for messages.
    /// The number of a parent that is seen.
    std::function<std::optional<std::uint32_t>(const Uuid&)> find;
    /// The list below parent number so many.
    std::function<Table(std::uint32_t)> table;
};

/// A span of time from a statistics request.
struct StatsSpan {
    std::uint64_t start_us = 0, end_us = 0, step_us = 0;
};
/// What is wrong with the parameters, or the span. At most `kMostSamples` lie in it.
std::variant<StatsSpan, QueryProblem> parse_stats_span(const Request& request);
inline constexpr std::uint64_t kMostSamples = 64;

/// Statistics at <parents>/{extId}.
struct DetailStats {
    CollectionNames names;  ///< `path` is <parents>.
    std::function<std::optional<std::uint32_t>(const Uuid&)> find;
    /// Writes the object of parent number so many.
    std::function<void(ObjectWriter&, std::uint32_t, const StatsSpan&)> write;
};

/// The references must outlive the results.
std::vector<DetailList> make_volume_details(const World& world, VmRoster& roster,
                                            const Permissions& permissions);
std::vector<DetailStats> make_storage_stats(const World& world, const Permissions& permissions);

}  // namespace pf::sim
