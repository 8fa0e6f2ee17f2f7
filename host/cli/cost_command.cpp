#include <CLI/CLI.hpp>

#include "host/cli/commands.hpp"
#include "host/cli/cost/cost_commands.hpp"

namespace pf::host::cli {

void add_cost(CLI::App& root, Session& session) {
    CLI::App* const command =
        root.add_subcommand("cost", "What resources cost by a cost model, and why");
    command->require_subcommand(1);
    add_cost_report(*command, session);
    add_cost_explain(*command, session);
    add_cost_idle(*command, session);
    add_cost_model(*command, session);
    add_cost_test(*command, session);
}

}  // namespace pf::host::cli
