#include "tests/row_check/console_check.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>

namespace pf::test {
namespace {

using nlohmann::json;

constexpr std::string_view shape = "meta.layout_shape";

bool is_listed(std::string_view text, std::initializer_list<std::string_view> words) {
    return std::find(words.begin(), words.end(), text) != words.end();
}

std::string at(const std::string& place, std::size_t index) {
    return place + "[" + std::to_string(index) + "]";
}

void allow_keys(RowScope& scope, std::string_view rule, const json& object,
                const std::string& place, std::initializer_list<std::string_view> keys) {
    for (const auto& [key, value] : object.items()) {
        if (!is_listed(key, keys)) {
            scope.fail(rule, place, "key '" + key + "' is read by nobody");
        }
    }
}

void check_fields(RowScope& scope, const json& options, const std::string& place,
                  bool is_required) {
    const auto fields = options.find("fields");
    if (fields == options.end() || !fields->is_array() || fields->empty()) {
        if (is_required || fields != options.end()) {
            scope.fail(shape, place + ".fields", "is no list of fields");
        }
        return;
    }
    for (std::size_t i = 0; i < fields->size(); ++i) {
        check_field(scope, (*fields)[i], at(place + ".fields", i));
    }
}

void check_text_option(RowScope& scope, const json& options, const char* key,
                       const std::string& place) {
    if (options.contains(key) && text_of(options, key).empty()) {
        scope.fail(shape, place + "." + key, "is no text, or empty");
    }
}

void check_table_options(RowScope& scope, const json& options, const std::string& place) {
    const json sort = options.value("default_sort", json({{"key", "-"}}));
    if (text_of(sort, "key").empty() || !sort.value("desc", json(false)).is_boolean()) {
        scope.fail(shape, place + ".default_sort", "is no {key, desc}: " + brief(sort));
    }
    if (!options.value("default_filter", json::array()).is_array()) {
        scope.fail(shape, place + ".default_filter", "is no list");
    }
    if (!options.value("disable_search", json(false)).is_boolean()) {
        scope.fail(shape, place + ".disable_search", "is no boolean");
    }
    const json groups = options.value("search", json::array());
    if (!groups.is_array()) return scope.fail(shape, place + ".search", "is no list of groups");
    for (std::size_t i = 0; i < groups.size(); ++i) {
        const std::string inner = at(place + ".search", i);
        if (!groups[i].is_object() || !groups[i].contains("items")) {
            scope.fail("meta.search", inner, "is no {title, items}");
        } else {
            check_search(scope, groups[i]["items"], inner + ".items");
        }
    }
}

void check_markdown(RowScope& scope, const json& options, const std::string& place) {
    const json text = options.value("markdown", json());
    const bool is_by_language =
        text.is_object() && !text.empty() &&
        std::all_of(text.begin(), text.end(), [](const json& each) { return each.is_string(); });
    if (!text.is_string() && !is_by_language) {
        scope.fail(shape, place + ".markdown", "is neither text nor {language: text}");
    }
}

void check_layouts(RowScope& scope, const json& layouts, const std::string& place) {
    if (!layouts.is_array() || layouts.empty()) {
        return scope.fail(shape, place, "is no list of layouts");
    }
    for (std::size_t i = 0; i < layouts.size(); ++i) {
        check_layout(scope, layouts[i], at(place, i));
    }
}

void check_layout_options(RowScope& scope, const std::string& type, const json& options,
                          const std::string& place) {
    allow_keys(scope, shape, options, place,
               {"fields", "root_path", "translation_id", "unwind", "search", "disable_search",
                "default_sort", "default_filter", "headers", "markdown", "layouts", "layout"});
    check_text_option(scope, options, "root_path", place);
    if (options.contains("unwind") && text_of(options["unwind"], "path").empty()) {
        scope.fail(shape, place + ".unwind", "has no path");
    }
    const bool has_fields =
        is_listed(type, {"item", "simple-table", "table", "query-search-table"});
    check_fields(scope, options, place, has_fields);
    if (type == "table" || type == "query-search-table") check_table_options(scope, options, place);
    if (type == "markdown") check_markdown(scope, options, place);
    if (type == "list") {
        check_layouts(scope, options.value("layouts", json()), place + ".layouts");
    }
    if (type == "popup") {
        check_layout(scope, options.value("layout", json()), place + ".layout");
    }
}

void check_table(RowScope& scope, const json& view) {
    const std::string place = "metadata.view.table";
    const json table = view.value("table", json());
    if (!table.is_object() || !table.contains("layout")) {
        return scope.fail("meta.table_layout", place, "has no layout");
    }
    allow_keys(scope, "meta.unknown_key", table, place, {"layout"});
    if (text_of(table["layout"], "type") != "query-search-table") {
        return scope.fail("meta.table_layout", place + ".layout", "is no query-search-table");
    }
    check_layout(scope, table["layout"], place + ".layout");
}

void check_sub_data(RowScope& scope, const json& view) {
    const std::string place = "metadata.view.sub_data";
    const auto sub_data = view.find("sub_data");
    if (sub_data == view.end()) return;
    if (!sub_data->is_object()) return scope.fail(shape, place, "is no object");
    allow_keys(scope, "meta.unknown_key", *sub_data, place, {"layouts"});
    check_layouts(scope, sub_data->value("layouts", json()), place + ".layouts");
}

// A widget counts over all resources of the domain unless its filter names the type.
void check_widget_filter(RowScope& scope, const json& query, const TypeNames& type,
                         const std::string& place) {
    const json filter = query.value("filter", json::array());
    const auto restricts = [&](std::string_view key, std::string_view wanted) {
        return filter.is_array() &&
               std::any_of(filter.begin(), filter.end(), [&](const json& each) {
                   for (const char* name : {"key", "k"}) {
                       const char* value = name[1] == '\0' ? "v" : "value";
                       if (text_of(each, name) == key && text_of(each, value) == wanted)
                           return true;
                   }
                   return false;
               });
    };
    if (!restricts("provider", type.provider) || !restricts("cloud_service_group", type.group) ||
        !restricts("cloud_service_type", type.name)) {
        scope.fail("meta.widget", place, "query.filter does not restrict to the type");
    }
}

void check_widgets(RowScope& scope, const json& view, const TypeNames& type) {
    const auto widgets = view.find("widget");
    if (widgets == view.end()) return;
    if (!widgets->is_array()) {
        return scope.fail("meta.widget", "metadata.view.widget", "is no list");
    }
    for (std::size_t i = 0; i < widgets->size(); ++i) {
        const json& widget = (*widgets)[i];
        const std::string place = at("metadata.view.widget", i);
        const json query = widget.is_object() ? widget.value("query", json()) : json();
        if (text_of(widget, "name").empty() ||
            !is_listed(text_of(widget, "type"), {"card", "chart", "summary"}) ||
            !query.is_object()) {
            scope.fail("meta.widget", place, "is no {name, type, query, options}");
        } else {
            check_widget_filter(scope, query, type, place);
        }
    }
}

void check_query_sets(RowScope& scope, const json& metadata) {
    const std::string place = "metadata.query_sets";
    const json sets = metadata.value("query_sets", json::array());
    if (!sets.is_array()) return scope.fail("meta.query_set", place, "is no list");
    for (std::size_t i = 0; i < sets.size(); ++i) {
        const std::string_view name = text_of(sets[i], "name");
        if (name.empty() || count_characters(name) > 255 ||
            !sets[i].value("query_options", json()).is_object()) {
            scope.fail("meta.query_set", at(place, i), "needs name (255) and query_options");
        }
    }
}

void check_enums(RowScope& scope, const json& enums, const std::string& place) {
    if (enums.is_array()) return;
    if (!enums.is_object() || enums.empty()) {
        return scope.fail("meta.search", place, "is neither object nor list");
    }
    for (const auto& [value, item] : enums.items()) {
        const std::string inner = place + "." + value;
        if (!item.is_object()) {
            scope.fail("meta.search", inner, "is no {label, icon}");
            continue;
        }
        allow_keys(scope, "meta.search", item, inner, {"label", "icon"});
        const json icon = item.value("icon", json::object());
        if (!icon.is_object()) {
            scope.fail("meta.search", inner, "icon is no {image, color}");
        } else if (icon.contains("color")) {
            check_colour(scope, icon["color"], inner + ".icon.color");
        }
    }
}

}  // namespace

void check_search(RowScope& scope, const json& search, const std::string& place) {
    if (!search.is_array()) return scope.fail("meta.search", place, "is no list");
    for (std::size_t i = 0; i < search.size(); ++i) {
        const json& entry = search[i];
        const std::string inner = at(place, i);
        if (text_of(entry, "key").empty() || text_of(entry, "name").empty()) {
            scope.fail("meta.search", inner, "needs key and name: " + brief(entry));
            continue;
        }
        allow_keys(scope, "meta.search", entry, inner,
                   {"key", "name", "data_type", "enums", "reference"});
        if (entry.contains("data_type") &&
            !is_listed(text_of(entry, "data_type"),
                       {"string", "integer", "float", "boolean", "datetime"})) {
            scope.fail("meta.search", inner, "data_type is unknown: " + brief(entry["data_type"]));
        }
        if (entry.contains("reference") && text_of(entry, "reference").empty()) {
            scope.fail("meta.search", inner, "reference is no text");
        }
        if (entry.contains("enums")) check_enums(scope, entry["enums"], inner + ".enums");
    }
}

void check_layout(RowScope& scope, const json& layout, const std::string& place) {
    if (!layout.is_object()) return scope.fail(shape, place, "is no layout");
    const std::string type(text_of(layout, "type"));
    if (!is_listed(type, {"item", "simple-table", "table", "query-search-table", "raw-table", "raw",
                          "html", "markdown", "list", "popup"})) {
        return scope.fail("meta.layout_type", place, "type '" + type + "' is unknown");
    }
    allow_keys(scope, shape, layout, place, {"name", "type", "options"});
    if (text_of(layout, "name").empty()) scope.fail(shape, place, "has no name");
    const json options = layout.value("options", json::object());
    if (!options.is_object()) return scope.fail(shape, place, "options are no object");
    check_layout_options(scope, type, options, place + ".options");
}

void check_console(RowScope& scope, const json& metadata, const TypeNames& type) {
    allow_keys(scope, "meta.unknown_key", metadata, "metadata", {"view", "query_sets"});
    check_query_sets(scope, metadata);
    const json view = metadata.value("view", json());
    if (!view.is_object()) {
        return scope.fail("meta.table_layout", "metadata.view", "is missing or no object");
    }
    allow_keys(scope, "meta.unknown_key", view, "metadata.view",
               {"search", "table", "sub_data", "widget"});
    if (view.contains("search")) check_search(scope, view["search"], "metadata.view.search");
    check_table(scope, view);
    check_sub_data(scope, view);
    check_widgets(scope, view, type);
}

}  // namespace pf::test
