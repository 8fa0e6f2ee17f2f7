// What the production checks of `doctor` look at, from a configuration and the environment.
#pragma once

#include "host/app/config.hpp"
#include "host/doctor/production/setup.hpp"

namespace pf::host::app {

// Holds places of credentials, never one of them.
doctor::Setup production_setup(const LoadedConfig& loaded, const Environment& environment);

}  // namespace pf::host::app
