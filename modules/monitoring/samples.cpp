#include "samples.hpp"

#include <charconv>
#include <chrono>

namespace monitoring {
namespace {

// Two or four digits at `at`; -1 for anything else.
int digits(std::string_view text, std::size_t at, std::size_t count) noexcept {
    if (at + count > text.size()) return -1;
    int value = 0;
    for (std::size_t i = at; i < at + count; ++i) {
        if (text[i] < '0' || text[i] > '9') return -1;
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

// Minutes that a time is ahead of UTC: "Z", "+09:00"; nothing for other texts.
std::optional<int> offset_minutes(std::string_view zone) noexcept {
    if (zone == "Z" || zone == "z") return 0;
    if (zone.size() != 6 || (zone[0] != '+' && zone[0] != '-') || zone[3] != ':')
        return std::nullopt;
    const int hours = digits(zone, 1, 2), minutes = digits(zone, 4, 2);
    if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) return std::nullopt;
    return (zone[0] == '-' ? -1 : 1) * (hours * 60 + minutes);
}

// -1 and what is no number say that there is no value.
std::optional<double> measured(pf::Value value) noexcept {
    const std::optional<double> number = value.f64();
    return number && *number >= 0 ? number : std::nullopt;
}

void add(std::vector<Sample>& samples, std::string_view timestamp, std::optional<double> value) {
    const std::optional<std::int64_t> time = parse_time(timestamp);
    if (time && value) samples.push_back({*time, *value});
}

void read_row(pf::Value row, const Metric& metric, const OnEntity& on_entity) {
    // A beta of the ESXi statistics names the id otherwise.
    const std::string_view id = row["extId"].str(row["vmExtId"].str());
    if (id.empty()) return;
    std::vector<Sample> samples;
    for (const pf::Value tuple : row["stats"]) {
        std::optional<double> value = measured(tuple[metric.v4]);
        if (!value && !metric.v4_instead.empty()) value = measured(tuple[metric.v4_instead]);
        add(samples, tuple["timestamp"].str(), value);
    }
    on_entity(id, std::move(samples));
}

std::vector<Sample> read_list(pf::Value list) {
    std::vector<Sample> samples;
    for (const pf::Value one : list) add(samples, one["timestamp"].str(), measured(one["value"]));
    return samples;
}

constexpr std::int64_t from_microseconds = 100'000'000'000'000, from_milliseconds = 100'000'000'000;

std::optional<std::int64_t> group_time(pf::Value value) {
    const std::optional<std::int64_t> time = value.i64();
    if (!time || *time < 0) return std::nullopt;
    if (*time >= from_microseconds) return *time / 1'000'000;
    if (*time >= from_milliseconds) return *time / 1'000;
    return time;
}

std::optional<double> group_value(pf::Value value) {
    const std::string_view text = value.str();
    if (text.empty()) return measured(value);
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool is_number = error == std::errc() && end == text.data() + text.size();
    return is_number && number >= 0 ? std::optional(number) : std::nullopt;
}

}  // namespace

std::optional<std::int64_t> parse_time(std::string_view text) noexcept {
    namespace chrono = std::chrono;
    constexpr std::string_view shape = "0000-00-00T00:00:00";
    if (text.size() <= shape.size() || text[4] != '-' || text[7] != '-' ||
        (text[10] != 'T' && text[10] != 't') || text[13] != ':' || text[16] != ':')
        return std::nullopt;
    const int y = digits(text, 0, 4), mo = digits(text, 5, 2), d = digits(text, 8, 2);
    const int h = digits(text, 11, 2), mi = digits(text, 14, 2), s = digits(text, 17, 2);
    if (y < 0 || mo < 1 || d < 1 || h < 0 || h > 23 || mi < 0 || mi > 59 || s < 0 || s > 60)
        return std::nullopt;
    std::size_t at = shape.size();
    if (text[at] == '.') {
        const std::size_t begin = ++at;
        while (at < text.size() && text[at] >= '0' && text[at] <= '9') ++at;
        if (at == begin) return std::nullopt;
    }
    const std::optional<int> ahead = offset_minutes(text.substr(at));
    const chrono::year_month_day date{chrono::year(y), chrono::month(static_cast<unsigned>(mo)),
                                      chrono::day(static_cast<unsigned>(d))};
    if (!ahead || !date.ok()) return std::nullopt;
    const auto time = chrono::sys_days(date) + chrono::hours(h) + chrono::minutes(mi - *ahead) +
                      chrono::seconds(s);
    return chrono::duration_cast<chrono::seconds>(time.time_since_epoch()).count();
}

void read_rows(pf::Value root, const Metric& metric, const OnEntity& on_entity) {
    const pf::Value data = root["data"];
    if (data.kind() == pf::Kind::object) return read_row(data, metric, on_entity);
    for (const pf::Value row : data) read_row(row, metric, on_entity);
}

std::vector<Sample> read_column(pf::Value root, const Metric& metric) {
    const pf::Value data = root["data"];
    std::vector<Sample> samples = read_list(data[metric.v4]);
    if (samples.empty() && !metric.v4_instead.empty()) samples = read_list(data[metric.v4_instead]);
    return samples;
}

void read_groups(pf::Value root, const Metric& metric, const OnEntity& on_entity) {
    for (const pf::Value row : root["group_results"].first()["entity_results"]) {
        const std::string_view id = row["entity_id"].str();
        if (id.empty()) continue;
        std::vector<Sample> samples;
        for (const pf::Value column : row["data"]) {
            if (column["name"].str() != metric.older) continue;
            for (const pf::Value one : column["values"]) {
                const std::optional<std::int64_t> time = group_time(one["time"]);
                const std::optional<double> value = group_value(one["values"].first());
                if (time && value) samples.push_back({*time, *value});
            }
        }
        on_entity(id, std::move(samples));
    }
}

}  // namespace monitoring
