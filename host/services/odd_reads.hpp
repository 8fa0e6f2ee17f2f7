// Odd reads: values that a module asked for as something else than Prism sent, such as a number
// where a text was expected. The module gets nothing, so something is left out of its rows; the
// count makes that a note instead of a silence. Null and what is not there are not odd.
#pragma once

#include <cstdint>
#include <string>

#include "prismforet/abi/reader.h"

namespace pf::host::services {

// The reader table modules get: reader(), and it counts. Static.
const pf_reader& module_reader();

struct OddReads {
    std::uint64_t count = 0;
    std::string first;  // key of the first one, at most 64 bytes; empty when it has none
};

// What the calling thread's modules have read oddly since the last time it asked.
OddReads take_odd_reads();

}  // namespace pf::host::services
