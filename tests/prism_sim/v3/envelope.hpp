#pragma once
// What surrounds the entities of a v3 answer.

#include <cstdint>
#include <optional>
#include <string_view>

#include "tests/prism_sim/json/json_writer.hpp"

namespace pf::sim::v3 {

inline constexpr std::string_view kApiVersion = "3.1";

struct ListMetadata {
    std::string_view kind;
    std::uint64_t total_matches = 0;
    std::optional<std::uint64_t> offset, length{};  ///< `length`: entities in this answer.
};

/// Everything before the first entity.
void open_list(JsonWriter& out, const ListMetadata& metadata);
void close_list(JsonWriter& out);

}  // namespace pf::sim::v3
