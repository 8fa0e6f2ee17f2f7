#include "tests/cloudforet_sim/inventory/row.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <utility>

#include "tests/row_check/wire_reader.hpp"

namespace pf::cloudforet_sim {
namespace {

constexpr std::uint64_t state_failure = 5;

constexpr std::array<std::pair<std::string_view, RowKind>, 6> kinds{{
    {"inventory.CloudService", RowKind::cloud_service},
    {"inventory.CloudServiceType", RowKind::cloud_service_type},
    {"inventory.Region", RowKind::region},
    {"inventory.Namespace", RowKind::name_space},
    {"inventory.Metric", RowKind::metric},
    {"inventory.ErrorResource", RowKind::error},
}};

RowKind kind_of(std::string_view resource_type) {
    const auto found = std::find_if(kinds.begin(), kinds.end(),
                                    [&](const auto& each) { return each.first == resource_type; });
    return found == kinds.end() ? RowKind::unknown : found->second;
}

}  // namespace

Row read_row(std::string_view bytes) {
    test::DecodedRow decoded;
    std::string fault;
    const auto keep = [&fault](std::string_view rule, const std::string& place,
                               const std::string& what) {
        fault = std::string(rule) + " at " + place + ": " + what;
    };
    if (!test::decode_resource_info(bytes, decoded, keep)) {
        throw std::runtime_error("a row that cannot be read: " + fault);
    }
    Row row;
    row.kind = kind_of(decoded.resource_type);
    row.resource_type = std::move(decoded.resource_type);
    row.is_failure = decoded.state == state_failure;
    row.message = std::move(decoded.message);
    row.has_resource = decoded.has_resource;
    row.match_rules = std::move(decoded.match_rules);
    row.resource = std::move(decoded.resource);
    return row;
}

std::string_view name_of(RowKind kind) {
    const auto found = std::find_if(kinds.begin(), kinds.end(),
                                    [&](const auto& each) { return each.second == kind; });
    return found == kinds.end() ? std::string_view("unknown") : found->first;
}

}  // namespace pf::cloudforet_sim
