// The console part of an output, turned into what CloudForet stores with the resource type.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

namespace pf::host::loader {

// CloudServiceType.metadata as JSON text: {"view": {"search": ..., "table": ..., "sub_data": ...}}.
// `console` has passed the descriptor's schema; parts it does not have are left out.
std::string view_metadata(const nlohmann::ordered_json& console);

}  // namespace pf::host::loader
