// Numbers and times as people read them.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace pf::host::cli {

// "12,345"
std::string count_text(std::uint64_t number);
// A decimal without needless zeros: "8", "8.5", "0.25"
std::string number_text(double number);
// Bytes with a binary unit and at most one decimal: "512 B", "8 GiB", "1.5 TiB"
std::string size_text(double bytes);
// Bytes in the console's unit ("GB" is written GiB, as it counts by 1024) with at most two
// decimals; in a unit nobody knows as above.
std::string size_text(double bytes, std::string_view unit);
// The factor of a console unit ("BYTES", "KB", "MB", ... which count by 1024); 1 when unknown.
double unit_factor(std::string_view unit);
// The two largest parts of a span: "3d4h", "5m12s", "850 ms"
std::string span_text(std::chrono::milliseconds span);
// "3 VMs" or "1 VM": `word` gets an s unless `number` is 1.
std::string counted(std::uint64_t number, std::string_view word);

// A point in time written as ISO 8601; nothing when it is none.
std::optional<std::chrono::system_clock::time_point> parse_time(std::string_view text);
// "2026-11-23 08:15" in local time, or with a Z in UTC.
std::string time_text(std::chrono::system_clock::time_point when, bool is_utc);
// RFC 3339 in UTC: "2026-11-23T08:15:00Z"
std::string rfc3339(std::chrono::system_clock::time_point when);

}  // namespace pf::host::cli
