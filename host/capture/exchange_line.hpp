// The lines of a capture: JSON objects, one per line, as docs/capture.md describes them.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "host/capture/redactor.hpp"
#include "host/prism/exchange.hpp"

namespace pf::host::capture {

// Where an exchange stands in a capture.
struct LinePlace {
    std::uint64_t number = 0;
    std::size_t target = 0;
    std::chrono::milliseconds at{0};  // since the capture began
};

// How texts get into a capture.
struct LineRules {
    const Redactor* redactor = nullptr;                  // null: as they are, except that
    std::function<std::string(std::string_view)> scrub;  // this takes known secrets out
};

// The line of an exchange. `is_body_left_out` tells that its body is no JSON text and not in it.
std::string exchange_line(const LinePlace& place, const prism::Exchange& exchange,
                          const LineRules& rules, bool& is_body_left_out);

// "2026-11-23T08:15:00Z"
std::string time_text(std::chrono::system_clock::time_point when);

// The name and the value of a Set-Cookie field's cookie.
std::pair<std::string_view, std::string_view> cookie_of(std::string_view set_cookie);

}  // namespace pf::host::capture
