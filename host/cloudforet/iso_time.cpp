#include "host/cloudforet/iso_time.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>

namespace pf::host::cloudforet {
namespace {

using std::chrono::sys_days;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Takes what is expected from the front of a text.
class Reader {
  public:
    explicit Reader(std::string_view text) : rest_(text) {}

    bool is_at_end() const { return rest_.empty(); }
    bool take(std::string_view any_of) {
        if (rest_.empty() || any_of.find(rest_.front()) == std::string_view::npos) {
            return false;
        }
        rest_.remove_prefix(1);
        return true;
    }
    // Exactly `count` digits; -1 when they are not there.
    int number(std::size_t count) {
        if (rest_.size() < count || !std::all_of(rest_.begin(), rest_.begin() + count, is_digit)) {
            return -1;
        }
        int value = 0;
        for (const char c : rest_.substr(0, count)) {
            value = value * 10 + (c - '0');
        }
        rest_.remove_prefix(count);
        return value;
    }
    bool skip_digits() {
        const auto end = std::find_if_not(rest_.begin(), rest_.end(), is_digit);
        const bool has_any = end != rest_.begin();
        rest_.remove_prefix(static_cast<std::size_t>(end - rest_.begin()));
        return has_any;
    }
    char front() const { return rest_.empty() ? '\0' : rest_.front(); }

  private:
    std::string_view rest_;
};

bool is_between(int value, int least, int most) { return value >= least && value <= most; }

// Seconds of "12:00", "12:00:30" or "12:00:30.5".
std::optional<std::int64_t> read_clock(Reader& text) {
    const int hour = text.number(2);
    if (!is_between(hour, 0, 23) || !text.take(":")) {
        return std::nullopt;
    }
    const int minute = text.number(2);
    if (!is_between(minute, 0, 59)) {
        return std::nullopt;
    }
    int second = 0;
    if (text.take(":")) {
        second = text.number(2);
        if (!is_between(second, 0, 60) || (text.take(".,") && !text.skip_digits())) {
            return std::nullopt;
        }
    }
    return (hour * 60 + minute) * 60 + second;
}

// Seconds that the zone is ahead of UTC: nothing, "Z", "+09:00", "+0900", "+09".
std::optional<std::int64_t> read_zone(Reader& text) {
    if (text.is_at_end() || text.take("Zz")) {
        return 0;
    }
    const char sign = text.front();
    if (!text.take("+-")) {
        return std::nullopt;
    }
    const int hour = text.number(2);
    text.take(":");
    const int minute = text.is_at_end() ? 0 : text.number(2);
    if (!is_between(hour, 0, 14) || !is_between(minute, 0, 59)) {
        return std::nullopt;
    }
    const std::int64_t ahead = (hour * 60 + minute) * 60;
    return sign == '-' ? -ahead : ahead;
}

}  // namespace

std::optional<std::int64_t> parse_iso_time(std::string_view from) {
    Reader text(from);
    const int year = text.number(4);
    const bool has_month = text.take("-");
    const int month = text.number(2);
    const bool has_day = text.take("-");
    const int day = text.number(2);
    if (year < 1 || !has_month || month < 0 || !has_day || day < 0) {
        return std::nullopt;
    }
    const std::chrono::year_month_day date{std::chrono::year(year),
                                           std::chrono::month(static_cast<unsigned>(month)),
                                           std::chrono::day(static_cast<unsigned>(day))};
    if (!date.ok()) {
        return std::nullopt;
    }
    std::optional<std::int64_t> clock = 0;
    if (!text.is_at_end()) {
        clock = text.take("Tt ") ? read_clock(text) : std::nullopt;
    }
    const std::optional<std::int64_t> zone = clock ? read_zone(text) : std::nullopt;
    if (!zone || !text.is_at_end()) {
        return std::nullopt;
    }
    const std::int64_t midnight = std::chrono::seconds(sys_days(date).time_since_epoch()).count();
    return midnight + *clock - *zone;
}

std::string iso_time(std::int64_t seconds) {
    const std::chrono::sys_seconds when{std::chrono::seconds(seconds)};
    const auto day = std::chrono::floor<std::chrono::days>(when);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss clock(when - day);
    char text[48];
    std::snprintf(text, sizeof text, "%04d-%02u-%02uT%02d:%02d:%02dZ",
                  static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                  static_cast<unsigned>(date.day()), static_cast<int>(clock.hours().count()),
                  static_cast<int>(clock.minutes().count()),
                  static_cast<int>(clock.seconds().count()));
    return text;
}

}  // namespace pf::host::cloudforet
