#pragma once
// Faults in the entries of a finished list answer, v4 or v3: odd fields, wrong texts, entries that
// come twice or not at all, totals that do not add up.

#include <string>
#include <string_view>

#include "tests/prism_sim/gate/faults.hpp"
#include "tests/prism_sim/net/message.hpp"

namespace pf::sim {

/// Applies a fault of the stage `list`. Answers that are no list, or lack the entry or the field,
/// stay as they are.
void spoil_list(const Fault& fault, Response& response);
/// Puts an entry of another page into this list, as faults `repeated-entry` and `shifted-entry` do:
/// before the fault's entry, or in its place.
void put_foreign_entry(const Fault& fault, std::string_view entry, Response& response);
/// The last entry of a list answer, as text; empty if there is none.
std::string last_entry(const Response& response);

}  // namespace pf::sim
