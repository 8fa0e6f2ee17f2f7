#include <algorithm>
#include <array>

#include "tests/cloudforet_sim/services/service_desk.hpp"

namespace pf::cloudforet_sim {

using nlohmann::json;

namespace {

// What the console can draw.
constexpr std::array widget_types = {"table",
                                     "numberCard",
                                     "lineChart",
                                     "pieChart",
                                     "clusteredColumnChart",
                                     "stackedColumnChart",
                                     "stackedAreaChart",
                                     "stackedHorizontalBarChart",
                                     "colorCodedHeatmap",
                                     "colorCodedTableHeatmap",
                                     "heatmap",
                                     "treemap",
                                     "gauge",
                                     "geoMap",
                                     "sankeyChart"};

void add_data_table(Stores& stores, const Caller& caller, const json& widget, const json& table,
                    std::vector<std::string>& ids) {
    check_required(table, {"data_type"});
    if (table.at("data_type") != "ADDED") {
        throw invalid("layouts.widgets.data_tables.data_type", "Only ADDED is known here.");
    }
    check_required(table, {"source_type", "options"});
    const json& options = table.at("options");
    check_required(options, {"data_name"});
    const std::string source = table.at("source_type");
    if (source == "ASSET") {
        check_required(options, {"ASSET"});
        check_required(options.at("ASSET"), {"metric_id"});
    } else if (source == "COST") {
        check_required(options, {"COST"});
        check_required(options.at("COST"), {"data_source_id", "data_key"});
    } else {
        throw invalid("source_type", "Source type is not supported.");
    }
    json kept = table;
    kept["data_table_id"] = stores.data_tables.new_id();
    kept["widget_id"] = widget.at("widget_id");
    kept["dashboard_id"] = widget.at("dashboard_id");
    kept["workspace_id"] = widget.value("workspace_id", "");
    ids.push_back(kept.at("data_table_id").get<std::string>());
    stores.data_tables.add(caller, std::move(kept));
}

std::string add_widget(Stores& stores, CollectionStore& widgets, const Caller& caller,
                       const json& dashboard, json widget) {
    const std::string type = widget.value("widget_type", "");
    if (std::find(widget_types.begin(), widget_types.end(), type) == widget_types.end()) {
        throw invalid("widget_type", "The console has no widget '" + type + "'.");
    }
    const std::string id = widgets.new_id();
    widget["widget_id"] = id;
    widget["dashboard_id"] = dashboard.at("dashboard_id");
    widget["workspace_id"] = dashboard.value("workspace_id", "");
    widget["state"] = "ACTIVE";
    const json tables = widget.value("data_tables", json::array());
    const auto index = widget.value("data_table_id", std::size_t{0});
    widget.erase("data_tables");
    std::vector<std::string> ids;
    for (const json& table : tables) add_data_table(stores, caller, widget, table, ids);
    if (!ids.empty()) {
        if (index >= ids.size()) throw invalid("data_table_id", "There is no such data table.");
        widget["data_table_id"] = ids[index];
    }
    widgets.add(caller, std::move(widget));
    return id;
}

json create_dashboard(Stores& stores, bool is_private, const ServiceRequest& request) {
    const json& params = request.params;
    check_required(params, {"name"});
    check_length(params, "name", 100);
    json dashboard = params;
    CollectionStore& kept = is_private ? stores.private_dashboards : stores.dashboards;
    CollectionStore& widgets_kept = is_private ? stores.private_widgets : stores.widgets;
    if (is_private) {
        dashboard["user_id"] = request.caller.user_id;
    } else {
        check_resource_group(request, dashboard);
    }
    dashboard["dashboard_id"] = kept.new_id();
    dashboard["version"] = "2.0";
    dashboard["layouts"] = json::array();
    for (const json& layout : params.value("layouts", json::array())) {
        json widgets = json::array();
        for (const json& widget : layout.value("widgets", json::array())) {
            widgets.push_back(add_widget(stores, widgets_kept, request.caller, dashboard, widget));
        }
        dashboard["layouts"].push_back(
            {{"name", layout.value("name", "")}, {"widgets", std::move(widgets)}});
    }
    return kept.add(request.caller, std::move(dashboard));
}

}  // namespace

void add_dashboards(ServiceDesk& desk, Stores& stores) {
    const std::string service = "spaceone.api.dashboard.v1.PublicDashboard";
    add_reading(desk, service, stores.dashboards, {"dashboard_id", "name"});
    desk[service + "/create"] = {members, [&stores](const ServiceRequest& request) {
                                     return create_dashboard(stores, false, request);
                                 }};
    desk[service + "/update"] = {members, [&stores](const ServiceRequest& request) {
                                     json& found =
                                         stores.dashboards.find(request.caller, request.params);
                                     take_over(found, request.params,
                                               {"name", "description", "layouts", "vars",
                                                "vars_schema", "options", "labels", "tags"});
                                     return found;
                                 }};
    const std::string widgets = "spaceone.api.dashboard.v1.PublicWidget";
    add_reading(desk, widgets, stores.widgets, {"dashboard_id", "widget_id", "name"});
    const std::string tables = "spaceone.api.dashboard.v1.PublicDataTable";
    add_reading(desk, tables, stores.data_tables, {"widget_id", "data_table_id", "name"});
    const std::string own = "spaceone.api.dashboard.v1.PrivateDashboard";
    add_reading(desk, own, stores.private_dashboards, {"dashboard_id", "name"});
    for (const char* method : {"/get", "/list", "/delete"}) desk[own + method].roles = users;
    desk[own + "/create"] = {users, [&stores](const ServiceRequest& request) {
                                 return create_dashboard(stores, true, request);
                             }};
    const std::string own_widgets = "spaceone.api.dashboard.v1.PrivateWidget";
    add_reading(desk, own_widgets, stores.private_widgets, {"dashboard_id", "widget_id", "name"});
    for (const char* method : {"/get", "/list", "/delete"})
        desk[own_widgets + method].roles = users;
}

}  // namespace pf::cloudforet_sim
