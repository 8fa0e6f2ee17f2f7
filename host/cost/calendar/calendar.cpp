#include "host/cost/calendar/calendar.hpp"

#include <date/date.h>
#include <date/tz.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <nlohmann/json.hpp>
#include <optional>

#include "host/cost/calendar/band_table.hpp"
#include "host/cost/calendar/zone.hpp"

namespace pf::host::cost {
namespace {

using std::chrono::seconds;
using Instant = date::sys_seconds;

// The database of this system says nothing of later years.
constexpr date::sys_days first_day = date::year(1970) / 1 / 2;
constexpr date::sys_days last_day = date::year(2037) / 12 / 30;
constexpr std::size_t most_months = 600;

Status no_period(const std::string& what) {
    return Status(Code::invalid_argument, "ERROR_COST_PERIOD", what);
}

Status beyond() {
    return no_period("days are known from 1970-01-02 to 2037-12-30 only; ask for less");
}

std::string date_text(date::local_days day) { return date::format("%F", day); }

std::optional<date::year_month> parse_month(std::string_view text) {
    int year = 0;
    unsigned month = 0;
    if (text.size() != 7 || text[4] != '-') {
        return std::nullopt;
    }
    const char* const end = text.data() + text.size();
    const auto y = std::from_chars(text.data(), text.data() + 4, year);
    const auto m = std::from_chars(text.data() + 5, end, month);
    const date::year_month parsed = date::year(year) / date::month(month);
    if (y.ec != std::errc() || y.ptr != text.data() + 4 || m.ec != std::errc() || m.ptr != end ||
        !parsed.ok()) {
        return std::nullopt;
    }
    return parsed;
}

date::local_days first_of(date::year_month month) { return date::local_days(month / 1); }

}  // namespace

struct Calendar::Impl {
    std::string name;
    const date::time_zone* zone = nullptr;
    std::set<std::string> holidays;
    std::optional<BandTable> bands;

    // The first instant of a day. A midnight that the clock skips is the instant of the skip; of
    // two midnights of one day the first counts.
    std::int64_t begin_of(date::local_days day) const {
        const Instant begin = zone->to_sys(date::local_seconds(day), date::choose::earliest);
        return begin.time_since_epoch().count();
    }
    date::local_days day_of(std::int64_t instant) const {
        const date::local_seconds local = zone->to_local(Instant(seconds(instant)));
        const date::local_days day = date::floor<date::days>(local);
        // After the second midnight of a day the clock may show the day before once more.
        return begin_of(day + date::days(1)) <= instant ? day + date::days(1) : day;
    }
    std::size_t kind_of(date::local_days day, const std::string& text) const {
        return holidays.count(text) > 0 ? holiday_kind : date::weekday(day).iso_encoding() - 1;
    }

    std::vector<BandSpan> spans(std::int64_t from, std::int64_t to, std::size_t kind) const {
        std::vector<BandSpan> found;
        for (std::int64_t at = from; at < to;) {
            const date::sys_info info = zone->get_info(Instant(seconds(at)));
            const std::int64_t of_day = (((at + info.offset.count()) % 86400) + 86400) % 86400;
            const int minute = static_cast<int>(of_day / 60);
            const std::string& band = bands->band_at(kind, minute);
            const std::int64_t band_end = at + bands->end_of(kind, minute) * 60 - of_day;
            const std::int64_t next = std::min(
                {to, band_end, static_cast<std::int64_t>(info.end.time_since_epoch().count())});
            if (!found.empty() && found.back().band == band) {
                found.back().to = next;
            } else {
                found.push_back({band, at, next});
            }
            at = next;
        }
        return found;
    }

