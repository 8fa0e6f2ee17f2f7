#include "host/watch/cron_fields.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <string>
#include <vector>

namespace pf::host::watch {
namespace {

constexpr std::int64_t minute = 60;
constexpr std::int64_t hour = 3600;
constexpr std::int64_t day = 86400;

struct FieldRule {
    const char* title;
    int least;
    int most;
    std::vector<std::string_view> names;  // from `least` on
};

const std::array<FieldRule, 5>& rules() {
    static const std::array<FieldRule, 5> all = {{
        {"minute", 0, 59, {}},
        {"hour", 0, 23, {}},
        {"day of month", 1, 31, {}},
        {"month",
         1,
         12,
         {"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"}},
        {"day of week", 0, 7, {"sun", "mon", "tue", "wed", "thu", "fri", "sat"}},
    }};
    return all;
}

std::vector<std::string_view> split(std::string_view text, std::string_view separators) {
    std::vector<std::string_view> parts;
    for (;;) {
        const std::size_t end = text.find_first_of(separators);
        parts.push_back(text.substr(0, end));
        if (end == text.npos) {
            return parts;
        }
        text.remove_prefix(end + 1);
    }
}

std::optional<int> number_of(std::string_view text) {
    int number = 0;
    const auto [at, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool is_number = !text.empty() && text[0] >= '0' && text[0] <= '9' &&
                           error == std::errc() && at == text.data() + text.size();
    return is_number ? std::optional(number) : std::nullopt;
}

// One field to the numbers it names; `problem` says what is wrong.
class FieldReader {
  public:
    explicit FieldReader(const FieldRule& rule) : rule_(rule) {}

    template <class Set>
    bool read(std::string_view text, Set& set) {
        for (const std::string_view part : split(text, ",")) {
            if (!read_part(part)) {
                return false;
            }
            for (int at = from_; at <= to_; at += step_) {
                set.set(static_cast<std::size_t>(at));
            }
        }
        return true;
    }
    const std::string& problem() const { return problem_; }

  private:
    bool fail(std::string problem) {
        problem_ = std::move(problem);
        return false;
    }

    std::optional<int> value_of(std::string_view text) {
        std::string word(text);
        std::transform(word.begin(), word.end(), word.begin(),
                       [](unsigned char letter) { return std::tolower(letter); });
        const auto name = std::find(rule_.names.begin(), rule_.names.end(), word);
        const auto number = name != rule_.names.end()
                                ? rule_.least + static_cast<int>(name - rule_.names.begin())
                                : number_of(text);
        if (!number || *number < rule_.least || *number > rule_.most) {
            fail("must be " + std::to_string(rule_.least) + " to " + std::to_string(rule_.most));
            return std::nullopt;
        }
        return number;
    }

    bool read_part(std::string_view part) {
        const auto steps = split(part, "/");
        const auto step = steps.size() == 2 ? number_of(steps[1]) : std::optional(1);
        if (steps.size() > 2 || !step || *step < 1 || *step > rule_.most) {
            return fail("has a step that is no number from 1 to " + std::to_string(rule_.most));
        }
        step_ = *step;
        if (steps[0] == "*") {
            from_ = rule_.least;
            to_ = rule_.most;
            return true;
        }
        const auto ends = split(steps[0], "-");
        const auto from = value_of(ends[0]);
        const auto to = ends.size() == 2 ? value_of(ends[1]) : from;
        if (!from || !to) {
            return false;
        }
        from_ = *from;
        // Sunday ends a week as well as it begins one.
        to_ = rule_.most == 7 && *to == 0 && ends.size() == 2 && *from > 0 ? 7 : *to;
        if (ends.size() > 2 || to_ < from_) {
            return fail("has a range that is not FROM-TO, from the smaller to the larger");
        }
        return ends.size() == 2 || steps.size() == 1 ||
               fail("has a step without a range; write * or FROM-TO before /");
    }

    const FieldRule& rule_;
    int from_ = 0;
    int to_ = 0;
    int step_ = 1;
    std::string problem_;
};

std::int64_t floor_div(std::int64_t number, std::int64_t by) {
    return number / by - (number % by < 0 ? 1 : 0);
}

struct Date {
    unsigned month;
    unsigned day;
};

// Howard Hinnant's civil_from_days.
Date date_of(std::int64_t days) {
    const std::int64_t shifted = days + 719'468;
    const std::int64_t era = floor_div(shifted, 146'097);
    const auto of_era = static_cast<unsigned>(shifted - era * 146'097);
    const unsigned year = (of_era - of_era / 1460 + of_era / 36'524 - of_era / 146'096) / 365;
    const unsigned of_year = of_era - (365 * year + year / 4 - year / 100);
    const unsigned month = (5 * of_year + 2) / 153;
    return {month < 10 ? month + 3 : month - 9, of_year - (153 * month + 2) / 5 + 1};
}

}  // namespace

Result<CronFields> CronFields::parse(std::string_view text) {
    std::vector<std::string_view> parts = split(text, " \t");
    parts.erase(std::remove(parts.begin(), parts.end(), std::string_view()), parts.end());
    if (parts.size() != rules().size()) {
        return Status(Code::invalid_argument, "ERROR_CONFIG",
                      "a cron expression has five fields: minute hour day month weekday");
    }
    CronFields fields;
    const auto read = [&](std::size_t at, auto& set) {
        FieldReader reader(rules()[at]);
        return reader.read(parts[at], set)
                   ? Status()
                   : Status(Code::invalid_argument, "ERROR_CONFIG",
                            std::string("the ") + rules()[at].title + " " + reader.problem());
    };
    for (const Status& status :
         {read(0, fields.minutes_), read(1, fields.hours_), read(2, fields.days_),
          read(3, fields.months_), read(4, fields.weekdays_)}) {
        if (!status.ok()) {
            return status;
        }
    }
    if (fields.weekdays_.test(7)) {
        fields.weekdays_.set(0);
    }
    fields.needs_both_ = parts[2].front() == '*' || parts[4].front() == '*';
    return fields;
}

bool CronFields::matches_day(std::int64_t at) const {
    const Date date = date_of(at);
    if (!months_.test(date.month)) {
        return false;
    }
    // The 1st of January 1970 was a Thursday.
    const auto weekday = static_cast<std::size_t>(((at + 4) % 7 + 7) % 7);
    return needs_both_ ? days_.test(date.day) && weekdays_.test(weekday)
                       : days_.test(date.day) || weekdays_.test(weekday);
}

bool CronFields::matches(std::int64_t shown) const {
    const std::int64_t of_day = shown - floor_div(shown, day) * day;
    return of_day % minute == 0 && hours_.test(static_cast<std::size_t>(of_day / hour)) &&
           minutes_.test(static_cast<std::size_t>(of_day % hour / minute)) &&
           matches_day(floor_div(shown, day));
}

std::optional<std::int64_t> CronFields::first(std::int64_t from, std::int64_t until) const {
    for (std::int64_t at = -floor_div(-from, minute) * minute; at < until;) {
        const std::int64_t at_day = floor_div(at, day);
        const std::int64_t of_day = at - at_day * day;
        if (!matches_day(at_day)) {
            at = (at_day + 1) * day;
        } else if (!hours_.test(static_cast<std::size_t>(of_day / hour))) {
            at += hour - of_day % hour;
        } else if (!minutes_.test(static_cast<std::size_t>(of_day % hour / minute))) {
            at += minute;
        } else {
            return at;
        }
    }
    return std::nullopt;
}

}  // namespace pf::host::watch
