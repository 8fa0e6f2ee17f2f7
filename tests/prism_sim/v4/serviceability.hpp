#pragma once
// The lists of alerts, events and audits.

#include <memory>
#include <vector>

#include "tests/prism_sim/model/alert_book.hpp"
#include "tests/prism_sim/v4/collection.hpp"

namespace pf::sim {

/// Adds the three lists. The references must outlive them.
void add_serviceability(const World& world, const AlertBook& book,
                        std::vector<std::unique_ptr<Collection>>& all);

}  // namespace pf::sim
