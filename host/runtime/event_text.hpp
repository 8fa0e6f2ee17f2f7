// Times of occurrences, as Prism writes them and as they go out.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace pf::host::runtime {

// UTC milliseconds since 1970 of an RFC 3339 time, or of digits alone: seconds, milliseconds or
// microseconds since 1970, told apart by their size. Nothing for anything else, and for times that
// are not after 1970 began or that four digits of a year cannot say.
std::optional<std::int64_t> read_time(std::string_view text);
// "2026-11-22T08:15:00.250Z"; without the fraction when there is none.
std::string iso_time(std::int64_t ms);

}  // namespace pf::host::runtime
