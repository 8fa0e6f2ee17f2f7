// From checked values to the Config that the program uses.
#pragma once

#include <string>
#include <vector>

#include "host/app/config.hpp"

namespace pf::host::app {

// `layers` has passed the schema. References are expanded and secret files are read. The first
// problem is INVALID_ARGUMENT (ERROR_CONFIG) with the place of the value.
Result<Config> read_config(const ConfigLayers& layers, const Environment& environment,
                           std::vector<std::string>& warnings);

}  // namespace pf::host::app
