// The flags that name Prism Centrals, the same for every command that asks one.
#pragma once

#include "host/cli/collect_request.hpp"

namespace CLI {
class App;
}

namespace pf::host::cli {

// Adds --target, --host, --username and their like to `command`; `flags` outlives it.
void add_target_flags(CLI::App& command, TargetFlags& flags);

}  // namespace pf::host::cli
