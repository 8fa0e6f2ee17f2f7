// Dates of HTTP headers.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace pf::host::prism {

// The time an HTTP date means, in any of the three forms a client must accept (RFC 9110, section
// 5.6.7): "Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT",
// "Sun Nov  6 08:49:37 1994". Nothing for anything else. `now` decides the century of a year with
// two digits.
std::optional<std::chrono::system_clock::time_point> http_date(
    std::string_view text, std::chrono::system_clock::time_point now);

}  // namespace pf::host::prism
