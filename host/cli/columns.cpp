#include "host/cli/columns.hpp"

#include <algorithm>

#include "host/cli/console/layout.hpp"
#include "host/cli/text.hpp"
#include "host/runtime/nearest.hpp"

namespace pf::host::cli {
namespace {

Field name_column() { return text_field("name", "Name"); }

}  // namespace

std::vector<Field> columns_of(std::string_view view_metadata) {
    std::vector<Field> columns = read_view(view_metadata).columns;
    columns.insert(columns.begin(), name_column());
    return columns;
}

std::vector<Field> general_columns() {
    std::vector<Field> columns = {name_column(),
                                  text_field("cloud_service_type", "Type"),
                                  text_field("instance_type", "Size"),
                                  text_field("ip_addresses", "IP Addresses"),
                                  text_field("region_code", "Region"),
                                  text_field("account", "Account", true),
                                  text_field("reference.resource_id", "Resource ID", true)};
    columns[3].type = FieldType::list;
    return columns;
}

const Field* find_column(const std::vector<Field>& all, const std::string& word) {
    const std::string name = lower_ascii(word);
    const auto found = std::find_if(all.begin(), all.end(), [&](const Field& column) {
        const std::size_t dot = column.key.rfind('.');
        return lower_ascii(column.title) == name || lower_ascii(column.key) == name ||
               (dot != column.key.npos && lower_ascii(column.key.substr(dot + 1)) == name);
    });
    return found == all.end() ? nullptr : &*found;
}

Result<std::vector<Field>> choose_columns(const std::vector<Field>& all,
                                          const std::vector<std::string>& wanted) {
    std::vector<Field> chosen;
    std::vector<std::string> known;
    known.reserve(all.size());
    for (const Field& column : all) {
        known.push_back(column.title);
    }
    for (const std::string& word : wanted) {
        if (const Field* const found = find_column(all, word)) {
            chosen.push_back(*found);
        } else if (word.find('.') != word.npos) {
            chosen.push_back(text_field(word, word));
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
    std::vector<Field> columns = columns_of(view_metadata);
    if (columns.size() > 1) {  // one that shows nothing but a name tells less than the general ones
        known_[{group, type}] = std::move(columns);
    }
}

const std::vector<Field>& ColumnCatalogue::of(const std::string& group,
                                              const std::string& type) const {
    const auto found = known_.find({group, type});
    return found == known_.end() ? general_ : found->second;
}

std::vector<std::vector<Field>> ColumnCatalogue::each() const {
    std::vector<std::vector<Field>> kinds;
    for (const auto& [kind, own] : known_) {
        kinds.push_back(own);
    }
    return kinds;
}

std::vector<Field> ColumnCatalogue::all() const {
    std::vector<Field> columns = general_;
    for (const auto& [kind, own] : known_) {
        for (const Field& field : own) {
            const bool is_new =
                std::none_of(columns.begin(), columns.end(), [&](const Field& other) {
                    return other.key == field.key && other.title == field.title;
                });
            if (is_new) {
                columns.push_back(field);
            }
        }
    }
    return columns;
}

}  // namespace pf::host::cli
