// The environment as a layer of the configuration.
//
// PRISMFORET_ and the path with __ between its parts: PRISMFORET_LOG__LEVEL=debug,
// PRISMFORET_TARGETS__0__URL=... . Lists of words are separated by commas. Besides these:
// PRISMFORET_ROLE (serve.roles), PRISMFORET_CONFIG (the file) and LOG_LEVEL (log.level).
#pragma once

#include <map>
#include <string>

#include "host/app/config_layers.hpp"
#include "host/base/status.hpp"

namespace pf::host::app {

// Variables by name.
using Environment = std::map<std::string, std::string>;

// This process's variables.
Environment process_environment();

// Puts what the environment says on top of `layers`. A name with __ that no key has is
// INVALID_ARGUMENT (ERROR_CONFIG) with the nearest; other names with our prefix are left alone, as
// Kubernetes makes some for a service of our name.
Status apply_environment(const Environment& environment, ConfigLayers& layers);

}  // namespace pf::host::app
