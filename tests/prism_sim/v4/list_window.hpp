#pragma once
// What the readings about totals and limits leave of what was found for a list.

#include "tests/prism_sim/v4/collection.hpp"
#include "tests/prism_sim/v4/envelope.hpp"

namespace pf::sim {

/// Shortens `found` and says what the list's metadata tells.
PageWindow cut_list(const V4Readings& readings, const ListQuery& query, bool is_paginated,
                    Found& found);

}  // namespace pf::sim
