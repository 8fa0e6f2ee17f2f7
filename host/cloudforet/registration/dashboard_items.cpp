#include <map>
#include <nlohmann/json.hpp>

#include "host/cloudforet/registration/dashboard_parts.hpp"

namespace pf::host::cloudforet {
namespace {

using Json = nlohmann::ordered_json;

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

Json number_card(const services::Output& output, const services::Metric& metric) {
    return widget(metric.name, "numberCard", "sm", {{"dataField", data_field(metric.name)}},
                  data_table(output, metric, ""));
}

Json pie_chart(const services::Output& output, const services::Metric& metric,
               const std::string& label) {
    return widget(metric.name + " by " + label, "pieChart", "md",
                  {{"dataField", data_field(metric.name)}, {"groupBy", label_field(label)}},
                  data_table(output, metric, label));
}

Json columns_over_time(const services::Output& output, const services::Metric& metric,
                       const std::string& label) {
    return widget(metric.name + " by " + label, "stackedColumnChart", "full",
                  {{"dataField", data_field(metric.name)},
                   {"xAxis", label_field("Date")},
                   {"stackBy", label_field(label)}},
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

}  // namespace

Item private_dashboard(const Item& dashboard) {
    Json document = Json::parse(dashboard.document);
    document.erase("resource_group");
    Item item = dashboard;
    item.kind = "dashboard.PrivateDashboard";
    item.document = document.dump();
    return item;
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
            dashboard_item("Nutanix Overview", "How much there is of everything that matters.",
                           Json::array({{{"name", "Nutanix"}, {"widgets", std::move(overview)}}})));
    }
    for (const auto& [group, layouts] : groups) {
        items.push_back(
            dashboard_item("Nutanix " + group, "Made from the metrics of " + group + ".", layouts));
    }
    return items;
}

}  // namespace pf::host::cloudforet
