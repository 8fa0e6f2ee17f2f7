// What surrounds a resource: state, message, resource_type and match_rules.
#pragma once

#include <string_view>

#include "tests/row_check/findings.hpp"

namespace pf::test {

inline constexpr std::uint64_t state_success = 4;
inline constexpr std::uint64_t state_failure = 5;

// Checks the envelope (row.*, failure.*); match_rules are left to check_match_rules.
void check_envelope(RowScope& scope, const DecodedRow& row);

// Checks match_rules (row.match_rules_empty, match.*) against the conventional paths of the row's
// type. Call it after the payload's checks: values reported there are not reported again.
void check_match_rules(RowScope& scope, const DecodedRow& row);

// Checks the payload of a FAILURE row (failure.payload).
void check_failure_payload(RowScope& scope, const DecodedRow& row);

}  // namespace pf::test
