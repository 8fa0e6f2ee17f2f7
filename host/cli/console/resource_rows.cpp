#include "host/cli/console/resource_rows.hpp"

#include <algorithm>
#include <deque>
#include <nlohmann/json.hpp>

#include "host/cli/console/field_path.hpp"
#include "host/cli/console/field_reader.hpp"

namespace pf::host::cli {

using Json = nlohmann::ordered_json;

struct ResourceRows::Made {
    std::deque<Json> rows;
};

namespace {

// The place of `path` in `object`; null when there is none.
Json* place_of(Json& object, const std::vector<std::string>& path) {
    Json* place = &object;
    for (const std::string& step : path) {
        if (!place->is_object() || !place->contains(step)) {
            return nullptr;
        }
        place = &(*place)[step];
    }
    return place;
}

// A copy of `row` for each element of its list. The list itself is taken out first: with it in each
// copy, a long one would be copied as often as it is long.
void unwind(const Json& row, const std::vector<std::string>& path, std::deque<Json>& made) {
    const auto elements = find_elements(row, path);
    Json rest = row;
    Json* const place = place_of(rest, path);
    if (place == nullptr) {
        return;
    }
    *place = nullptr;
    for (const Json* element : elements) {
        made.push_back(rest);
        *place_of(made.back(), path) = *element;
    }
}

}  // namespace

ResourceRows::ResourceRows(const Layout& layout, const Json& data)
    : made_(std::make_unique<Made>()), rows_(find_elements(data, split_path(layout.root_path))) {
    if (!layout.unwind.empty()) {
        const std::vector<std::string> path = split_path(layout.unwind);
        for (const Json* row : rows_) {
            unwind(*row, path, made_->rows);
        }
        rows_.clear();
        for (const Json& row : made_->rows) {
            rows_.push_back(&row);
        }
    }
    if (layout.sort_key.empty()) {
        return;
    }
    const FieldReader reader(text_field(layout.sort_key, ""), ValueStyle::machines, true);
    std::stable_sort(rows_.begin(), rows_.end(), [&](const Json* a, const Json* b) {
        return layout.is_descending ? reader.sort_key(*b) < reader.sort_key(*a)
                                    : reader.sort_key(*a) < reader.sort_key(*b);
    });
}

ResourceRows::~ResourceRows() = default;

std::vector<Field> fields_of(const Json& object) {
    std::vector<Field> fields;
    if (object.is_object()) {
        for (const auto& [key, value] : object.items()) {
            fields.push_back(text_field(key, key));
        }
    }
    return fields;
}

Layout with_columns_of_data(const Layout& layout, const Json& data) {
    Layout table = layout;
    table.fields.clear();
    for (const std::string& header : layout.headers) {
        table.fields.push_back(text_field(header, header));
    }
    const auto rows = find_elements(data, split_path(layout.root_path));
    if (table.fields.empty() && !rows.empty()) {
        table.fields = fields_of(*rows.front());
        std::sort(table.fields.begin(), table.fields.end(),
                  [](const Field& a, const Field& b) { return a.title < b.title; });
    }
    return table;
}

}  // namespace pf::host::cli
