#include "host/cli/row_writer.hpp"

#include <algorithm>
#include <array>
#include <list>
#include <nlohmann/json.hpp>

#include "host/cli/csv.hpp"
#include "host/cli/human.hpp"

namespace pf::host::cli {
namespace {

using nlohmann::json;

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

// A resource with its data as an object, also where it came as text.
json parse_resource(std::string_view text) {
    json resource = json::parse(text, nullptr, false);
    if (!resource.is_object()) {
        return json::object();
    }
    const auto data = resource.find("json_data");
    if (data != resource.end() && data->is_string()) {
        resource["data"] = json::parse(data->get_ref<const std::string&>(), nullptr, false);
    }
    return resource;
}

std::string member(const json& resource, const char* key) {
    const auto found = resource.find(key);
    return found != resource.end() && found->is_string() ? found->get<std::string>() : "";
}

std::vector<FieldReader> readers_for(const std::vector<Column>& columns, ValueStyle style,
                                     bool is_utc) {
    std::vector<FieldReader> readers;
    for (const Column& column : columns) {
        readers.emplace_back(column, style, is_utc);
    }
    return readers;
}

Result<std::vector<Column>> pick(const std::vector<Column>& all, const RowWishes& wishes) {
    if (!wishes.columns.empty()) {
        return choose_columns(all, wishes.columns);
    }
    if (wishes.form != RowForm::table) {
        return all;
    }
    std::vector<Column> usual;
    std::copy_if(all.begin(), all.end(), std::back_inserter(usual),
                 [](const Column& column) { return !column.is_optional; });
    return usual;
}

// One table for each kind of resource, as the columns differ.
class TableWriter final : public RowWriter {
  public:
    TableWriter(RowWishes wishes, Output& output, const ColumnCatalogue& catalogue)
        : wishes_(std::move(wishes)), output_(output), catalogue_(catalogue) {}

    Status put(std::string_view text) override {
        const json resource = parse_resource(text);
        const std::string group = member(resource, "cloud_service_group");
        const std::string type = member(resource, "cloud_service_type");
        auto part = std::find_if(parts_.begin(), parts_.end(), [&](const Part& one) {
            return one.group == group && one.type == type;
        });
        if (part == parts_.end()) {
            auto columns = pick(catalogue_.of(group, type), wishes_);
            if (!columns) {
                return columns.status();
            }
            part = parts_.insert(parts_.end(), Part{group, type, {}, {}, {}});
            part->readers = readers_for(*columns, ValueStyle::people, wishes_.is_utc);
            part->numbers.resize(columns->size());
        }
        std::vector<Cell> cells;
        for (std::size_t i = 0; i < part->readers.size(); ++i) {
            cells.push_back(part->readers[i].cell(resource));
            const bool is_number =
                part->readers[i].column().is_number() || part->readers[i].is_number(resource);
            if (cells.back().text != "-") {
                ++part->numbers[i][is_number ? 1 : 0];
            }
        }
        part->rows.push_back(std::move(cells));
        return Status();
    }

    Status finish(std::string_view) override {
        for (Part& part : parts_) {
            std::vector<TableColumn> columns;
            for (std::size_t i = 0; i < part.readers.size(); ++i) {
                const bool is_number = part.numbers[i][0] == 0 && part.numbers[i][1] > 0;
                columns.push_back({part.readers[i].column().title, is_number});
            }
            Table table(columns);
            for (auto& row : part.rows) {
                table.add(std::move(row));
            }
            if (parts_.size() > 1) {
                output_.write((&part == &parts_.front() ? "" : "\n") + part.group + "/" +
                              part.type + "\n");
            }
            TableLook look = wishes_.look;
            look.has_heading = wishes_.has_heading;
            output_.write(table.text(look));
            for (const std::string& title : table.hidden(look)) {
                hidden_ += (hidden_.empty() ? "" : ", ") + title;
            }
        }
        return Status();
    }

    std::string remark() const override {
        return hidden_.empty() ? ""
                               : "not shown, as the terminal is too narrow: " + hidden_ +
                                     " (choose with --columns)";
    }

  private:
    struct Part {
        std::string group;
        std::string type;
        std::vector<FieldReader> readers;
        std::vector<std::array<std::uint64_t, 2>> numbers;  // texts, numbers of each column
        std::vector<std::vector<Cell>> rows;
    };
    RowWishes wishes_;
    Output& output_;
    const ColumnCatalogue& catalogue_;
    std::list<Part> parts_;
    std::string hidden_;
};

class CsvWriter final : public RowWriter {
  public:
    CsvWriter(RowWishes wishes, Output& output, const ColumnCatalogue& catalogue)
        : wishes_(std::move(wishes)), output_(output), catalogue_(catalogue) {}

