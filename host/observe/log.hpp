// Structured logs: one line per event, `key=value` or JSON, on stderr, with the ids of the call
// that the thread works for (host/base/call_trace.hpp): request_id, and trace_id if its caller
// traces. Every value passes the redaction (redact.hpp), loses its control characters, and a line
// is never longer than 4 KiB. All functions are safe from any thread and never throw.
//
//     observe::log(observe::Level::info, "collect.end", {{"rows", std::to_string(rows)}});
#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace pf::host::observe {

// How much an event matters.
enum class Level : std::uint8_t { debug, info, warn, error, off };

// How a line looks.
enum class Format : std::uint8_t { logfmt, json };

// One fact of an event. Both texts need to live only during the call of log().
struct Field {
    std::string_view key;
    std::string_view value;
};

// Where lines go; gets each without its line break, from the thread that logs, one at a time.
using Writer = std::function<void(std::string_view line)>;

// How to log from now on.
struct LogSettings {
    Level level = Level::info;
    Format format = Format::logfmt;
    Writer writer;  // empty = stderr
};

// Before the first call: level info, logfmt, stderr.
void set_log(LogSettings settings) noexcept;

// True when an event of this level is written. Cheap: ask before costly fields are made.
bool is_logged(Level level) noexcept;

// Writes one event. `event` is a dotted name; what varies belongs into fields.
void log(Level level, std::string_view event, std::initializer_list<Field> fields = {}) noexcept;
// The same, for fields made at run time.
void log(Level level, std::string_view event, std::span<const Field> fields) noexcept;

// The level of a word in any case: debug, info, warn, warning, error, critical, off.
std::optional<Level> parse_level(std::string_view text) noexcept;
// The word of a level, lower case.
std::string_view level_name(Level level) noexcept;

}  // namespace pf::host::observe
