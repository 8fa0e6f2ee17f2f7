// What a configuration may hold.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

namespace pf::host::app {

// The JSON Schema of a configuration file.
const nlohmann::json& config_schema();
// The same as text, for editors.
std::string config_schema_text();

// The values used where nobody says anything, as a configuration.
const nlohmann::json& config_defaults();

}  // namespace pf::host::app
