// What a cost record must be, so that CloudForet takes it as it is meant.
#pragma once

#include "host/base/status.hpp"
#include "host/services/cost_desk.hpp"

namespace pf::host::services {

// Tags of one record, at most.
inline constexpr std::uint32_t most_tags = 16;

// OK, or INVALID_ARGUMENT (ERROR_COST_RECORD) with the first rule that `charge` breaks: a text at a
// null pointer or without valid UTF-8, an empty resource, a text of more than 255 characters
// where CloudForet keeps no more, a negative or inexact amount, a day that `desk` does not have, a
// tag's key that is empty, repeated or holds a dot.
Status check_charge(const pf_charge& charge, const CostDesk& desk);
// The same for a line: its texts are there.
Status check_line(const pf_cost_line& line);

}  // namespace pf::host::services
