// Points in time as Prism writes them, as texts for the console.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace management {

// "2025-10-01T00:00:00Z" of seconds, milliseconds or microseconds since 1970: Prism's models do not
// say which, and their sizes tell. Empty for what is none of them, or before 2001.
std::string time_of_count(std::int64_t count);

// A time in whole seconds, which is all that every generation knows: "2026-03-02T09:15:46Z" of
// "2026-03-02T09:15:46.269181Z".
std::string whole_seconds(std::string_view time);

}  // namespace management
