#include "host/prism/http_date.hpp"

#include <time.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace pf::host::prism {
namespace {

using SystemTime = std::chrono::system_clock::time_point;

// The names are English whatever the locale of the process is, hence not strptime's %a and %b.
constexpr std::array<std::string_view, 12> months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

// -1 when it is none; a leading blank stands for a zero.
int number(std::string_view digits) {
    if (!digits.empty() && digits.front() == ' ') {
        digits.remove_prefix(1);
    }
    int value = -1;
    const auto parsed = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return parsed.ec == std::errc() && parsed.ptr == digits.data() + digits.size() ? value : -1;
}

int month(std::string_view name) {
    const auto found = std::find(months.begin(), months.end(), name);
    return found == months.end() ? -1 : static_cast<int>(found - months.begin());
}

bool is_clock(std::string_view text, tm& parts) {
    if (text.size() != 8 || text[2] != ':' || text[5] != ':') {
        return false;
    }
    parts.tm_hour = number(text.substr(0, 2));
    parts.tm_min = number(text.substr(3, 2));
    parts.tm_sec = number(text.substr(6, 2));
    return parts.tm_hour >= 0 && parts.tm_hour <= 23 && parts.tm_min >= 0 && parts.tm_min <= 59 &&
           parts.tm_sec >= 0 && parts.tm_sec <= 60;
}

// "06 Nov 1994 08:49:37 GMT" or "06-Nov-94 08:49:37 GMT"; the year's digits differ.
bool is_behind_comma(std::string_view text, std::size_t year_digits, char separator, tm& parts) {
    const std::size_t clock = 8 + year_digits;
    if (text.size() != clock + 12 || text[2] != separator || text[6] != separator ||
        text[clock - 1] != ' ' || text.substr(clock + 8) != " GMT") {
        return false;
    }
    parts.tm_mday = number(text.substr(0, 2));
    parts.tm_mon = month(text.substr(3, 3));
    parts.tm_year = number(text.substr(7, year_digits));
    return is_clock(text.substr(clock, 8), parts);
}

// "Nov  6 08:49:37 1994"
bool is_asctime(std::string_view text, tm& parts) {
    if (text.size() != 20 || text[3] != ' ' || text[6] != ' ' || text[15] != ' ') {
        return false;
    }
    parts.tm_mon = month(text.substr(0, 3));
    parts.tm_mday = number(text.substr(4, 2));
    parts.tm_year = number(text.substr(16));
    return is_clock(text.substr(7, 8), parts);
}

// A year with two digits that seems to be more than 50 years ahead is in the past.
int whole_year(int two_digits, SystemTime now) {
    const time_t seconds = std::chrono::system_clock::to_time_t(now);
    tm today{};
    ::gmtime_r(&seconds, &today);
    const int this_year = today.tm_year + 1900;
    const int year = this_year / 100 * 100 + two_digits;
    return year > this_year + 50 ? year - 100 : year;
}

}  // namespace

std::optional<SystemTime> http_date(std::string_view text, SystemTime now) {
    tm parts{};
    const auto comma = text.find(", ");
    bool is_date = false;
    if (comma == std::string_view::npos) {
        is_date = text.size() > 4 && text[3] == ' ' && is_asctime(text.substr(4), parts);
    } else if (comma == 3) {
        is_date = is_behind_comma(text.substr(5), 4, ' ', parts);
    } else if (is_behind_comma(text.substr(comma + 2), 2, '-', parts) && parts.tm_year >= 0) {
        is_date = true;
        parts.tm_year = whole_year(parts.tm_year, now);
    }
    if (!is_date || parts.tm_mon < 0 || parts.tm_mday < 1 || parts.tm_mday > 31 ||
        parts.tm_year < 1970) {
        return std::nullopt;
    }
    parts.tm_year -= 1900;
    // Beyond the clock's own range nothing is lost: nobody waits that long.
    constexpr time_t latest = 9'000'000'000;
    return std::chrono::system_clock::from_time_t(std::min(::timegm(&parts), latest));
}

}  // namespace pf::host::prism
