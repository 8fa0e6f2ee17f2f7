#include "host/cost/calendar/calendar.hpp"

#include <catch2/catch.hpp>
#include <map>
#include <nlohmann/json.hpp>
#include <numeric>
#include <string>

#include "host/cost/calendar/band_table.hpp"

using namespace pf::host;
using namespace pf::host::cost;

namespace {

constexpr std::int64_t hour = 3600;

TimeRules zone(const std::string& name) {
    TimeRules rules;
    rules.zone = name;
    return rules;
}

// Peak from 09:00 to 22:00 every day, the rest is offpeak.
TimeRules peak_rules(const std::string& name) {
    TimeRules rules = zone(name);
    BandHours peak{"peak", {}, 9 * 60, 22 * 60};
    peak.days.fill(true);
    rules.hours = {peak};
    rules.other_band = "offpeak";
    return rules;
}

Calendar open(const TimeRules& rules) {
    auto calendar = Calendar::open(rules);
    INFO(calendar.status().text());
    REQUIRE(calendar);
    return *calendar;
}

std::vector<Day> year_of(const Calendar& calendar, const std::string& year) {
    auto days = calendar.days_of_months(year + "-01", year + "-12");
    INFO(days.status().text());
    REQUIRE(days);
    return *days;
}

std::int64_t length(const Day& day) { return day.to - day.from; }

const Day& day_named(const std::vector<Day>& days, const std::string& date) {
    for (const Day& day : days) {
        if (day.date == date) {
            return day;
        }
    }
    FAIL("no day " + date);
    return days.front();
}

void check_tiled(const std::vector<Day>& days) {
    REQUIRE_FALSE(days.empty());
    for (std::size_t i = 0; i < days.size(); ++i) {
        INFO(days[i].date);
        REQUIRE(days[i].from < days[i].to);
        if (i > 0) {
            REQUIRE(days[i].from == days[i - 1].to);
            REQUIRE(days[i].date > days[i - 1].date);
        }
        std::int64_t at = days[i].from;
        for (const BandSpan& span : days[i].bands) {
            REQUIRE(span.from == at);
            REQUIRE(span.from < span.to);
            at = span.to;
        }
        REQUIRE((days[i].bands.empty() || at == days[i].to));
    }
}

std::map<std::string, std::int64_t> by_band(const std::vector<Day>& days) {
    std::map<std::string, std::int64_t> sums;
    for (const Day& day : days) {
        for (const BandSpan& span : day.bands) {
            sums[span.band] += span.to - span.from;
        }
    }
    return sums;
}

// With and without summer time, half and quarter hours, south and north, clocks set at midnight.
const std::vector<std::string> zones = {
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "Asia/Seoul",
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Australia/Sydney",
    "America/Sao_Paulo",
    "America/Havana",
    "America/St_Johns",
    "Africa/Casablanca",
    "Asia/Beirut",
    "Atlantic/Azores",
    "Pacific/Apia",
    "Pacific/Chatham",
    "Pacific/Kiritimati",
    "America/Santiago",
};

}  // namespace

TEST_CASE("days tile every year of every zone, and bands tile every day") {
    for (const std::string& name : zones) {
        const Calendar calendar = open(peak_rules(name));
        for (const int year : {1987, 2006, 2011, 2024, 2026, 2036}) {
            INFO(name << " " << year);
            const std::vector<Day> days = year_of(calendar, std::to_string(year));
            check_tiled(days);
            const auto sums = by_band(days);
            REQUIRE(sums.size() == 2);
            REQUIRE(sums.at("peak") + sums.at("offpeak") == days.back().to - days.front().from);
            std::map<std::string, std::int64_t> months;
            for (const Day& day : days) {
                months[day.date.substr(0, 7)] += length(day);
            }
            for (const Day& day : days) {
                REQUIRE(months.at(day.date.substr(0, 7)) == day.month_seconds);
            }
        }
    }
}

TEST_CASE("every instant is in the day that says so") {
    for (const std::string& name : zones) {
        const Calendar calendar = open(zone(name));
        for (const Day& day : year_of(calendar, "2011")) {
            INFO(name << " " << day.date);
            for (const std::int64_t at : {day.from, (day.from + day.to) / 2, day.to - 1}) {
                REQUIRE(calendar.date_of(at).value() == day.date);
            }
        }
    }
}

