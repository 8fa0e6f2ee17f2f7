#include "tests/prism_sim/v4/query.hpp"

#include <algorithm>
#include <charconv>

#include "tests/prism_sim/v4/time_filter.hpp"

namespace pf::sim {
namespace {

constexpr std::int64_t kMostPerPage = 100;
constexpr std::int64_t kLastPage = 1'000'000'000'000;  // Keeps page times limit within 64 bits.

std::string_view trim(std::string_view text) {
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    return text;
}

std::optional<std::int64_t> whole_number(std::string_view text) {
    std::int64_t value = 0;
    const char* end = text.data() + text.size();
    const auto [at, error] = std::from_chars(text.data(), end, value);
    if (error != std::errc{} || at != end) return std::nullopt;
    return value;
}

// Text between single quotes; OData doubles a quote inside.
std::optional<std::string> quoted(std::string_view text) {
    if (text.size() < 2 || text.front() != '\'' || text.back() != '\'') return std::nullopt;
    std::string value;
    text = text.substr(1, text.size() - 2);
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\'' && (i + 1 == text.size() || text[++i] != '\'')) return std::nullopt;
        value += text[i];
    }
    return value;
}

std::optional<Filter> parse_filter(std::string_view text) {
    constexpr std::string_view function =
        "config/clusterFunction/any(t:t eq Clustermgmt.Config.ClusterFunctionRef";
    if (text.starts_with(function) && text.ends_with(')')) {
        text.remove_suffix(1);
        const auto value = quoted(trim(text.substr(function.size())));
        if (value) return Filter{"config/clusterFunction", *value};
        return std::nullopt;
    }
    const std::size_t space = text.find(' ');
    if (space == std::string_view::npos) return std::nullopt;
    const std::string_view rest = trim(text.substr(space));
    if (!rest.starts_with("eq ")) {
        if (!parse_time_filter(text)) return std::nullopt;
        return Filter{std::string(kTimes), std::string(text)};
    }
    const auto value = quoted(trim(rest.substr(3)));
    if (!value) return std::nullopt;
    return Filter{std::string(text.substr(0, space)), *value};
}

std::optional<QueryProblem> read_window(const Request& request, const QueryRules& rules,
                                        ListQuery& query) {
    query.limit = rules.default_limit;
    if (const auto text = request.parameter("$page")) {
        const auto page = whole_number(*text);
        if (!page) return QueryProblem{"$page", "page is not an integer"};
        if (*page < 0) return QueryProblem{"$page", "page below minimum"};
        query.page = static_cast<std::uint64_t>(std::min(*page, kLastPage));
    }
    if (const auto text = request.parameter("$limit")) {
        const auto limit = whole_number(*text);
        if (!limit) return QueryProblem{"$limit", "limit is not an integer"};
        if (*limit < 1) return QueryProblem{"$limit", "limit below minimum"};
        const bool is_over = *limit > kMostPerPage;
        if (is_over && rules.over_limit == OverLimit::refused)
            return QueryProblem{"$limit", "limit above maximum"};
        query.limit = static_cast<std::uint32_t>(std::min<std::int64_t>(*limit, UINT32_MAX));
        query.is_empty = is_over;
    }
    if (rules.page_cap != 0) query.limit = std::min(query.limit, rules.page_cap);
    return std::nullopt;
}

std::optional<QueryProblem> read_order(std::string_view text, ListQuery& query) {
    text = trim(text);
    const std::string_view field = text.substr(0, text.find(' '));
    const std::string_view direction = trim(text.substr(field.size()));
    if (!direction.empty() && direction != "asc" && direction != "desc")
        return QueryProblem{"$orderby", "direction must be asc or desc"};
    query.order_field = field;
    query.descending = direction == "desc";
    return std::nullopt;
}

void read_select(std::string_view text, ListQuery& query) {
    while (!text.empty()) {
        const std::string_view part = text.substr(0, text.find(','));
        text.remove_prefix(part.size() < text.size() ? part.size() + 1 : text.size());
        if (const std::string_view name = trim(part); !name.empty())
            query.select.emplace_back(name);
    }
}

}  // namespace

std::variant<ListQuery, QueryProblem> parse_list_query(const Request& request,
                                                       const QueryRules& rules) {
    ListQuery query;
    if (auto problem = read_window(request, rules, query)) return *problem;
    if (const auto text = request.parameter("$filter")) {
        if (rules.refuse_filters) return QueryProblem{"$filter", "filter is not supported"};
        query.filter = parse_filter(trim(*text));
        if (!query.filter) return QueryProblem{"$filter", "filter expression is not supported"};
    }
    if (const auto text = request.parameter("$orderby")) {
        if (rules.refuse_orderby) return QueryProblem{"$orderby", "sorting is not supported"};
        if (auto problem = read_order(*text, query)) return *problem;
    }
    read_select(request.parameter("$select").value_or(""), query);
    return query;
}

}  // namespace pf::sim
