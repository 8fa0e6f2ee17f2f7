// Durations and sizes as people write them in a configuration: "30s", "64MiB".
#pragma once

#include <chrono>
#include <cstdint>
#include <string_view>

#include "host/base/status.hpp"

namespace pf::host::document {

// A whole or decimal number and ms, s, m, h or d; several parts may follow each other: "1h30m".
// "0" needs no unit. INVALID_ARGUMENT (ERROR_CONFIG) for anything else and for more than ten years.
Result<std::chrono::milliseconds> parse_duration(std::string_view text);

// A number of bytes with B, KiB, MiB, GiB, TiB (powers of 1024) or kB, MB, GB, TB (powers of 1000).
// INVALID_ARGUMENT (ERROR_CONFIG) for anything else and for more than 2^53.
Result<std::uint64_t> parse_size(std::string_view text);

}  // namespace pf::host::document
