#include "host/prism/retry.hpp"

#include <time.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <string>

namespace pf::host::prism {
namespace {

std::string_view trim(std::string_view text) {
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) {
        return {};
    }
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::optional<std::chrono::system_clock::time_point> http_date(std::string_view text) {
    // The names are English whatever the locale of the process is, hence not strptime's %a and %b.
    static constexpr std::array<std::string_view, 12> months = {
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    // "Sun, 06 Nov 1994 08:49:37 GMT"
    if (text.size() != 29 || text.substr(3, 2) != ", " || text.substr(25) != " GMT" ||
        text[7] != ' ' || text[11] != ' ' || text[16] != ' ' || text[19] != ':' ||
        text[22] != ':') {
        return std::nullopt;
    }
    const auto number = [&](std::size_t at, std::size_t length) {
        int value = -1;
        const char* end = text.data() + at + length;
        const auto parsed = std::from_chars(text.data() + at, end, value);
        return parsed.ec == std::errc() && parsed.ptr == end ? value : -1;
    };
    const auto month = std::find(months.begin(), months.end(), text.substr(8, 3));
    tm parts{};
    parts.tm_mday = number(5, 2);
    parts.tm_mon = static_cast<int>(month - months.begin());
    parts.tm_year = number(12, 4) - 1900;
    parts.tm_hour = number(17, 2);
    parts.tm_min = number(20, 2);
    parts.tm_sec = number(23, 2);
    if (month == months.end() || parts.tm_mday < 1 || parts.tm_mday > 31 || parts.tm_year < 70 ||
        parts.tm_hour < 0 || parts.tm_hour > 23 || parts.tm_min < 0 || parts.tm_min > 59 ||
        parts.tm_sec < 0 || parts.tm_sec > 60) {
        return std::nullopt;
    }
    const time_t seconds = ::timegm(&parts);
    // Beyond the clock's own range nothing is lost: the caller caps the wait.
    const time_t latest = 9'000'000'000;
    return std::chrono::system_clock::from_time_t(std::min(seconds, latest));
}

}  // namespace

bool transient_status(int http) noexcept {
    return http == 408 || http == 429 || http == 500 || http == 502 || http == 503 || http == 504;
}

bool rate_limit_group(std::string_view group) noexcept {
    return group == "RATE_LIMIT_EXCEEDED" || group == "RATE_LIMIT_ERROR" ||
           group == "OBJECTS_RATE_LIMIT_ERROR";
}

std::uint32_t attempts_allowed(Trouble trouble, std::uint32_t tries) noexcept {
    switch (trouble) {
        case Trouble::unreachable:
            return std::min<std::uint32_t>(tries, 2);
        case Trouble::network:
        case Trouble::timeout:
        case Trouble::cut_short:
            return tries;
        case Trouble::none:
        case Trouble::tls:
        case Trouble::malformed:
        case Trouble::too_large:
        case Trouble::stopped:
            break;
    }
    return 1;
}

std::chrono::milliseconds backoff(std::uint32_t attempt, std::chrono::milliseconds base,
                                  std::chrono::milliseconds cap, double random) noexcept {
    const double grown = static_cast<double>(base.count()) *
                         std::ldexp(1.0, static_cast<int>(std::min(attempt, 64u)) - 1);
    const double most = std::min(grown, static_cast<double>(cap.count()));
    return std::chrono::milliseconds(
        static_cast<std::int64_t>(std::max(0.0, most * std::clamp(random, 0.0, 1.0))));
}

std::optional<std::chrono::milliseconds> retry_after(
    std::string_view header, std::chrono::system_clock::time_point now) noexcept {
    using std::chrono::milliseconds;
    const std::string_view text = trim(header);
    if (text.empty()) {
        return std::nullopt;
    }
    if (std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; })) {
        std::uint64_t seconds = 0;
        const auto parsed = std::from_chars(text.data(), text.data() + text.size(), seconds);
        const auto most = static_cast<std::uint64_t>(longest_retry_after.count());
        if (parsed.ec != std::errc() || seconds > most) {
            return milliseconds(longest_retry_after);
        }
        return milliseconds(seconds * 1000);
    }
    const auto date = http_date(text);
    if (!date) {
        return std::nullopt;
    }
    if (*date <= now) {
        return milliseconds(0);
    }
    return std::min(std::chrono::ceil<milliseconds>(*date - now),
                    milliseconds(longest_retry_after));
}

}  // namespace pf::host::prism
