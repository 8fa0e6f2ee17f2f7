// A log line as text: escaping, redaction, the length limit.
#pragma once

#include <chrono>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "host/base/call_trace.hpp"
#include "host/observe/log.hpp"

namespace pf::host::observe {

// No line is longer, in bytes.
inline constexpr std::size_t longest_line = 4096;

// The line of an event without its line break, with the ids of `call` when it belongs to one (may
// be null). What does not fit is cut and the line ends with truncated=true. The result holds no
// control characters, and is valid UTF-8 if its parts are.
std::string format_line(Format format, std::chrono::system_clock::time_point when, Level level,
                        std::string_view event, std::span<const Field> fields,
                        const CallTrace* call = nullptr);

}  // namespace pf::host::observe
