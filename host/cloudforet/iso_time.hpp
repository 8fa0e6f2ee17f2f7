// Points in time as CloudForet's requests and answers have them: ISO 8601, UTC when no zone is
// said.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace pf::host::cloudforet {

// Seconds since 1970 of "2026-02-28", "2026-02-28T12:00", "2026-02-28 12:00:00.123+09:00" and the
// like; a fraction is cut off. Nothing for any other text and for days or hours there are not.
std::optional<std::int64_t> parse_iso_time(std::string_view text);

// "2026-02-28T12:00:00Z" of seconds since 1970, of the years 1 to 9999.
std::string iso_time(std::int64_t seconds);

}  // namespace pf::host::cloudforet
