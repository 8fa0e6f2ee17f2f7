#include <cstdint>
#include <cstdio>
#include <map>
#include <nlohmann/json.hpp>

#include "host/cloudforet/registration/items.hpp"

namespace pf::host::cloudforet {
namespace {

using Json = nlohmann::ordered_json;

// Labels of a chart beyond these are drawn together.
constexpr int most_labels = 10;

// A label of a metric's data: the console finds it by the name, the data by "labels." and the name.
Json group_by(const std::string& name) {
    return Json::array({{{"key", "labels." + name}, {"name", name}}});
}

Json data_table(const services::Output& output, const services::Metric& metric,
                const std::string& label) {
    Json options = {{"ASSET", {{"metric_id", services::metric_id(output, metric)}}},
                    {"data_name", metric.name},
                    {"data_unit", metric.unit}};
    if (!label.empty()) {
        options["group_by"] = group_by(label);
    }
    return {{"name", metric.name},
            {"data_type", "ADDED"},
            {"source_type", "ASSET"},
            {"options", std::move(options)}};
}

Json widget(std::string name, const char* type, const char* size, Json options, Json table) {
    return {{"name", std::move(name)},
            {"widget_type", type},
            {"size", size},
            {"options", std::move(options)},
            {"data_table_id", 0},
            {"data_tables", Json::array({std::move(table)})}};
}

// The fields of a widget as the console keeps them.
Json field(const Json& data) { return {{"value", {{"data", data}}}}; }
Json counted_field(const std::string& label) {
    return {{"value", {{"data", label}, {"count", most_labels}}}};
}

Json number_card(const services::Output& output, const services::Metric& metric) {
    return widget(metric.name, "numberCard", "sm", {{"dataField", field(metric.name)}},
                  data_table(output, metric, ""));
}

Json pie_chart(const services::Output& output, const services::Metric& metric,
               const std::string& label) {
    return widget(metric.name + " by " + label, "pieChart", "md",
                  {{"dataField", field(metric.name)}, {"groupBy", counted_field(label)}},
                  data_table(output, metric, label));
}

Json columns_over_time(const services::Output& output, const services::Metric& metric,
                       const std::string& label) {
    return widget(metric.name + " by " + label, "stackedColumnChart", "full",
                  {{"dataField", field(metric.name)},
                   {"xAxis", counted_field("Date")},
                   {"stackBy", counted_field(label)}},
                  data_table(output, metric, label));
}

bool counts(const Json& query) {
    const Json fields = query.value("fields", Json::object());
    return fields.value("value", Json::object()).value("operator", "") == "count";
}

// The first label of the kind's own; the region, which every kind has, when there is none.
std::string best_label(const Json& query) {
    std::string label;
    for (const Json& one : query.value("group_by", Json::array())) {
        const std::string name = one.is_object() ? one.value("name", "") : "";
        if (name == "Region") {
            label = name;
        } else if (!name.empty() && name != "Account") {
            return name;
        }
    }
    return label;
}

void put_widgets(Json& widgets, const services::Output& output, const services::Metric& metric) {
    const Json query = Json::parse(metric.query_options, nullptr, false);
    const std::string label = query.is_object() ? best_label(query) : "";
    const bool is_count = query.is_object() && counts(query);
    if (is_count || label.empty()) {
        widgets.push_back(number_card(output, metric));
    }
    if (!label.empty()) {
        widgets.push_back(is_count && metric.type == "GAUGE"
                              ? pie_chart(output, metric, label)
                              : columns_over_time(output, metric, label));
    }
}

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

Item dashboard(const std::string& name, const std::string& description, const Json& layouts) {
    const Json document = {
        {"name", name},
        {"description", description},
        {"layouts", layouts},
        {"options", {{"date_range", {{"enabled", true}, {"value", "this_month"}}}}},
        {"labels", {"Nutanix"}},
        {"tags", {{"prismforet", fingerprint(layouts.dump())}}},
        {"resource_group", "DOMAIN"}};
    return {"dashboard.PublicDashboard", name, document.dump(), Secret()};
}

}  // namespace

Item private_dashboard(const Item& dashboard) {
    Json document = Json::parse(dashboard.document);
    document.erase("resource_group");
    return {"dashboard.PrivateDashboard", dashboard.name, document.dump(), Secret()};
}

std::vector<Item> dashboard_items(const std::vector<services::Output>& outputs) {
    std::map<std::string, Json> groups;
    Json overview = Json::array();
    for (const services::Output& output : outputs) {
        Json widgets = Json::array();
        for (const services::Metric& metric : output.metrics) {
            put_widgets(widgets, output, metric);
            if (output.is_primary && widgets.back()["widget_type"] == "pieChart") {
                overview.push_back(number_card(output, metric));
            }
        }
        if (!widgets.empty()) {
            Json& layouts = groups.try_emplace(output.group, Json::array()).first->second;
            layouts.push_back({{"name", output.title}, {"widgets", std::move(widgets)}});
        }
    }
    std::vector<Item> items;
    if (!overview.empty()) {
        items.push_back(
            dashboard("Nutanix Overview", "How much there is of everything that matters.",
                      Json::array({{{"name", "Nutanix"}, {"widgets", std::move(overview)}}})));
    }
    for (const auto& [group, layouts] : groups) {
        items.push_back(
            dashboard("Nutanix " + group, "Made from the metrics of " + group + ".", layouts));
    }
    return items;
}

}  // namespace pf::host::cloudforet
