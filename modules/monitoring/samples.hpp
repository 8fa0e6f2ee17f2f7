// Reads Prism's answers with statistics into samples.
#pragma once

#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "metric_table.hpp"
#include "prismforet/cpp/value.hpp"
#include "resample.hpp"

namespace monitoring {

// Gets the samples of one entity, in Prism's numbers; the id is as Prism writes it and lives until
// the call returns.
using OnEntity = std::function<void(std::string_view id, std::vector<Sample> samples)>;

// v4, virtual machines: {"data": [{"extId", "stats": [{"timestamp", <metric>}]}]}, or the same of
// one.
void read_rows(pf::Value root, const Metric& metric, const OnEntity& on_entity);
// v4, anything else: {"data": {<metric>: [{"timestamp", "value"}]}}, of one entity.
std::vector<Sample> read_column(pf::Value root, const Metric& metric);
// v3: {"group_results": [{"entity_results": [{"entity_id", "data": [{"name", "values"}]}]}]}; times
// are in seconds, milliseconds or microseconds, values are texts.
void read_groups(pf::Value root, const Metric& metric, const OnEntity& on_entity);

// Seconds since 1970 of a time as RFC 3339 has it; fractions are dropped. Nothing for other texts.
std::optional<std::int64_t> parse_time(std::string_view text) noexcept;

}  // namespace monitoring
