// The commands below `cost`. Each function adds one; its callback sets Session::action.
#pragma once

#include "host/cli/session.hpp"

namespace CLI {
class App;
}

namespace pf::host::cli {

void add_cost_report(CLI::App& parent, Session& session);
void add_cost_idle(CLI::App& parent, Session& session);
void add_cost_explain(CLI::App& parent, Session& session);
void add_cost_model(CLI::App& parent, Session& session);
void add_cost_test(CLI::App& parent, Session& session);

}  // namespace pf::host::cli
