#include "host/cli/human.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <ctime>

namespace pf::host::cli {
namespace {

constexpr std::array<const char*, 6> units = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};
// The same as the console names them.
constexpr std::array<std::string_view, 6> console_units = {"BYTES", "KB", "MB", "GB", "TB", "PB"};

std::string formatted(const char* format, double number) {
    char text[64];
    std::snprintf(text, sizeof text, format, number);
    return text;
}

// Takes `count` digits from the front; negative when there are not so many.
int take_digits(std::string_view& text, std::size_t count) {
    if (text.size() < count) {
        return -1;
    }
    int number = 0;
    for (std::size_t i = 0; i < count; ++i) {
        if (text[i] < '0' || text[i] > '9') {
            return -1;
        }
        number = number * 10 + (text[i] - '0');
    }
    text.remove_prefix(count);
    return number;
}

bool take(std::string_view& text, std::string_view any_of) {
    if (text.empty() || any_of.find(text.front()) == any_of.npos) {
        return false;
    }
    text.remove_prefix(1);
    return true;
}

// The offset of a time zone in seconds; nothing when the rest of `text` is none.
std::optional<int> parse_zone(std::string_view text) {
    if (text.empty() || text == "Z" || text == "z") {
        return 0;
    }
    const int sign = text.front() == '-' ? -1 : 1;
    if (!take(text, "+-")) {
        return std::nullopt;
    }
    const int hours = take_digits(text, 2);
    take(text, ":");
    const int minutes = text.empty() ? 0 : take_digits(text, 2);
    if (hours < 0 || minutes < 0 || !text.empty()) {
        return std::nullopt;
    }
    return sign * (hours * 3600 + minutes * 60);
}

}  // namespace

std::string count_text(std::uint64_t number) {
    std::string text = std::to_string(number);
    for (std::size_t at = text.size(); at > 3;) {
        at -= 3;
        text.insert(at, ",");
    }
    return text;
}

std::string number_text(double number) {
    if (number == std::floor(number) && std::abs(number) < 1e15) {
        return formatted("%.0f", number);
    }
    return formatted("%.6g", number);
}

std::string size_text(double bytes) {
    std::size_t unit = 0;
    // 1023.95 would be shown as 1024.0 of the smaller unit.
    while (std::abs(bytes) >= 1023.95 && unit + 1 < units.size()) {
        bytes /= 1024;
        ++unit;
    }
    std::string text = formatted("%.1f", bytes);
    if (text.size() > 2 && text.compare(text.size() - 2, 2, ".0") == 0) {
        text.resize(text.size() - 2);
    }
    return text + " " + units[unit];
}

std::string size_text(double bytes, std::string_view unit) {
    const auto* const known = std::find(console_units.begin(), console_units.end(), unit);
    if (known == console_units.end()) {
        return size_text(bytes);
    }
    std::string text = formatted("%.2f", bytes / unit_factor(unit));
    text.erase(text.find_last_not_of('0') + 1);
    text.erase(text.find_last_not_of('.') + 1);
    return text + " " + units[static_cast<std::size_t>(known - console_units.begin())];
}

double unit_factor(std::string_view unit) {
    double factor = 1;
    for (const std::string_view one : console_units) {
        if (one == unit) {
            return factor;
        }
        factor *= 1024;
    }
    return 1;
}

std::string span_text(std::chrono::milliseconds span) {
    const auto ms = span.count();
    if (ms < 1000) {
        return std::to_string(ms) + " ms";
    }
    if (ms < 60000) {
        return formatted("%.1f s", static_cast<double>(ms) / 1000);
    }
    struct Part {
        std::int64_t seconds;
        const char* name;
    };
    static constexpr std::array<Part, 4> parts = {{{86400, "d"}, {3600, "h"}, {60, "m"}, {1, "s"}}};
    std::int64_t rest = ms / 1000;
    std::size_t first = 0;
    while (rest < parts[first].seconds) {
        ++first;
    }
    std::string text;
    for (std::size_t i = first; i < parts.size() && i < first + 2; ++i) {
        const std::int64_t whole = rest / parts[i].seconds;
        rest %= parts[i].seconds;
        if (whole > 0) {
            text += std::to_string(whole) + parts[i].name;
        }
    }
    return text;
}

std::string counted(std::uint64_t number, std::string_view word) {
    return count_text(number) + " " + std::string(word) + (number == 1 ? "" : "s");
}

std::optional<std::chrono::system_clock::time_point> parse_time(std::string_view text) {
    std::tm parts{};
    parts.tm_year = take_digits(text, 4) - 1900;
    bool is_good = take(text, "-");
    parts.tm_mon = take_digits(text, 2) - 1;
    is_good = is_good && take(text, "-");
    parts.tm_mday = take_digits(text, 2);
    is_good = is_good && take(text, "Tt ");
    parts.tm_hour = take_digits(text, 2);
    is_good = is_good && take(text, ":");
    parts.tm_min = take_digits(text, 2);
    if (is_good && take(text, ":")) {
        parts.tm_sec = take_digits(text, 2);
        if (take(text, ".")) {
            while (!text.empty() && text.front() >= '0' && text.front() <= '9') {
                text.remove_prefix(1);
            }
        }
    }
    const auto offset = parse_zone(text);
    if (!is_good || !offset || parts.tm_mon < 0 || parts.tm_mon > 11 || parts.tm_mday < 1 ||
        parts.tm_mday > 31 || parts.tm_hour < 0 || parts.tm_hour > 23 || parts.tm_min < 0 ||
        parts.tm_min > 59 || parts.tm_sec < 0 || parts.tm_sec > 60) {
        return std::nullopt;
    }
    return std::chrono::system_clock::from_time_t(::timegm(&parts) - *offset);
}

std::string time_text(std::chrono::system_clock::time_point when, bool is_utc) {
    const std::time_t seconds = std::chrono::system_clock::to_time_t(when);
    std::tm parts{};
    is_utc ? ::gmtime_r(&seconds, &parts) : ::localtime_r(&seconds, &parts);
    char text[48];
    std::strftime(text, sizeof text, is_utc ? "%Y-%m-%d %H:%MZ" : "%Y-%m-%d %H:%M", &parts);
    return text;
}

std::string rfc3339(std::chrono::system_clock::time_point when) {
    const std::time_t seconds = std::chrono::system_clock::to_time_t(when);
    std::tm parts{};
    ::gmtime_r(&seconds, &parts);
    char text[48];
    std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
    return text;
}

}  // namespace pf::host::cli
