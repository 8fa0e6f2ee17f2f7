// A row as inventory receives it: a ResourceInfo message, taken apart.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace pf::cloudforet_sim {

// What inventory makes of a resource_type text.
enum class RowKind {
    cloud_service,
    cloud_service_type,
    region,
    name_space,
    metric,
    error,
    unknown
};

struct Row {
    RowKind kind = RowKind::unknown;
    std::string resource_type;
    bool is_failure = false;  // the only state that inventory tests
    std::string message;
    bool has_resource = false;
    nlohmann::json match_rules = nlohmann::json::object();
    nlohmann::json resource = nlohmann::json::object();
};

// Takes the bytes of one message apart. Throws std::runtime_error for bytes that are no message:
// the client of a real inventory would end the stream there.
Row read_row(std::string_view bytes);

// The word for a kind, as in resource_type: "inventory.CloudService".
std::string_view name_of(RowKind kind);

}  // namespace pf::cloudforet_sim
