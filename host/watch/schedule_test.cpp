#include "host/watch/schedule.hpp"

#include <catch2/catch.hpp>
#include <ctime>
#include <random>
#include <set>
#include <vector>

#include "host/cost/calendar/zone.hpp"

using pf::host::cost::Zone;
using pf::host::watch::Schedule;

namespace {

// "2026-03-29 02:30" as if it were UTC.
std::int64_t at(const std::string& text) {
    std::tm parts{};
    REQUIRE(::strptime(text.c_str(), "%Y-%m-%d %H:%M", &parts) != nullptr);
    return ::timegm(&parts);
}

std::string text_of(std::int64_t time) {
    const std::time_t seconds = time;
    std::tm parts{};
    ::gmtime_r(&seconds, &parts);
    char text[32];
    std::strftime(text, sizeof text, "%Y-%m-%d %H:%M", &parts);
    return text;
}

// The next times after `from`, in UTC.
std::vector<std::string> times(const std::string& text, const std::string& from, int count,
                               const std::string& zone = "UTC") {
    const auto schedule = Schedule::parse(text, zone);
    REQUIRE(schedule.status().text() == "OK");
    std::vector<std::string> found;
    std::int64_t last = at(from);
    for (int i = 0; i < count; ++i) {
        const auto next = schedule->next(last);
        REQUIRE(next);
        last = *next;
        found.push_back(text_of(last));
    }
    return found;
}

using Texts = std::vector<std::string>;

// An expression whose numbers are known without parsing it.
struct Expression {
    std::string text;
    std::set<int> numbers[5];
    bool is_star[5] = {};

    bool matches(std::int64_t shown) const {
        const std::time_t seconds = shown;
        std::tm parts{};
        ::gmtime_r(&seconds, &parts);
        const bool is_day = numbers[2].count(parts.tm_mday) > 0;
        const bool is_weekday = numbers[4].count(parts.tm_wday) > 0;
        return numbers[0].count(parts.tm_min) > 0 && numbers[1].count(parts.tm_hour) > 0 &&
               numbers[3].count(parts.tm_mon + 1) > 0 &&
               (is_star[2] || is_star[4] ? is_day && is_weekday : is_day || is_weekday);
    }
};

class Expressions {
  public:
    explicit Expressions(unsigned seed) : random_(seed) {}

    Expression make() {
        constexpr int least[5] = {0, 0, 1, 1, 0};
        constexpr int most[5] = {59, 23, 31, 12, 6};
        Expression made;
        for (int i = 0; i < 5; ++i) {
            const std::string part = field(least[i], most[i], made.numbers[i]);
            made.is_star[i] = part[0] == '*';
            made.text += (i == 0 ? "" : " ") + part;
        }
        return made;
    }

  private:
    int number(int least, int most) {
        return least + static_cast<int>(random_() % static_cast<unsigned>(most - least + 1));
    }

    std::string field(int least, int most, std::set<int>& numbers) {
        std::string text;
        int parts = 1;
        int from = least;
        int to = most;
        int step = 1;
        switch (number(0, 3)) {
            case 0:
            case 1:
                text = "*";
                if (number(0, 1) == 1) {
                    step = number(1, most);
                    text += "/" + std::to_string(step);
                }
                add(from, to, step, numbers);
                return text;
            default:
                parts = number(1, 3);
        }
        for (int i = 0; i < parts; ++i) {
            from = number(least, most);
            to = number(0, 1) == 1 ? number(from, most) : from;
            text += (i == 0 ? "" : ",") + std::to_string(from);
            step = 1;
            if (to > from) {
                text += "-" + std::to_string(to);
                step = number(1, 5);
                text += step > 1 ? "/" + std::to_string(step) : "";
            }
            add(from, to, step, numbers);
        }
        return text;
    }

    static void add(int from, int to, int step, std::set<int>& numbers) {
        for (int i = from; i <= to; i += step) {
            numbers.insert(i);
        }
    }

    std::mt19937 random_;
};

// What the clock shows minute by minute from a day and a half before `from` to `to`.
struct Clock {
    Clock(const Zone& zone, std::int64_t from, std::int64_t to) : begin(from - 129'600) {
        std::set<std::int64_t> known;
        for (std::int64_t time = begin; time <= to; time += 60) {
            shown.push_back(zone.shown_at(time));
            is_first.push_back(known.insert(shown.back()).second);
        }
    }
    std::int64_t begin;
    std::vector<std::int64_t> shown;
    std::vector<bool> is_first;  // it was not shown before
};

// All times after `from`, as the comment of next() says.
std::vector<std::string> scanned(const Expression& expression, const Clock& clock,
                                 std::int64_t from) {
    const bool is_hourly = expression.numbers[1].size() == 24;
    std::vector<std::string> found;
    for (auto i = static_cast<std::size_t>((from - clock.begin) / 60 + 1); i < clock.shown.size();
         ++i) {
        bool is_due = expression.matches(clock.shown[i]) && (is_hourly || clock.is_first[i]);
        for (std::int64_t skipped = clock.shown[i - 1] + 60; skipped < clock.shown[i] && !is_hourly;
             skipped += 60) {
            is_due = is_due || expression.matches(skipped);
        }
        if (is_due) {
            found.push_back(text_of(clock.begin + static_cast<std::int64_t>(i) * 60));
        }
    }
    return found;
}

}  // namespace

TEST_CASE("intervals are counted from 1970") {
    CHECK(times("every 1h", "2026-05-01 10:17", 2) ==
          Texts{"2026-05-01 11:00", "2026-05-01 12:00"});
    CHECK(times(" 30m ", "2026-05-01 10:00", 2) == Texts{"2026-05-01 10:30", "2026-05-01 11:00"});
    CHECK(times("every  1h30m", "2026-05-01 10:17", 1) == Texts{"2026-05-01 10:30"});
    CHECK_FALSE(Schedule::parse("1h")->next(Zone::last_instant));
    CHECK(*Schedule::parse("1h")->next(-5) > 0);
}

