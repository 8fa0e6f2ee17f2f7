// The flags that say which CloudForet a command talks to, on top of `cloudforet` of the
// configuration.
#pragma once

#include <string>
#include <vector>

#include "host/app/config.hpp"
#include "host/base/status.hpp"

namespace CLI {
class App;
}

namespace pf::host::cli {

struct CloudforetFlags {
    std::string identity;
    std::string token_file;
    std::string workspace_token_file;
    std::string user_token_file;
};

// Adds --identity and --token-file to `command`; `flags` outlives it.
void add_cloudforet_flags(CLI::App& command, CloudforetFlags& flags);
// Adds --workspace-token-file as well.
void add_workspace_flag(CLI::App& command, CloudforetFlags& flags);
// Adds --user-token-file as well.
void add_user_flag(CLI::App& command, CloudforetFlags& flags);

// What they say about the configuration.
std::vector<app::Override> cloudforet_overrides(const CloudforetFlags& flags);

}  // namespace pf::host::cli
