// RowTally: counts the rows of one collect, and their unique ids, as a receiver would: exactly,
// and without decoding more than it needs.
#pragma once

#include <cstdint>
#include <string_view>

#include "host/services/id_set.hpp"

namespace pf::bench {

struct RowTally {
    std::uint64_t rows = 0;
    std::uint64_t bytes = 0;
    std::uint64_t machines = 0;       // rows with a resource id
    std::uint64_t machine_bytes = 0;  // of these
    std::uint64_t failures = 0;       // FAILURE rows
    host::services::IdSet ids;

    // `row` is a ResourceInfo on the wire.
    void add(std::string_view row);
};

}  // namespace pf::bench
