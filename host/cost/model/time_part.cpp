#include <algorithm>
#include <nlohmann/json.hpp>

#include "host/cost/calendar/band_table.hpp"
#include "host/cost/model/parts.hpp"

namespace pf::host::cost {

using nlohmann::json;

namespace {

constexpr std::array<const char*, day_kinds> day_words = {"mon", "tue", "wed", "thu",
                                                          "fri", "sat", "sun", "holiday"};

std::array<bool, day_kinds> read_days(const Node& list) {
    std::array<bool, day_kinds> days{};
    if (!list.is_there()) {
        days.fill(true);
        return days;
    }
    const auto put = [&days](std::size_t from, std::size_t to) {
        std::fill(days.begin() + static_cast<std::ptrdiff_t>(from),
                  days.begin() + static_cast<std::ptrdiff_t>(to), true);
    };
    for (const std::string& word : list.texts()) {
        if (word == "weekdays") {
            put(0, 5);
        } else if (word == "weekend") {
            put(5, 7);
        } else if (word == "all") {
            put(0, day_kinds);
        } else {
            const auto found = std::find(day_words.begin(), day_words.end(), word);
            const auto at = static_cast<std::size_t>(found - day_words.begin());
            put(at, std::min(at + 1, day_kinds));
        }
    }
    return days;
}

void put_hours(TimeRules& rules, const Node& band) {
    BandHours hours;
    hours.band = band["band"].text();
    hours.days = read_days(band["days"]);
    hours.from = band["from"].is_there() ? band["from"].clock() : 0;
    hours.to = band["to"].is_there() ? band["to"].clock() : minutes_of_day;
    if (hours.from == hours.to || hours.from == minutes_of_day) {
        band.fail("has no length: `from` and `to` are the same time");
    }
    if (hours.from < hours.to) {
        rules.hours.push_back(hours);
        return;
    }
    // Over midnight: the evening and the morning of each of the days.
    BandHours morning = hours;
    morning.from = 0;
    hours.to = minutes_of_day;
    rules.hours.push_back(hours);
    if (morning.to > 0) {
        rules.hours.push_back(morning);
    }
}

// The rate of one currency, or its rates by date.
json read_rates(const Node& node) {
    const Bounds more_than_zero{.allows_zero = false};
    json rates = json::array();
    if (!node.is_object()) {
        rates.push_back({{"date", "1971-01-01"}, {"rate", node.decimal(more_than_zero).text()}});
        return rates;
    }
    // Keys of an object are sorted, and dates sort as texts.
    for (const auto& [date, rate] : node.members()) {
        const json key = date;
        rates.push_back({{"date", Node(key, rate.path()).date()},
                         {"rate", rate.decimal(more_than_zero).text()}});
    }
    if (rates.empty()) {
        node.fail("has no rate; write DATE: RATE");
    }
    return rates;
}

}  // namespace

json read_fx(const Node& fx, const Filling& filling) {
    json tables = json::array();
    for (const auto& [code, rates] : fx.members()) {
        const json key = code;
        read_currency(Node(key, rates.path()), {});
        if (code == filling.currency) {
            rates.fail("is the model's own currency, whose rate is always 1; take it out");
        }
        tables.push_back({{"currency", code}, {"rates", read_rates(rates)}});
    }
    for (const auto& [code, place] : filling.foreign) {
        if (!fx[code].is_there()) {
            throw WrongModel{place, "is " + code + ", and fx has no rate of it; add fx." + code +
                                        " with what 1 " + code + " is in " + filling.currency};
        }
    }
    return tables;
}

TimeRules read_time(const Node& time) {
    TimeRules rules;
    rules.zone = time["zone"].text_or("UTC");
    rules.has_calendar_months = time["month"].text_or("730h") == "calendar";
    for (const Node& band : time["bands"].elements()) {
        put_hours(rules, band);
    }
    const Node other = time["other_band"];
    if (other.is_there() && rules.hours.empty()) {
        other.fail("names the hours that time.bands leaves out, and there are no time.bands");
    }
    rules.other_band = other.text_or("");
    if (time["holidays"].is_there() && rules.hours.empty()) {
        time["holidays"].fail("says nothing without time.bands; take it out");
    }
    for (const Node& day : time["holidays"].elements()) {
        if (!rules.holidays.insert(day.date()).second) {
            day.fail("stands twice in this list; keep one");
        }
    }
    if (rules.has_bands()) {
        if (const auto table = BandTable::make(rules); !table) {
            time["bands"].fail(table.status().message());
        }
    }
    return rules;
}

std::vector<std::string> band_names(const TimeRules& rules) {
    std::set<std::string> names;
    for (const BandHours& hours : rules.hours) {
        names.insert(hours.band);
    }
    if (!rules.other_band.empty()) {
        names.insert(rules.other_band);
    }
    return {names.begin(), names.end()};
}

}  // namespace pf::host::cost