    // Puts the days that begin in [first, last) of the wall calendar; a day that the zone left out
    // has no length and is none.
    std::vector<Day> days(date::local_days first, date::local_days last) const {
        std::vector<Day> found;
        std::int64_t from = begin_of(first);
        std::optional<date::year_month> month;
        std::int64_t month_from = 0;
        std::int64_t month_seconds = 0;
        for (date::local_days day = first; day < last; day += date::days(1)) {
            const std::int64_t to = begin_of(day + date::days(1));
            const date::year_month_day parts(day);
            if (const date::year_month mine = parts.year() / parts.month(); mine != month) {
                month = mine;
                month_from = begin_of(first_of(mine));
                month_seconds = begin_of(first_of(mine + date::months(1))) - month_from;
            }
            if (to > from) {
                Day made{date_text(day), from, to, month_from, month_seconds, {}};
                if (bands) {
                    made.bands = spans(from, to, kind_of(day, made.date));
                }
                found.push_back(std::move(made));
            }
            from = to;
        }
        return found;
    }
};

Calendar::Calendar(std::shared_ptr<const Impl> impl) : impl_(std::move(impl)) {}

Result<Calendar> Calendar::open(const TimeRules& rules) {
    const auto zone = Zone::find(rules.zone);
    if (!zone) {
        return zone.status();
    }
    auto impl = std::make_shared<Impl>();
    impl->name = rules.zone;
    impl->zone = &zone->rules();
    impl->holidays = rules.holidays;
    if (rules.has_bands()) {
        auto table = BandTable::make(rules);
        if (!table) {
            return table.status();
        }
        impl->bands = std::move(*table);
    }
    return Calendar(std::move(impl));
}

Result<std::vector<Day>> Calendar::closed_days(std::int64_t from, std::int64_t until) const {
    const auto seconds_of = [](date::sys_days day) {
        return std::int64_t{day.time_since_epoch().count()} * 86400;
    };
    if (from < seconds_of(first_day) || until > seconds_of(last_day)) {
        return beyond();
    }
    if (until <= from) {
        return std::vector<Day>();
    }
    const date::local_days first = impl_->day_of(from);
    const date::local_days last = impl_->day_of(until);
    std::vector<Day> days = impl_->days(first, last + date::days(1));
    days.erase(std::remove_if(days.begin(), days.end(),
                              [&](const Day& day) { return day.from < from || day.to > until; }),
               days.end());
    return days;
}

Result<std::vector<Day>> Calendar::days_of_months(std::string_view first,
                                                  std::string_view last) const {
    const auto from = parse_month(first);
    const auto to = parse_month(last);
    if (!from || !to) {
        return no_period("a month is written YYYY-MM, e.g. 2026-03");
    }
    if (*to < *from) {
        return no_period("the last month is before the first; exchange them");
    }
    if (from->year() < date::year(1971) || to->year() > date::year(2036)) {
        return no_period("months are known from 1971-01 to 2036-12 only; ask for less");
    }
    if ((*to - *from).count() >= static_cast<int>(most_months)) {
        return no_period("these are more than 600 months; ask for less");
    }
    return impl_->days(first_of(*from), first_of(*to + date::months(1)));
}

Result<std::string> Calendar::date_of(std::int64_t instant) const {
    const Instant at{seconds(instant)};
    if (at < Instant(first_day) || at > Instant(last_day)) {
        return beyond();
    }
    return date_text(impl_->day_of(instant));
}

Result<std::string> Calendar::month_of(std::int64_t instant) const {
    auto day = date_of(instant);
    if (day) {
        day->resize(7);
    }
    return day;
}

std::string Calendar::days_json(const std::vector<Day>& days) const {
    using Json = nlohmann::ordered_json;
    Json list = Json::array();
    for (const Day& day : days) {
        Json made = {{"date", day.date},
                     {"from", day.from},
                     {"to", day.to},
                     {"month_from", day.month_from},
                     {"month_seconds", day.month_seconds}};
        if (impl_->bands) {
            Json spans = Json::array();
            for (const BandSpan& span : day.bands) {
                spans.push_back({{"band", span.band}, {"from", span.from}, {"to", span.to}});
            }
            made["bands"] = std::move(spans);
        }
        list.push_back(std::move(made));
    }
    return Json{{"zone", impl_->name}, {"days", std::move(list)}}.dump();
}

}  // namespace pf::host::cost