    // The first resource decides the columns: a file has one heading.
    Status put(std::string_view text) override {
        const json resource = parse_resource(text);
        if (readers_.empty()) {
            auto columns = pick(catalogue_.of(member(resource, "cloud_service_group"),
                                              member(resource, "cloud_service_type")),
                                wishes_);
            if (!columns) {
                return columns.status();
            }
            if (wishes_.columns.empty()) {
                columns->insert(columns->begin() + 1,
                                {"reference.resource_id", "Resource ID", "text", "{}", false});
            }
            readers_ = readers_for(*columns, ValueStyle::machines, true);
            put_heading();
        }
        std::vector<std::string> fields;
        for (const FieldReader& reader : readers_) {
            fields.push_back(csv_field(reader.cell(resource).text, reader.is_number(resource)));
        }
        output_.write(csv_line(fields));
        return Status();
    }
    Status finish(std::string_view) override { return Status(); }

  private:
    void put_heading() {
        if (!wishes_.has_heading) {
            return;
        }
        std::vector<std::string> titles;
        for (const FieldReader& reader : readers_) {
            titles.push_back(csv_field(reader.column().title, false));
        }
        output_.write(csv_line(titles));
    }

    RowWishes wishes_;
    Output& output_;
    const ColumnCatalogue& catalogue_;
    std::vector<FieldReader> readers_;
};

class JsonWriter final : public RowWriter {
  public:
    explicit JsonWriter(Output& output) : output_(output) {}
    Status put(std::string_view resource) override {
        output_.write(is_first_ ? "{\"schema\":\"prismforet/v1\",\"items\":[\n" : ",\n");
        output_.write(resource);
        is_first_ = false;
        return Status();
    }
    Status finish(std::string_view summary) override {
        output_.write(is_first_ ? "{\"schema\":\"prismforet/v1\",\"items\":[" : "\n");
        output_.write("],\"summary\":");
        output_.write(summary);
        output_.write("}\n");
        return Status();
    }

  private:
    Output& output_;
    bool is_first_ = true;
};

class NdjsonWriter final : public RowWriter {
  public:
    explicit NdjsonWriter(Output& output) : output_(output) {}
    Status put(std::string_view resource) override {
        output_.write(resource);
        output_.write("\n");
        return Status();
    }
    Status finish(std::string_view summary) override {
        output_.write("{\"schema\":\"prismforet/v1\",\"summary\":");
        output_.write(summary);
        output_.write("}\n");
        return Status();
    }

  private:
    Output& output_;
};

// Keeps everything until the end, then hands it on in order.
class SortedWriter final : public RowWriter {
  public:
    SortedWriter(std::unique_ptr<RowWriter> next, std::string column,
                 const ColumnCatalogue& catalogue)
        : next_(std::move(next)), column_(std::move(column)), catalogue_(catalogue) {}

    Status put(std::string_view text) override {
        const json resource = parse_resource(text);
        auto chosen = choose_columns(catalogue_.of(member(resource, "cloud_service_group"),
                                                   member(resource, "cloud_service_type")),
                                     {column_});
        if (!chosen) {
            return chosen.status();
        }
        const FieldReader reader(chosen->front(), ValueStyle::machines, true);
        rows_.emplace_back(reader.sort_key(resource), text);
        return Status();
    }
    Status finish(std::string_view summary) override {
        std::stable_sort(rows_.begin(), rows_.end(),
                         [](const auto& a, const auto& b) { return a.first < b.first; });
        for (const auto& [key, text] : rows_) {
            if (Status status = next_->put(text); !status.ok()) {
                return status;
            }
        }
        return next_->finish(summary);
    }
    std::string remark() const override { return next_->remark(); }

  private:
    std::unique_ptr<RowWriter> next_;
    std::string column_;
    const ColumnCatalogue& catalogue_;
    std::vector<std::pair<std::pair<double, std::string>, std::string>> rows_;
};

std::unique_ptr<RowWriter> unsorted(const RowWishes& wishes, Output& output,
                                    const ColumnCatalogue& catalogue) {
    switch (wishes.form) {
        case RowForm::json:
            return std::make_unique<JsonWriter>(output);
        case RowForm::ndjson:
            return std::make_unique<NdjsonWriter>(output);
        case RowForm::csv:
            return std::make_unique<CsvWriter>(wishes, output, catalogue);
        case RowForm::table:
        case RowForm::wide:
            break;
    }
    return std::make_unique<TableWriter>(wishes, output, catalogue);
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

std::unique_ptr<RowWriter> make_row_writer(const RowWishes& wishes, Output& output,
                                           const ColumnCatalogue& catalogue) {
    auto writer = unsorted(wishes, output, catalogue);
    if (wishes.sort_by.empty()) {
        return writer;
    }
    return std::make_unique<SortedWriter>(std::move(writer), wishes.sort_by, catalogue);
}

}  // namespace pf::host::cli
