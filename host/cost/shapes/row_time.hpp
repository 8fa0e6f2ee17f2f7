// Times as rows have them: RFC 3339 to UTC seconds.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace pf::host::cost {

// Seconds since 1970 of "2026-03-02T09:15:46Z", with or without a fraction, which is dropped, and
// with any offset. Nothing when it is no such time, or before 1970 or after 9999.
std::optional<std::int64_t> seconds_of(std::string_view text) noexcept;

}  // namespace pf::host::cost
