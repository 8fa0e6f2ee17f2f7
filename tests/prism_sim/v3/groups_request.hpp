#pragma once
// The body of a POST to groups.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "tests/prism_sim/model/sample_slots.hpp"
#include "tests/prism_sim/model/uuid.hpp"
#include "tests/prism_sim/v3/fiql.hpp"
#include "tests/prism_sim/v3/refusal.hpp"

namespace pf::sim::v3 {

struct GroupsAttribute {
    std::string name;
    std::optional<StatType> operation;  ///< Nothing: as the server likes.
};

struct GroupsRequest {
    std::string entity_type;
    std::vector<GroupsAttribute> attributes;
    std::uint64_t offset = 0;
    std::uint64_t count = 0xffffffff;
    std::string sort_attribute;
    std::optional<Fiql> filter;
    std::optional<std::vector<Uuid>> entity_ids;
    std::optional<SampleWindow> window;  ///< Nothing: the newest value.
};

/// The request, or what is wrong with the body.
std::variant<GroupsRequest, Refusal> parse_groups_request(std::string_view body);

}  // namespace pf::sim::v3
