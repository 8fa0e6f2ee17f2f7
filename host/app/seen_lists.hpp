// Which lists of a collection show all of their kind, so that what is not in them is gone.
#pragma once

#include <vector>

#include "host/runtime/report.hpp"
#include "host/runtime/request.hpp"
#include "host/state/ledger_feeder.hpp"

namespace pf::host::app {

// One for each list of the report. Complete: the list was whole, nothing else of its kind is
// missing at its target, and the options chose no part of it.
std::vector<state::SeenList> seen_lists(const runtime::Options& options,
                                        const runtime::RunReport& report);

// The same of what the option `clusters` chooses: complete does not say that it is all.
std::vector<state::SeenList> chosen_lists(const runtime::RunReport& report);

}  // namespace pf::host::app
