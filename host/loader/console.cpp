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

}  // namespace

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
