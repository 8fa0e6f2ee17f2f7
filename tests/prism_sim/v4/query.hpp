#pragma once
// The OData parameters of a v4 list request, checked as Prism checks them.

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "tests/prism_sim/net/message.hpp"
#include "tests/prism_sim/readings.hpp"

namespace pf::sim {

/// `field eq 'value'`, or the lambda form for cluster functions with field
/// "config/clusterFunction".
struct Filter {
    std::string field, value;
};

/// What this Prism does with parameters that not every Prism takes.
struct QueryRules {
    bool refuse_filters = false;
    bool refuse_orderby = false;
    OverLimit over_limit = OverLimit::refused;
    std::uint32_t default_limit = 50;
    std::uint32_t page_cap = 0;  ///< Most entries of a page; 0: as many as asked for.
};

struct ListQuery {
    std::uint64_t page = 0;
    std::uint32_t limit = 50;
    bool is_empty = false;  ///< To be answered with no entries.
    std::optional<Filter> filter;
    std::string order_field;  ///< Empty: the server's own order.
    bool descending = false;
    std::vector<std::string> select;  ///< Empty: every field.
};

/// A parameter the server refuses, as a SchemaValidationErrorMessage tells it.
struct QueryProblem {
    std::string attribute;  ///< "$limit"
    std::string message;
};

std::variant<ListQuery, QueryProblem> parse_list_query(const Request& request,
                                                       const QueryRules& rules);

}  // namespace pf::sim
