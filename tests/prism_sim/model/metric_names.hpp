#pragma once
// What v3 groups and v2 call what is measured.

#include <optional>
#include <string_view>

#include "tests/prism_sim/model/statistics.hpp"

namespace pf::sim {

/// The metric with such a name; nothing if there is none.
std::optional<Metric> metric_named(std::string_view name);

}  // namespace pf::sim
