// The console part of an output, turned into what CloudForet stores of the resource type.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "host/services/descriptor.hpp"

namespace pf::host::loader {

// CloudServiceType.metadata as JSON text: {"view": {"search": ..., "table": ..., "sub_data": ...}}.
// `console` has passed the descriptor's schema; parts it does not have are left out.
std::string view_metadata(const nlohmann::ordered_json& console);

// The metrics of the kind, each with its AnalyzeQuery: divided by region and account, then by what
// the metric names.
std::vector<services::Metric> metrics(const nlohmann::ordered_json& console);

}  // namespace pf::host::loader