TEST_CASE("days of summer time have 23 and 25 hours, and a year of them is a plain year") {
    const std::vector<Day> days = year_of(open(peak_rules("Europe/Berlin")), "2026");
    const Day& spring = day_named(days, "2026-03-29");
    const Day& autumn = day_named(days, "2026-10-25");
    CHECK(length(spring) == 23 * hour);
    CHECK(length(autumn) == 25 * hour);
    CHECK(by_band({spring}).at("offpeak") == 10 * hour);
    CHECK(by_band({autumn}).at("offpeak") == 12 * hour);
    CHECK(by_band({autumn}).at("peak") == 13 * hour);
    const auto sum =
        std::accumulate(days.begin(), days.end(), std::int64_t{0},
                        [](std::int64_t total, const Day& day) { return total + length(day); });
    CHECK(sum == 365 * 24 * hour);
    CHECK(spring.month_seconds == (31 * 24 - 1) * hour);
    CHECK(autumn.month_seconds == (31 * 24 + 1) * hour);
}

TEST_CASE("offsets of half an hour, and summer time of half an hour") {
    // 1767205800 is 2025-12-31T18:30:00Z.
    CHECK(year_of(open(zone("Asia/Kolkata")), "2026").front().from == 1767205800);
    const std::vector<Day> days = year_of(open(zone("Australia/Lord_Howe")), "2026");
    CHECK(length(day_named(days, "2026-04-05")) == 24 * hour + hour / 2);
    CHECK(length(day_named(days, "2026-10-04")) == 24 * hour - hour / 2);
}

TEST_CASE("in the south the long day is in April") {
    const std::vector<Day> days = year_of(open(zone("Australia/Sydney")), "2026");
    CHECK(length(day_named(days, "2026-04-05")) == 25 * hour);
    CHECK(length(day_named(days, "2026-10-04")) == 23 * hour);
}

TEST_CASE("a day that the zone left out is none") {
    const std::vector<Day> days = year_of(open(peak_rules("Pacific/Apia")), "2011");
    CHECK(days.size() == 364);
    CHECK(day_named(days, "2011-12-29").to == day_named(days, "2011-12-31").from);
    CHECK(day_named(days, "2011-12-31").month_seconds == 30 * 24 * hour);
}

TEST_CASE("a midnight that the clock skips begins the day an hour later by the clock") {
    const std::vector<Day> days = year_of(open(zone("America/Sao_Paulo")), "2018");
    CHECK(length(day_named(days, "2018-11-04")) == 23 * hour);
    CHECK(length(day_named(days, "2018-02-17")) == 25 * hour);
}

TEST_CASE("only days that are over are closed") {
    const Calendar calendar = open(zone("Europe/Berlin"));
    const std::vector<Day> march = calendar.days_of_months("2026-03", "2026-03").value();
    REQUIRE(march.size() == 31);
    const auto dates = [&](std::int64_t from, std::int64_t until) {
        const auto days = calendar.closed_days(from, until);
        REQUIRE(days);
        std::string text;
        for (const Day& day : *days) {
            text += day.date.substr(8) + " ";
        }
        return text;
    };
    CHECK(dates(march[0].from, march[3].from) == "01 02 03 ");
    CHECK(dates(march[0].from, march[3].from - 1) == "01 02 ");
    CHECK(dates(march[0].from + 1, march[3].from + 5) == "02 03 ");
    CHECK(dates(march[0].from, march[0].from + hour).empty());
    CHECK(dates(march[5].from, march[3].from).empty());
    CHECK(dates(march[28].from, march[29].from) == "29 ");
    CHECK(calendar.month_of(march[0].from).value() == "2026-03");
    CHECK(calendar.month_of(march[0].from - 1).value() == "2026-02");
}

