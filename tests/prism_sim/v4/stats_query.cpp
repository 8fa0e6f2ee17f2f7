#include "tests/prism_sim/v4/stats_query.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>

namespace pf::sim {
namespace {

constexpr std::uint32_t kLongestStep = 366 * 86'400;
constexpr std::string_view kRowPrefix = "stats/";

// Exactly `digits` digits of `text` from `at`, which moves on.
std::optional<int> number_at(std::string_view text, std::size_t& at, std::size_t digits) {
    if (at + digits > text.size()) return std::nullopt;
    int value = 0;
    for (const std::size_t end = at + digits; at < end; ++at) {
        if (text[at] < '0' || text[at] > '9') return std::nullopt;
        value = value * 10 + (text[at] - '0');
    }
    return value;
}

bool skip(std::string_view text, std::size_t& at, char expected) {
    if (at >= text.size() || text[at] != expected) return false;
    ++at;
    return true;
}

// Minutes behind a time that is to become UTC: "Z", "+09:00".
std::optional<int> offset_at(std::string_view text, std::size_t at) {
    if (text.substr(at) == "Z") return 0;
    const bool is_behind = at < text.size() && text[at] == '-';
    if (!is_behind && (at >= text.size() || text[at] != '+')) return std::nullopt;
    const auto hours = number_at(text, ++at, 2);
    if (!hours || !skip(text, at, ':')) return std::nullopt;
    const auto minutes = number_at(text, at, 2);
    if (!minutes || *hours > 23 || *minutes > 59 || at != text.size()) return std::nullopt;
    const int offset = *hours * 60 + *minutes;
    return is_behind ? -offset : offset;
}

std::optional<StatType> stat_type(std::string_view text) {
    constexpr std::pair<std::string_view, StatType> known[] = {
        {"SUM", StatType::sum}, {"MIN", StatType::min},     {"MAX", StatType::max},
        {"AVG", StatType::avg}, {"COUNT", StatType::count}, {"LAST", StatType::last}};
    for (const auto& [name, type] : known)
        if (name == text) return type;
    return std::nullopt;
}

// Takes `expected` off the front, and the spaces behind it.
bool take(std::string_view& text, std::string_view expected) {
    if (!text.starts_with(expected)) return false;
    text.remove_prefix(expected.size());
    while (text.starts_with(' ')) text.remove_prefix(1);
    return true;
}

std::optional<Uuid> take_id(std::string_view& text) {
    if (!text.starts_with('\'')) return std::nullopt;
    const std::size_t end = text.find('\'', 1);
    if (end == std::string_view::npos) return std::nullopt;
    const auto id = parse_uuid(text.substr(1, end - 1));
    text.remove_prefix(end);
    take(text, "'");
    return id;
}

// extId in ('a','b')
bool read_set(std::string_view text, std::vector<Uuid>& ids) {
    if (!take(text, "extId ") || !take(text, "in ") || !take(text, "(")) return false;
    do {
        const auto id = take_id(text);
        if (!id) return false;
        ids.push_back(*id);
    } while (take(text, ","));
    return take(text, ")") && text.empty();
}

// extId eq 'a' or extId eq 'b'
bool read_chain(std::string_view text, std::vector<Uuid>& ids) {
    do {
        if (!take(text, "extId ") || !take(text, "eq ")) return false;
        const auto id = take_id(text);
        if (!id) return false;
        ids.push_back(*id);
    } while (take(text, "or "));
    return text.empty();
}

}  // namespace

std::optional<std::uint64_t> parse_time(std::string_view text) {
    using namespace std::chrono;
    std::size_t at = 0;
    int parts[6] = {};
    constexpr char behind[] = {'-', '-', 'T', ':', ':'};
    for (std::size_t i = 0; i < 6; ++i) {
        const auto part = number_at(text, at, i == 0 ? 4 : 2);
        if (!part || (i < 5 && !skip(text, at, behind[i]))) return std::nullopt;
        parts[i] = *part;
    }
    if (skip(text, at, '.')) {
        const std::size_t begin = at;
        while (at < text.size() && text[at] >= '0' && text[at] <= '9') ++at;
        if (at == begin) return std::nullopt;
    }
    const auto offset = offset_at(text, at);
    const year_month_day date{year(parts[0]), month(static_cast<unsigned>(parts[1])),
                              day(static_cast<unsigned>(parts[2]))};
    if (!offset || !date.ok() || parts[3] > 23 || parts[4] > 59 || parts[5] > 59)
        return std::nullopt;
    const auto time =
        sys_days(date) + hours(parts[3]) + minutes(parts[4] - *offset) + seconds(parts[5]);
    if (time.time_since_epoch().count() < 0) return std::nullopt;
    return static_cast<std::uint64_t>(time.time_since_epoch().count());
}

std::variant<SampleWindow, QueryProblem> parse_window(const Request& request,
                                                      const StatisticsReadings& readings) {
    SampleWindow window;
    window.type = readings.default_type;
    for (const auto& [name, value] :
         {std::pair("$startTime", &window.start_s), std::pair("$endTime", &window.end_s)}) {
        const auto text = request.parameter(name);
        if (!text) return QueryProblem{name, "a required parameter is missing"};
        const auto time = parse_time(*text);
        if (!time) return QueryProblem{name, "a time in ISO 8601 is needed"};
        *value = *time;
    }
    if (window.start_s >= window.end_s)
        return QueryProblem{"$startTime", "the start must be before the end"};
    if (const auto text = request.parameter("$samplingInterval")) {
        const char* end = text->data() + text->size();
        const auto [at, error] = std::from_chars(text->data(), end, window.step_s);
        if (error != std::errc{} || at != end || window.step_s == 0 || window.step_s > kLongestStep)
            return QueryProblem{"$samplingInterval", "a whole number of seconds is needed"};
    }
    if (const auto text = request.parameter("$statType")) {
        const auto type = stat_type(*text);
        if (!type) return QueryProblem{"$statType", "unknown statistic"};
        window.type = *type;
    }
    return window;
}

std::variant<StatsSelection, QueryProblem> parse_selection(const Request& request,
                                                           const StatsPlace& place, int minor,
                                                           const StatisticsReadings& readings) {
    StatsSelection selection;
    const auto parsed = parse_list_query(request, {.over_limit = OverLimit::empty});
    const auto* query = std::get_if<ListQuery>(&parsed);
    if (query == nullptr) return std::get<QueryProblem>(parsed);
    const auto is_selected = [&](std::string_view name) {
        return std::find(query->select.begin(), query->select.end(), name) != query->select.end();
    };
    const std::string prefix(place.has_rows() ? kRowPrefix : "");
    const bool is_everything = query->select.empty() || is_selected(prefix + "*");
    std::vector<std::string> known = {std::string(place.id_field), prefix + "*"};
    if (place.has_rows())
        known.insert(known.end(),
                     {"stats", "stats/timestamp", "stats/cluster", "stats/hypervisorType"});
    const bool is_whole = is_everything || is_selected("stats");
    for (const StatsField& field : place.fields) {
        if (minor < field.since) continue;
        known.push_back(prefix + std::string(field.name));
        if (is_whole || is_selected(known.back())) selection.fields.push_back(&field);
    }
    for (const std::string& name : query->select) {
        if (readings.unknown_select == UnknownSelect::refused &&
            std::find(known.begin(), known.end(), name) == known.end())
            return QueryProblem{"$select", "unknown property '" + name + "'"};
    }
    const bool is_lenient = !readings.selects_strictly;
    selection.has_id = is_lenient || is_everything || is_selected(place.id_field);
    selection.has_time = is_lenient || is_whole || is_selected("stats/timestamp");
    selection.has_cluster = is_whole || is_selected("stats/cluster");
    selection.has_hypervisor = is_whole || is_selected("stats/hypervisorType");
    return selection;
}

std::variant<std::vector<Uuid>, QueryProblem> parse_id_filter(std::string_view text,
                                                              StatsFilter accepted) {
    const auto refusal = [](const char* why) { return QueryProblem{"$filter", why}; };
    if (accepted == StatsFilter::refused) return refusal("filter is not supported");
    std::vector<Uuid> ids;
    if (read_set(text, ids)) {
        if (accepted != StatsFilter::any) return refusal("operator 'in' is not supported");
        return ids;
    }
    ids.clear();
    if (!read_chain(text, ids)) return refusal("filter expression is not supported");
    if (ids.size() > 1 && accepted == StatsFilter::one)
        return refusal("operator 'or' is not supported");
    return ids;
}

}  // namespace pf::sim
