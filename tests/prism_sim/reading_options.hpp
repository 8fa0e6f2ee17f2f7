#pragma once
// The command line's switches for Config::v4, Config::v3, Config::access and Config::statistics.

#include <CLI/CLI.hpp>

#include "tests/prism_sim/config.hpp"

namespace pf::sim {

/// Adds one option per reading; `config` must outlive the parsing.
void add_reading_options(CLI::App& app, Config& config);

}  // namespace pf::sim
