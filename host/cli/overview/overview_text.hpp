// The overview of an inventory, for people and for programs.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "host/cli/overview/inventory_counts.hpp"
#include "host/cli/table.hpp"

namespace pf::host::cli {

// One screen: kinds with their states and how their collection ended, kinds by region, capacities.
// `hidden` gets the titles of columns for which the terminal is too narrow.
std::string overview_text(const InventoryCounts& counts, const TableLook& look,
                          std::vector<std::string>& hidden);

// One JSON document on one line; `targets` are the Prism Centrals that were asked, `summary` is the
// run's, JSON text of an object.
std::string overview_json(const InventoryCounts& counts, const std::vector<std::string>& targets,
                          std::string_view summary);

}  // namespace pf::host::cli
