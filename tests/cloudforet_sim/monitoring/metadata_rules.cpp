#include "tests/cloudforet_sim/monitoring/metadata_rules.hpp"

#include <algorithm>

namespace pf::cloudforet_sim::monitoring {
namespace {

using nlohmann::json;

bool is_texts(const json& value) {
    return value.is_array() && std::all_of(value.begin(), value.end(), [](const json& each) {
               return each.is_string() && !each.get_ref<const std::string&>().empty();
           });
}

std::string check_value(const std::string& key, const json& value) {
    if (key == "view") return value.is_object() ? "" : "view is no object\n";
    return is_texts(value) ? "" : key + " is no list of texts\n";
}

}  // namespace

std::string refusal(SourceType type, const json& metadata) {
    if (!metadata.is_object()) return "no object\n";
    std::string problems;
    for (const auto& [key, value] : metadata.items()) {
        const bool is_known = key == "required_keys" || key == "supported_providers" ||
                              key == (type == SourceType::metric ? "supported_stat" : "view");
        problems += is_known ? check_value(key, value) : key + " is not known\n";
    }
    // A source without a path would find no resource.
    if (metadata.value("required_keys", json::array()).empty()) {
        problems += "required_keys names nothing\n";
    }
    if (type == SourceType::metric && metadata.value("supported_stat", json::array()).empty()) {
        problems += "supported_stat names nothing\n";
    }
    return problems;
}

}  // namespace pf::cloudforet_sim::monitoring