TEST_CASE("five fields, their names and their shorts") {
    CHECK(times("0 6 * * 1-5", "2026-05-01 05:59", 2) ==
          Texts{"2026-05-01 06:00", "2026-05-04 06:00"});
    CHECK(times("*/20 8-9 * jan,DEC mon", "2026-05-01 00:00", 4) ==
          Texts{"2026-12-07 08:00", "2026-12-07 08:20", "2026-12-07 08:40", "2026-12-07 09:00"});
    CHECK(times("0 0 13 * fri", "2026-05-02 00:00", 3) ==
          Texts{"2026-05-08 00:00", "2026-05-13 00:00", "2026-05-15 00:00"});
    CHECK(times("0 0 * * fri-sun", "2026-05-03 00:00", 3) ==
          Texts{"2026-05-08 00:00", "2026-05-09 00:00", "2026-05-10 00:00"});
    CHECK(times("0 0 29 2 *", "2026-05-03 00:00", 2) ==
          Texts{"2028-02-29 00:00", "2032-02-29 00:00"});
    CHECK(times("@hourly", "2026-05-01 05:59", 1) == Texts{"2026-05-01 06:00"});
    CHECK(times("@daily", "2026-05-01 05:59", 1) == Texts{"2026-05-02 00:00"});
    CHECK(times("@weekly", "2026-05-01 05:59", 1) == Texts{"2026-05-03 00:00"});
    CHECK(times("@monthly", "2026-05-01 05:59", 1) == Texts{"2026-06-01 00:00"});
    CHECK(times("@yearly", "2026-05-01 05:59", 1) == Texts{"2027-01-01 00:00"});
    CHECK(times("0 9 * * *", "2026-05-01 05:59", 1, "Asia/Seoul") == Texts{"2026-05-02 00:00"});
}

TEST_CASE("a skipped time is made up for, a repeated one comes once") {
    CHECK(times("30 2 * * *", "2026-03-28 12:00", 2, "Europe/Berlin") ==
          Texts{"2026-03-29 01:00", "2026-03-30 00:30"});
    CHECK(times("30 2 * * *", "2026-10-24 12:00", 2, "Europe/Berlin") ==
          Texts{"2026-10-25 00:30", "2026-10-26 01:30"});
    CHECK(times("30 * * * *", "2026-10-25 00:00", 3, "Europe/Berlin") ==
          Texts{"2026-10-25 00:30", "2026-10-25 01:30", "2026-10-25 02:30"});
}

TEST_CASE("what is no schedule is one clear error") {
    for (const char* text : {"",
                             "  ",
                             "soon",
                             "every",
                             "every 59s",
                             "367d",
                             "1.5s",
                             "60 * * * *",
                             "* 24 * * *",
                             "* * 0 * *",
                             "* * 32 * *",
                             "* * * 13 *",
                             "* * * * 8",
                             "* * * *",
                             "* * * * * *",
                             "5-1 * * * *",
                             "*/0 * * * *",
                             "5/10 * * * *",
                             "a * * * *",
                             "1, * * * *",
                             "-1 * * * *",
                             "1-2-3 * * * *",
                             "1/2/3 * * * *",
                             "* * * foo *",
                             "0 0 31 2 *",
                             "0 0 31 4,6,9,11 *",
                             "0 0 30,31 feb *",
                             "@often",
                             "+1 * * * *",
                             "99999999999 * * * *"}) {
        INFO(text);
        const auto schedule = Schedule::parse(text);
        REQUIRE_FALSE(schedule);
        CHECK(schedule.status().reason() == "ERROR_CONFIG");
    }
    CHECK(Schedule::parse("0 0 31 2 mon"));  // or a Monday
    CHECK(Schedule::parse("@daily", "Mars/Olympus").status().reason() == "ERROR_COST_TIME_ZONE");
}

TEST_CASE("random expressions come when scanning minute by minute says so") {
    struct Window {
        const char* zone;
        const char* from;
        int days;
    };
    // Around turns of the clock by an hour, by half of one, and by a whole day.
    const Window window = GENERATE(Window{"UTC", "2027-12-30 10:00", 4},
                                   Window{"Europe/Berlin", "2026-03-28 12:00", 2},
                                   Window{"Europe/Berlin", "2026-10-24 12:00", 2},
                                   Window{"Australia/Lord_Howe", "2026-04-04 00:00", 2},
                                   Window{"Australia/Lord_Howe", "2026-10-03 00:00", 2},
                                   Window{"America/New_York", "2026-11-01 00:00", 1},
                                   Window{"Pacific/Apia", "2011-12-29 12:00", 2});
    const auto zone = Zone::find(window.zone);
    REQUIRE(zone);
    Expressions expressions(7);
    const std::int64_t from = at(window.from);
    const std::int64_t to = from + window.days * 86400;
    const Clock clock(*zone, from, to);
    std::size_t count = 0;
    for (int i = 0; i < 60; ++i) {
        const Expression expression = expressions.make();
        const auto schedule = Schedule::parse(expression.text, window.zone);
        INFO(window.zone << ": " << expression.text);
        if (!schedule) {
            CHECK_THAT(schedule.status().message(), Catch::Contains("never comes"));
            continue;
        }
        Texts found;
        for (auto next = schedule->next(from); next && *next <= to; next = schedule->next(*next)) {
            found.push_back(text_of(*next));
        }
        CHECK(found == scanned(expression, clock, from));
        count += found.size();
    }
    CHECK(count > 100);
}
