#include "host/runtime/event_text.hpp"

#include <charconv>
#include <chrono>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "host/runtime/events_source.hpp"

namespace pf::host::runtime {
namespace {

constexpr std::int64_t ms_per_minute = 60'000;

// The number at the beginning of `text`, `digits` long, which it is cut by; nothing when there is
// none.
std::optional<int> take_number(std::string_view& text, std::size_t digits) {
    int number = 0;
    const char* const end = text.data() + std::min(text.size(), digits);
    const auto [stop, error] = std::from_chars(text.data(), end, number);
    if (error != std::errc() || stop != text.data() + digits || number < 0) {
        return std::nullopt;
    }
    text.remove_prefix(digits);
    return number;
}

bool take_mark(std::string_view& text, std::string_view marks) {
    if (text.empty() || marks.find(text.front()) == marks.npos) {
        return false;
    }
    text.remove_prefix(1);
    return true;
}

// Milliseconds of ".123456"; 0 without it.
std::int64_t take_fraction(std::string_view& text) {
    std::int64_t ms = 0;
    if (!take_mark(text, ".")) {
        return 0;
    }
    std::int64_t unit = 100;
    while (!text.empty() && text.front() >= '0' && text.front() <= '9') {
        ms += (text.front() - '0') * unit;
        unit /= 10;
        text.remove_prefix(1);
    }
    return ms;
}

// Milliseconds to take off; nothing when it is no zone.
std::optional<std::int64_t> read_zone(std::string_view text) {
    if (text.empty() || text == "Z" || text == "z") {
        return 0;
    }
    const bool is_behind = text.front() == '-';
    if (!take_mark(text, "+-")) {
        return std::nullopt;
    }
    const auto hours = take_number(text, 2);
    take_mark(text, ":");
    const auto minutes = take_number(text, 2);
    if (!hours || !minutes || !text.empty()) {
        return std::nullopt;
    }
    const std::int64_t offset = (std::int64_t{*hours} * 60 + *minutes) * ms_per_minute;
    return is_behind ? -offset : offset;
}

std::optional<std::int64_t> read_digits(std::string_view text) {
    std::int64_t number = 0;
    const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || stop != text.data() + text.size() || number <= 0) {
        return std::nullopt;
    }
    constexpr std::int64_t most_seconds = 100'000'000'000;
    constexpr std::int64_t most_ms = 100'000'000'000'000;
    return number < most_seconds ? number * 1000 : number < most_ms ? number : number / 1000;
}

std::optional<std::int64_t> read_calendar(std::string_view text) {
    const auto year = take_number(text, 4);
    const bool has_month = take_mark(text, "-");
    const auto month = take_number(text, 2);
    const bool has_day = take_mark(text, "-");
    const auto day = take_number(text, 2);
    const bool has_clock = take_mark(text, "Tt ");
    const auto hour = take_number(text, 2);
    const bool has_minute = take_mark(text, ":");
    const auto minute = take_number(text, 2);
    const bool has_second = take_mark(text, ":");
    const auto second = take_number(text, 2);
    if (!year || !has_month || !month || !has_day || !day || !has_clock || !hour || !has_minute ||
        !minute || !has_second || !second || *hour > 23 || *minute > 59 || *second > 60) {
        return std::nullopt;
    }
    const std::chrono::year_month_day date{std::chrono::year(*year),
                                           std::chrono::month(static_cast<unsigned>(*month)),
                                           std::chrono::day(static_cast<unsigned>(*day))};
    const std::int64_t fraction = take_fraction(text);
    const auto zone = read_zone(text);
    if (!date.ok() || !zone) {
        return std::nullopt;
    }
    const std::int64_t days = std::chrono::sys_days(date).time_since_epoch().count();
    return ((days * 24 + *hour) * 60 + *minute) * ms_per_minute + *second * 1000 + fraction - *zone;
}

nlohmann::ordered_json facts_of(const Occurrence& occurrence) {
    auto facts = nlohmann::ordered_json::object();
    for (const auto& [name, text] : occurrence.additional_info) {
        facts[name] = text;
    }
    return facts;
}

}  // namespace

std::optional<std::int64_t> read_time(std::string_view text) {
    constexpr std::int64_t last_ms = 253'402'300'799'999;  // of the year 9999
    const auto digits = read_digits(text);
    const auto time = digits ? digits : read_calendar(text);
    return time && *time > 0 && *time <= last_ms ? time : std::nullopt;
}

std::string iso_time(std::int64_t ms) {
    using std::chrono::milliseconds;
    const std::chrono::sys_time<milliseconds> at{milliseconds(ms)};
    const auto day = std::chrono::floor<std::chrono::days>(at);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss clock(at - day);
    char text[64];
    const int length = std::snprintf(
        text, sizeof text, "%04d-%02u-%02uT%02d:%02d:%02d", static_cast<int>(date.year()),
        static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
        static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
        static_cast<int>(clock.seconds().count()));
    std::string out(text, static_cast<std::size_t>(length));
    if (const auto fraction = clock.subseconds().count(); fraction != 0) {
        std::snprintf(text, sizeof text, ".%03d", static_cast<int>(fraction));
        out += text;
    }
    return out + "Z";
}

std::string_view to_text(OccurrenceType type) noexcept {
    switch (type) {
        case OccurrenceType::alert:
            return "ALERT";
        case OccurrenceType::recovery:
            return "RECOVERY";
        case OccurrenceType::event:
            return "EVENT";
        case OccurrenceType::audit:
            return "AUDIT";
    }
    return "ALERT";
}

std::string_view to_text(Severity severity) noexcept {
    switch (severity) {
        case Severity::critical:
            return "CRITICAL";
        case Severity::warning:
            return "WARNING";
        case Severity::info:
            return "INFO";
        case Severity::not_available:
            return "NOT_AVAILABLE";
    }
    return "NOT_AVAILABLE";
}

std::string additional_info_json(const Occurrence& occurrence) {
    return facts_of(occurrence).dump();
}

std::string to_json(const Occurrence& occurrence) {
    nlohmann::ordered_json json;
    const auto add = [&json](const char* name, std::string_view text) {
        if (!text.empty()) {
            json[name] = text;
        }
    };
    const auto add_time = [&add](const char* name, std::int64_t ms) {
        add(name, ms == 0 ? std::string() : iso_time(ms));
    };
    add("event_key", occurrence.event_key);
    add("event_type", to_text(occurrence.type));
    add("severity", to_text(occurrence.severity));
    add("title", occurrence.title);
    add("description", occurrence.description);
    add("rule", occurrence.rule);
    add("resource_id", occurrence.resource.id);
    add("resource_name", occurrence.resource.name);
    add("resource_type", occurrence.resource.type);
    add("provider", occurrence.provider);
    add("account", occurrence.account);
    add_time("occurred_at", occurrence.occurred_at);
    add_time("created_at", occurrence.created_at);
    add_time("updated_at", occurrence.updated_at);
    json["additional_info"] = facts_of(occurrence);
    return json.dump();
}

}  // namespace pf::host::runtime
