#include "host/cost/shapes/row_time.hpp"

#include <charconv>
#include <chrono>

namespace pf::host::cost {
namespace {

// Takes texts apart from the front; once something does not fit, nothing does.
class Scanner {
  public:
    explicit Scanner(std::string_view text) : rest_(text) {}

    // A number of exactly `digits` digits within [least, most].
    int number(std::size_t digits, int least, int most) {
        int value = -1;
        if (rest_.size() >= digits) {
            const char* end = rest_.data() + digits;
            const auto [at, error] = std::from_chars(rest_.data(), end, value);
            fits_ = fits_ && error == std::errc() && at == end && rest_.front() != '-';
            rest_.remove_prefix(digits);
        } else {
            fits_ = false;
        }
        fits_ = fits_ && value >= least && value <= most;
        return value;
    }
    void sign(char wanted) {
        fits_ = fits_ && begins_with(wanted);
        skip();
    }
    bool begins_with(char wanted) const { return !rest_.empty() && rest_.front() == wanted; }
    void skip() {
        if (!rest_.empty()) {
            rest_.remove_prefix(1);
        }
    }
    // Digits behind a point.
    void fraction() {
        skip();
        const std::size_t digits = rest_.find_first_not_of("0123456789");
        fits_ = fits_ && digits != 0 && !rest_.empty();
        rest_.remove_prefix(digits == std::string_view::npos ? rest_.size() : digits);
    }
    bool is_whole() const { return fits_ && rest_.empty(); }

  private:
    std::string_view rest_;
    bool fits_ = true;
};

// Minutes to take off to get UTC.
int offset_of(Scanner& scanner) {
    if (scanner.begins_with('Z') || scanner.begins_with('z')) {
        scanner.skip();
        return 0;
    }
    const int direction = scanner.begins_with('-') ? -1 : 1;
    scanner.sign(direction < 0 ? '-' : '+');
    const int hours = scanner.number(2, 0, 23);
    scanner.sign(':');
    return direction * (hours * 60 + scanner.number(2, 0, 59));
}

}  // namespace

std::optional<std::int64_t> seconds_of(std::string_view text) noexcept {
    Scanner scanner(text);
    const int year = scanner.number(4, 1970, 9999);
    scanner.sign('-');
    const int month = scanner.number(2, 1, 12);
    scanner.sign('-');
    const int day = scanner.number(2, 1, 31);
    if (!scanner.begins_with('T') && !scanner.begins_with('t')) {
        return std::nullopt;
    }
    scanner.skip();
    const int hour = scanner.number(2, 0, 23);
    scanner.sign(':');
    const int minute = scanner.number(2, 0, 59);
    scanner.sign(':');
    const int second = scanner.number(2, 0, 60);
    if (scanner.begins_with('.')) {
        scanner.fraction();
    }
    const int offset = offset_of(scanner);
    if (!scanner.is_whole()) {
        return std::nullopt;
    }
    const std::chrono::year_month_day date{std::chrono::year(year),
                                           std::chrono::month(static_cast<unsigned>(month)),
                                           std::chrono::day(static_cast<unsigned>(day))};
    if (!date.ok()) {
        return std::nullopt;
    }
    const std::int64_t days = std::chrono::sys_days(date).time_since_epoch().count();
    const std::int64_t seconds =
        days * 86400 + std::int64_t{hour} * 3600 + std::int64_t{minute - offset} * 60 + second;
    return seconds < 0 ? std::nullopt : std::optional(seconds);
}

}  // namespace pf::host::cost
