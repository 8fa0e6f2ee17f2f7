#include "host/cloudforet/registration/dashboard_parts.hpp"

#include <cstdint>
#include <cstdio>
#include <nlohmann/json.hpp>

namespace pf::host::cloudforet {
namespace {

using Json = nlohmann::ordered_json;

// Labels of a chart beyond these are drawn together.
constexpr int most_labels = 10;

// FNV-1a: shows that a dashboard was made from other metrics than those there are now.
std::string fingerprint(const std::string& text) {
    std::uint64_t hash = 14695981039346656037u;
    for (const char c : text) {
        hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211u;
    }
    char digits[17];
    std::snprintf(digits, sizeof digits, "%016llx", static_cast<unsigned long long>(hash));
    return digits;
}

}  // namespace

Json widget(std::string name, const char* type, const char* size, Json options, Json table) {
    return {{"name", std::move(name)},
            {"widget_type", type},
            {"size", size},
            {"options", std::move(options)},
            {"data_table_id", 0},
            {"data_tables", Json::array({std::move(table)})}};
}

Json data_field(const std::string& data) { return {{"value", {{"data", data}}}}; }

Json label_field(const std::string& label) {
    return {{"value", {{"data", label}, {"count", most_labels}}}};
}

Item dashboard_item(const std::string& name, const std::string& description, const Json& layouts) {
    const Json document = {
        {"name", name},
        {"description", description},
        {"layouts", layouts},
        {"options", {{"date_range", {{"enabled", true}, {"value", "this_month"}}}}},
        {"labels", {"Nutanix"}},
        {"tags", {{"prismforet", fingerprint(layouts.dump())}}},
        {"resource_group", "DOMAIN"}};
    Item item;
    item.kind = "dashboard.PublicDashboard";
    item.name = name;
    item.document = document.dump();
    return item;
}

}  // namespace pf::host::cloudforet
