#include "host/cli/row_writer.hpp"

#include <algorithm>

#include "host/cli/row_forms.hpp"

namespace pf::host::cli {
namespace {

// The text between the quotes behind `"name":"`; the row's own members are plain words.
std::string_view plain_member(std::string_view line, std::string_view name) {
    const std::string mark = "\"" + std::string(name) + "\":\"";
    const std::size_t at = line.find(mark);
    if (at == line.npos) {
        return {};
    }
    const std::size_t begin = at + mark.size();
    const std::size_t end = line.find('"', begin);
    return end == line.npos ? std::string_view() : line.substr(begin, end - begin);
}

std::unique_ptr<RowWriter> unsorted(const RowWishes& wishes, Output& output,
                                    const ColumnCatalogue& catalogue) {
    switch (wishes.form) {
        case RowForm::json:
            return make_json_rows(output);
        case RowForm::yaml:
            return make_yaml_rows(output);
        case RowForm::ndjson:
            return make_ndjson_rows(output);
        case RowForm::csv:
            return make_csv_rows(wishes, output, catalogue);
        case RowForm::name:
            return make_name_rows(output);
        case RowForm::table:
        case RowForm::wide:
            break;
    }
    return make_table_rows(wishes, output, catalogue);
}

}  // namespace

std::optional<RowText> split_row(std::string_view line) {
    RowText row;
    row.state = plain_member(line, "state");
    row.resource_type = plain_member(line, "resource_type");
    // A quote inside a text is escaped, so this cannot be part of a value before it.
    constexpr std::string_view mark = ",\"resource\":";
    const std::size_t at = line.find(mark);
    if (row.state.empty() || row.resource_type.empty() || at == line.npos || line.back() != '}') {
        return std::nullopt;
    }
    row.resource = line.substr(at + mark.size(), line.size() - at - mark.size() - 1);
    if (row.resource.empty() || row.resource.front() != '{') {
        return std::nullopt;
    }
    return row;
}

Result<std::vector<Field>> pick_columns(const std::vector<Field>& all, const RowWishes& wishes) {
    if (!wishes.columns.empty()) {
        if (!wishes.is_mixed) {
            return choose_columns(all, wishes.columns);
        }
        std::vector<Field> chosen;
        for (const std::string& word : wishes.columns) {
            if (auto one = choose_columns(all, {word}); one) {
                chosen.push_back(std::move(one->front()));
            }
        }
        return chosen;
    }
    if (wishes.form != RowForm::table) {
        return all;
    }
    std::vector<Field> usual;
    std::copy_if(all.begin(), all.end(), std::back_inserter(usual),
                 [](const Field& column) { return !column.is_optional; });
    return usual;
}

Status check_columns(const RowWishes& wishes, const ColumnCatalogue& catalogue) {
    std::vector<std::string> words = wishes.columns;
    if (!wishes.sort_by.empty()) {
        words.push_back(wishes.sort_by);
    }
    return choose_columns(catalogue.all(), words).status();
}

std::unique_ptr<RowWriter> make_row_writer(const RowWishes& wishes, Output& output,
                                           const ColumnCatalogue& catalogue) {
    auto writer = unsorted(wishes, output, catalogue);
    if (wishes.sort_by.empty()) {
        return writer;
    }
    return make_sorted_rows(std::move(writer), wishes, catalogue);
}

}  // namespace pf::host::cli
