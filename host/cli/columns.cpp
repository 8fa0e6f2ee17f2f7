#include "host/cli/columns.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "host/runtime/nearest.hpp"

namespace pf::host::cli {
namespace {

using nlohmann::json;

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out) {
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    }
    return out;
}

std::string text_member(const json& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

Column column_of(const json& field) {
    Column column;
    column.key = text_member(field, "key");
    column.title = text_member(field, "name");
    column.type = text_member(field, "type");
    if (const auto options = field.find("options");
        options != field.end() && options->is_object()) {
        column.options = options->dump();
        const auto optional = options->find("is_optional");
        column.is_optional = optional != options->end() && *optional == true;
    }
    if (column.title.empty()) {
        column.title = column.key;
    }
    return column;
}

Column name_column() { return {"name", "Name", "text", "{}", false}; }

}  // namespace

std::vector<Column> columns_of(std::string_view view_metadata) {
    std::vector<Column> columns = {name_column()};
    const json metadata = json::parse(view_metadata, nullptr, false);
    if (metadata.is_discarded()) {
        return columns;
    }
    const json::json_pointer place("/view/table/layout/options/fields");
    if (!metadata.contains(place) || !metadata[place].is_array()) {
        return columns;
    }
    for (const json& field : metadata[place]) {
        if (field.is_object() && text_member(field, "key") != "name" &&
            !text_member(field, "key").empty()) {
            columns.push_back(column_of(field));
        }
    }
    return columns;
}

std::vector<Column> general_columns() {
    return {name_column(),
            {"cloud_service_type", "Type", "text", "{}", false},
            {"instance_type", "Size", "text", "{}", false},
            {"ip_addresses", "IP Addresses", "list", "{}", false},
            {"region_code", "Region", "text", "{}", false},
            {"account", "Account", "text", "{}", true},
            {"reference.resource_id", "Resource ID", "text", "{}", true}};
}

Result<std::vector<Column>> choose_columns(const std::vector<Column>& all,
                                           const std::vector<std::string>& wanted) {
    std::vector<Column> chosen;
    std::vector<std::string> known;
    known.reserve(all.size());
    for (const Column& column : all) {
        known.push_back(column.title);
    }
    for (const std::string& word : wanted) {
        const std::string name = lower(word);
        const auto found = std::find_if(all.begin(), all.end(), [&](const Column& column) {
            const std::size_t dot = column.key.rfind('.');
            return lower(column.title) == name || lower(column.key) == name ||
                   (dot != column.key.npos && lower(column.key.substr(dot + 1)) == name);
        });
        if (found != all.end()) {
            chosen.push_back(*found);
        } else if (word.find('.') != word.npos) {
            chosen.push_back({word, word, "text", "{}", false});
        } else {
            const std::string nearest = runtime::suggestion(word, known);
            std::string list;
            for (const std::string& title : known) {
                list += (list.empty() ? "" : ", ") + title;
            }
            return Status(Code::invalid_argument, "ERROR_USAGE",
                          "there is no column " + word +
                              (nearest.empty() ? "; there are: " + list : nearest));
        }
    }
    return chosen;
}

void ColumnCatalogue::learn(const std::string& group, const std::string& type,
                            std::string_view view_metadata) {
    std::vector<Column> columns = columns_of(view_metadata);
    if (columns.size() > 1) {
        known_[{group, type}] = std::move(columns);
    }
}

const std::vector<Column>& ColumnCatalogue::of(const std::string& group,
                                               const std::string& type) const {
    const auto found = known_.find({group, type});
    return found == known_.end() ? general_ : found->second;
}

}  // namespace pf::host::cli
