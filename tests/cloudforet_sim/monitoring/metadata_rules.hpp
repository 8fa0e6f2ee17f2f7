// What CloudForet's monitoring takes as the metadata of a data source, and refuses else.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace pf::cloudforet_sim::monitoring {

enum class SourceType { metric, log };

// Why the service answers ERROR_INVALID_PLUGIN_OPTIONS, one line for each violation; empty when
// nothing is wrong.
std::string refusal(SourceType type, const nlohmann::json& metadata);

}  // namespace pf::cloudforet_sim::monitoring
