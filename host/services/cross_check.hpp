// Cross-check: does a list bring about as many entities as Prism counts elsewhere?
//
// A role that may not see everything cuts lists without a word: Prism's own total is cut as well.
// Where the descriptor says who else counts (`counted_by`), and the call has that table anyway, the
// two are compared, loosely: counts lag behind, and machines come and go.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "host/services/descriptor.hpp"
#include "host/services/lookup.hpp"

namespace pf::host::services {

// The table of a look-up the call has opened, or null.
using OpenedTable = std::function<const Table*(std::uint32_t lookup)>;

// The largest number that the tables of `counted_by` say; nothing when none of them is there or
// none has numbers.
std::optional<std::uint64_t> counted_elsewhere(const std::vector<CountedBy>& counted_by,
                                               const OpenedTable& table);

// Whether `listed` is so far below `counted` that it cannot be a matter of time.
bool is_clearly_fewer(std::uint64_t listed, std::uint64_t counted) noexcept;

}  // namespace pf::host::services
