#include "host/prism/retry.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "host/prism/http_date.hpp"

namespace pf::host::prism {
namespace {

std::string_view trim(std::string_view text) {
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) {
        return {};
    }
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

// Digits, perhaps with a decimal point and more digits. Nothing for anything else.
std::optional<std::chrono::milliseconds> seconds_of(std::string_view text) {
    const auto is_digits = [](std::string_view part) {
        return std::all_of(part.begin(), part.end(), [](char c) { return c >= '0' && c <= '9'; });
    };
    const auto point = std::min(text.find('.'), text.size());
    const std::string_view whole = text.substr(0, point);
    const std::string_view rest = text.substr(std::min(point + 1, text.size()));
    if (whole.empty() || !is_digits(whole) || !is_digits(rest) || text.back() == '.') {
        return std::nullopt;
    }
    double seconds = 0;
    const auto parsed = std::from_chars(text.data(), text.data() + text.size(), seconds);
    const auto most = static_cast<double>(longest_retry_after.count());
    if (parsed.ec != std::errc()) {
        return longest_retry_after;  // a number without end
    }
    return std::chrono::ceil<std::chrono::milliseconds>(
        std::chrono::duration<double>(std::min(seconds, most)));
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
        case Trouble::proxy:
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

std::optional<std::chrono::milliseconds> retry_after(std::string_view header,
                                                     std::string_view date) {
    using std::chrono::milliseconds;
    const std::string_view text = trim(header);
    if (text.empty()) {
        return std::nullopt;
    }
    if (const auto seconds = seconds_of(text)) {
        return seconds;
    }
    const auto ours = std::chrono::system_clock::now();
    const auto until = http_date(text, ours);
    if (!until) {
        return std::nullopt;
    }
    const auto now = http_date(trim(date), ours).value_or(ours);
    return std::clamp<milliseconds>(std::chrono::ceil<milliseconds>(*until - now), milliseconds(0),
                                    longest_retry_after);
}

std::chrono::milliseconds with_jitter(std::chrono::milliseconds pause, double random) noexcept {
    using std::chrono::milliseconds;
    const auto most = std::clamp(pause / 10, milliseconds(100), milliseconds(5000));
    const double share = std::clamp(random, 0.0, 1.0);
    return pause +
           milliseconds(static_cast<std::int64_t>(share * static_cast<double>(most.count())));
}

}  // namespace pf::host::prism