TEST_CASE("holidays and days of the week have bands of their own") {
    TimeRules rules = zone("Asia/Seoul");
    BandHours work{"work", {true, true, true, true, true, false, false, false}, 8 * 60, 18 * 60};
    BandHours night{"night", {}, 0, 6 * 60};
    night.days.fill(true);
    rules.hours = {work, night};
    rules.other_band = "rest";
    rules.holidays = {"2026-05-05"};
    const auto days = open(rules).days_of_months("2026-05", "2026-05").value();
    CHECK(by_band({day_named(days, "2026-05-04")}).at("work") == 10 * hour);  // a Monday
    CHECK(by_band({day_named(days, "2026-05-05")}).count("work") == 0);
    CHECK(by_band({day_named(days, "2026-05-05")}).at("rest") == 18 * hour);
    CHECK(by_band({day_named(days, "2026-05-09")}).count("work") == 0);  // a Saturday
    rules.hours[0].days[holiday_kind] = true;
    const auto worked = open(rules).days_of_months("2026-05", "2026-05").value();
    CHECK(by_band({day_named(worked, "2026-05-05")}).at("work") == 10 * hour);
}

TEST_CASE("hours that overlap or leave a gap are refused with the time") {
    TimeRules rules = peak_rules("UTC");
    rules.other_band.clear();
    const auto gap = Calendar::open(rules);
    REQUIRE_FALSE(gap);
    CHECK(gap.status().reason() == "ERROR_COST_MODEL");
    CHECK_THAT(gap.status().message(), Catch::Contains("on Monday from 00:00 to 09:00"));
    rules.hours.push_back(rules.hours[0]);
    rules.hours[1].from = 21 * 60;
    rules.hours[1].to = minutes_of_day;
    rules.other_band = "offpeak";
    const auto twice = BandTable::make(rules);
    REQUIRE_FALSE(twice);
    CHECK_THAT(twice.status().message(),
               Catch::Contains("from 21:00 to 22:00 there are two bands"));
}

TEST_CASE("what is no zone, no month or not known is one clear error") {
    for (const char* name : {"Mars/Olympus", "", "../../etc/passwd", "europe/berlin", "Europe"}) {
        const auto calendar = Calendar::open(zone(name));
        INFO(name);
        REQUIRE_FALSE(calendar);
        CHECK(calendar.status().reason() == "ERROR_COST_TIME_ZONE");
    }
    const Calendar calendar = open(zone("UTC"));
    for (const auto& [first, last] :
         std::vector<std::pair<std::string, std::string>>{{"2026-13", "2026-13"},
                                                          {"2026-1", "2026-02"},
                                                          {"2026-03", "2026-02"},
                                                          {"", ""},
                                                          {"2026-01", "20xx-01"},
                                                          {"1900-01", "1900-02"},
                                                          {"2030-01", "2099-01"},
                                                          {"1971-01", "2036-12"},
                                                          {"-001-01", "2026-01"}}) {
        const auto days = calendar.days_of_months(first, last);
        INFO(first << " " << last);
        REQUIRE_FALSE(days);
        CHECK(days.status().reason() == "ERROR_COST_PERIOD");
    }
    CHECK_FALSE(calendar.closed_days(-1, 5).ok());
    CHECK_FALSE(calendar.closed_days(1767205800, 99'999'999'999).ok());
    CHECK_FALSE(calendar.date_of(INT64_MIN / 2).ok());
}

TEST_CASE("days as the concern cost is given them") {
    const Calendar calendar = open(peak_rules("Europe/Berlin"));
    const auto text = calendar.days_json(calendar.days_of_months("2026-02", "2026-02").value());
    const auto days = nlohmann::json::parse(text);
    CHECK(days.at("zone") == "Europe/Berlin");
    REQUIRE(days.at("days").size() == 28);
    const auto& first = days.at("days")[0];
    CHECK(first.at("date") == "2026-02-01");
    CHECK(first.at("from") == 1769900400);
    CHECK(first.at("to") == 1769900400 + 24 * hour);
    CHECK(days.at("days")[27].at("month_from") == 1769900400);
    CHECK(first.at("month_seconds") == 28 * 24 * hour);
    REQUIRE(first.at("bands").size() == 3);
    CHECK(first.at("bands")[1].at("band") == "peak");
    const Calendar plain = open(zone("UTC"));
    const auto no_bands =
        nlohmann::json::parse(plain.days_json(plain.days_of_months("2026-02", "2026-02").value()));
    CHECK_FALSE(no_bands.at("days")[0].contains("bands"));
}
