#pragma once
// The body of a v3 list request, read as JSON and checked.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "tests/prism_sim/config.hpp"
#include "tests/prism_sim/v3/fiql.hpp"
#include "tests/prism_sim/v3/refusal.hpp"

namespace pf::sim::v3 {

inline constexpr std::uint64_t kDefaultLength = 20;
inline constexpr std::uint64_t kMostPerPage = 500;

struct ListRequest {
    std::uint64_t offset = 0;
    std::uint64_t length = kDefaultLength;
    std::string sort_attribute;  ///< Empty: the server's own order.
    bool descending = false;
    std::optional<Fiql> filter;
};

/// `kind` is that of the list asked; another kind in the body is refused, none is good.
std::variant<ListRequest, Refusal> parse_list_request(std::string_view body, std::string_view kind,
                                                      LengthOver500 reading);

}  // namespace pf::sim::v3
