#include "host/watch/schedule.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "host/cost/calendar/zone.hpp"
#include "host/document/units.hpp"
#include "host/watch/cron_fields.hpp"

namespace pf::host::watch {
namespace {

using cost::Zone;
using cost::ZoneSpan;

constexpr std::chrono::seconds shortest = std::chrono::minutes(1);
constexpr std::chrono::seconds longest = std::chrono::hours(24 * 366);

constexpr std::array<std::pair<std::string_view, std::string_view>, 7> shorts = {{
    {"@hourly", "0 * * * *"},
    {"@daily", "0 0 * * *"},
    {"@midnight", "0 0 * * *"},
    {"@weekly", "0 0 * * 0"},
    {"@monthly", "0 0 1 * *"},
    {"@yearly", "0 0 1 1 *"},
    {"@annually", "0 0 1 1 *"},
}};

Status wrong(const std::string& what) {
    return Status(Code::invalid_argument, "ERROR_CONFIG", what);
}

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view blanks = " \t";
    const std::size_t from = text.find_first_not_of(blanks);
    return from == text.npos ? std::string_view()
                             : text.substr(from, text.find_last_not_of(blanks) - from + 1);
}

Result<std::chrono::seconds> parse_interval(std::string_view text) {
    constexpr std::string_view every = "every ";
    if (text.substr(0, every.size()) == every) {
        text = trimmed(text.substr(every.size()));
    }
    const auto parsed = document::parse_duration(text);
    if (!parsed) {
        return wrong(
            "must be an interval such as 'every 1h', five fields of cron such as '0 6 * * 1-5', or "
            "@hourly, @daily, @weekly, @monthly or @yearly");
    }
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(*parsed);
    if (seconds != *parsed || seconds < shortest || seconds > longest) {
        return wrong("an interval must be whole seconds, from one minute to 366 days");
    }
    return seconds;
}

}  // namespace

struct Schedule::Cron {
    CronFields fields;
    Zone zone;

    // What the skip at the beginning of `span` left out is made up for then.
    bool is_made_up(const ZoneSpan& before, const ZoneSpan& span) const {
        return !fields.is_of_every_hour() &&
               fields.first(span.from + before.offset, span.from + span.offset).has_value();
    }

    // The first in `span` from `from` on.
    std::optional<std::int64_t> first(const ZoneSpan& span, std::int64_t from) const {
        const ZoneSpan before = zone.span_at(std::max(span.from - 1, Zone::first_instant));
        if (from == span.from && is_made_up(before, span)) {
            return from;
        }
        std::int64_t shown = from + span.offset;
        if (!fields.is_of_every_hour()) {
            // What the clock has shown before does not come again.
            shown = std::max(shown, span.from + before.offset);
        }
        const auto found = fields.first(shown, std::min(span.to, Zone::last_instant) + span.offset);
        return found ? std::optional(*found - span.offset) : std::nullopt;
    }
};

Result<Schedule> Schedule::parse(std::string_view text, const std::string& zone) {
    text = trimmed(text);
    const auto known = std::find_if(shorts.begin(), shorts.end(),
                                    [&](const auto& each) { return each.first == text; });
    const std::string_view fields = known != shorts.end() ? known->second : text;
    const bool is_interval =
        fields.find_first_of(" \t") == fields.npos || fields.substr(0, 6) == "every ";
    Schedule schedule;
    if (is_interval) {
        const auto every = parse_interval(fields);
        schedule.every_ = every ? *every : std::chrono::seconds();
        return every ? Result<Schedule>(schedule) : every.status();
    }
    auto parsed = CronFields::parse(fields);
    if (!parsed) {
        return parsed.status();
    }
    auto found = Zone::find(zone);
    if (!found) {
        return found.status();
    }
    if (!parsed->first(Zone::first_instant, Zone::last_instant)) {
        return wrong("the date never comes: that month has no such day");
    }
    schedule.cron_ = std::make_shared<const Cron>(Cron{*parsed, *found});
    return schedule;
}

std::optional<std::int64_t> Schedule::next(std::int64_t after) const {
    if (after >= Zone::last_instant) {
        return std::nullopt;
    }
    const std::int64_t from = std::max(after + 1, Zone::first_instant);
    if (cron_ == nullptr) {
        return ((from - 1) / every_.count() + 1) * every_.count();
    }
    for (std::int64_t at = from; at < Zone::last_instant;) {
        const ZoneSpan span = cron_->zone.span_at(at);
        if (const auto found = cron_->first(span, at)) {
            return found;
        }
        at = span.to;
    }
    return std::nullopt;
}

}  // namespace pf::host::watch
