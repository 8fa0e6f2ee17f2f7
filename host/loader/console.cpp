#include "host/loader/console.hpp"

#include <nlohmann/json.hpp>

namespace pf::host::loader {

using nlohmann::ordered_json;

namespace {

ordered_json main_table(const ordered_json& table) {
    ordered_json options;
    options["fields"] = table.at("fields");
    if (table.contains("sort")) {
        options["default_sort"] = table.at("sort");
    }
    ordered_json layout;
    layout["name"] = "Main Table";
    layout["type"] = "query-search-table";
    layout["options"] = std::move(options);
    return ordered_json{{"layout", std::move(layout)}};
}

// Resources of every kind have a region and an account.
ordered_json group_by(const ordered_json& metric) {
    ordered_json all = ordered_json::array();
    all.push_back(
        {{"key", "region_code"},
         {"name", "Region"},
         {"search_key", "region_code"},
         {"reference", {{"resource_type", "inventory.Region"}, {"reference_key", "region_code"}}}});
    all.push_back({{"key", "account"}, {"name", "Account"}, {"search_key", "account"}});
    for (ordered_json entry : metric.value("group_by", ordered_json::array())) {
        entry["search_key"] = entry.at("key");
        all.push_back(std::move(entry));
    }
    return all;
}

}  // namespace

std::vector<services::Metric> metrics(const ordered_json& console) {
    std::vector<services::Metric> all;
    for (const ordered_json& entry : console.value("metrics", ordered_json::array())) {
        ordered_json query;
        query["group_by"] = group_by(entry);
        query["fields"]["value"] = entry.at("value");
        for (const char* part : {"filter", "unwind"}) {
            if (entry.contains(part)) {
                query[part] = entry.at(part);
            }
        }
        const auto text = [&](const char* key, const char* otherwise) {
            return entry.value(key, std::string(otherwise));
        };
        all.push_back({text("id", ""), text("name", ""), text("type", ""), text("unit", ""),
                       text("date_field", ""), text("version", "1.0"), query.dump()});
    }
    return all;
}

std::string view_metadata(const ordered_json& console) {
    ordered_json view = ordered_json::object();
    if (console.contains("search")) {
        view["search"] = console.at("search");
    }
    if (console.contains("table")) {
        view["table"] = main_table(console.at("table"));
    }
    if (console.contains("tabs")) {
        view["sub_data"]["layouts"] = console.at("tabs");
    }
    ordered_json metadata;
    metadata["view"] = std::move(view);
    return metadata.dump();
}

}  // namespace pf::host::loader
