#include <algorithm>
#include <array>
#include <list>
#include <nlohmann/json.hpp>

#include "host/cli/console/cell.hpp"
#include "host/cli/console/field_reader.hpp"
#include "host/cli/resource_json.hpp"
#include "host/cli/row_forms.hpp"
#include "host/cli/text.hpp"

namespace pf::host::cli {
namespace {

class TableRows final : public RowWriter {
  public:
    TableRows(RowWishes wishes, Output& output, const ColumnCatalogue& catalogue)
        : wishes_(std::move(wishes)), output_(output), catalogue_(catalogue) {}

    Status put(std::string_view text) override {
        const nlohmann::ordered_json resource = parse_resource(text);
        const Identity identity = identity_of(resource);
        auto part = std::find_if(parts_.begin(), parts_.end(), [&](const Part& one) {
            return one.group == identity.group && one.type == identity.type;
        });
        if (part == parts_.end()) {
            auto columns = pick_columns(catalogue_.of(identity.group, identity.type), wishes_);
            if (!columns) {
                return columns.status();
            }
            if (columns->empty()) {
                columns->push_back(text_field("name", "Name"));
            }
            part = parts_.insert(parts_.end(), Part{identity.group, identity.type, {}, {}, {}});
            for (Field& column : *columns) {
                part->readers.emplace_back(std::move(column), ValueStyle::people, wishes_.is_utc);
            }
            part->numbers.resize(part->readers.size());
        }
        std::vector<Cell> cells;
        for (std::size_t i = 0; i < part->readers.size(); ++i) {
            const FieldReader& reader = part->readers[i];
            cells.push_back(cell_of(reader.value(resource)));
            const bool is_number = reader.field().is_number() || reader.is_number(resource);
            if (cells.back().text != "-") {
                ++part->numbers[i][is_number ? 1 : 0];
            }
        }
        part->rows.push_back(std::move(cells));
        return Status();
    }

    Status finish(std::string_view) override {
        for (Part& part : parts_) {
            put_part(part);
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

    void put_part(Part& part) {
        std::vector<TableColumn> columns;
        for (std::size_t i = 0; i < part.readers.size(); ++i) {
            const bool is_number = part.numbers[i][0] == 0 && part.numbers[i][1] > 0;
            columns.push_back({clean(part.readers[i].field().title), is_number});
        }
        Table table(columns);
        for (auto& row : part.rows) {
            table.add(std::move(row));
        }
        if (parts_.size() > 1) {
            output_.write((&part == &parts_.front() ? "" : "\n") + clean(part.group) + "/" +
                          clean(part.type) + "\n");
        }
        TableLook look = wishes_.look;
        look.has_heading = wishes_.has_heading;
        output_.write(table.text(look));
        for (const std::string& title : table.hidden(look)) {
            hidden_ += (hidden_.empty() ? "" : ", ") + title;
        }
    }

    RowWishes wishes_;
    Output& output_;
    const ColumnCatalogue& catalogue_;
    std::list<Part> parts_;
    std::string hidden_;
};

}  // namespace

std::unique_ptr<RowWriter> make_table_rows(const RowWishes& wishes, Output& output,
                                           const ColumnCatalogue& catalogue) {
    return std::make_unique<TableRows>(wishes, output, catalogue);
}

}  // namespace pf::host::cli
