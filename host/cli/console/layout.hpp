// Layout: how the console lays out one resource or a part of it, as metadata describes it.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "host/cli/console/field.hpp"

namespace pf::host::cli {

enum class LayoutType {
    item,       // names and values of one object
    table,      // table, simple-table, query-search-table: a row for each object of a list
    raw_table,  // a table whose columns come from the data
    raw,        // the data itself
    html,       // a text with tags
    markdown,   // a text of the metadata
    list,       // several layouts
    popup,      // one layout behind a click
    unknown,    // anything else; its data is shown as it is
};

struct Layout {
    LayoutType type = LayoutType::unknown;
    std::string name;
    std::string root_path;  // dotted path into the resource; empty = the resource itself
    std::string unwind;     // dotted path to the list whose elements make the rows
    std::vector<Field> fields;
    std::vector<std::string> headers;  // of a raw_table; empty = all keys
    std::vector<Layout> layouts;       // of a list; the one of a popup
    std::string markdown;
    std::string sort_key;  // what rows are ordered by; empty = as they come
    bool is_descending = false;
};

// Reads a layout. What cannot be understood is told in `odd`, each with `place`; the result is then
// as much as could be read.
Layout read_layout(const nlohmann::ordered_json& object, const std::string& place,
                   std::vector<std::string>& odd);

// All that metadata says about how a kind of resource is shown.
struct View {
    std::vector<Field> columns;  // of the console's table, without the name, which is always first
    std::string sort_key;        // of the console's table; may be empty
    bool is_descending = false;
    std::vector<Layout> tabs;
    std::vector<std::string> odd;  // what could not be understood, for people
};

// Reads CloudServiceType.metadata, JSON text. Answers to any text.
View read_view(std::string_view metadata);

}  // namespace pf::host::cli
