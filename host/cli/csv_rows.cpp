#include <nlohmann/json.hpp>

#include "host/cli/console/field_reader.hpp"
#include "host/cli/csv.hpp"
#include "host/cli/resource_json.hpp"
#include "host/cli/row_forms.hpp"

namespace pf::host::cli {
namespace {

class CsvRows final : public RowWriter {
  public:
    CsvRows(RowWishes wishes, Output& output, const ColumnCatalogue& catalogue)
        : wishes_(std::move(wishes)), output_(output), catalogue_(catalogue) {}

    // A file has one heading: the first resource decides the columns where all are of one kind.
    Status put(std::string_view text) override {
        const nlohmann::ordered_json resource = parse_resource(text);
        const Identity identity = identity_of(resource);
        if (readers_.empty()) {
            const auto columns = columns_for(identity);
            if (!columns) {
                return columns.status();
            }
            for (const Field& column : *columns) {
                readers_.emplace_back(column, ValueStyle::machines, true);
            }
            put_heading();
        }
        std::vector<std::string> fields;
        for (const FieldReader& reader : readers_) {
            fields.push_back(csv_field(reader.value(resource).text(), reader.is_number(resource)));
        }
        output_.write(csv_line(fields));
        return Status();
    }
    Status finish(std::string_view) override { return Status(); }
    std::string remark() const override {
        return wishes_.is_mixed && wishes_.columns.empty() && !readers_.empty()
                   ? "only the columns that all kinds have; collect one kind for its own, or "
                     "choose with --columns"
                   : "";
    }

  private:
    Result<std::vector<Field>> columns_for(const Identity& identity) const {
        if (!wishes_.columns.empty()) {
            return wishes_.is_mixed ? choose_columns(catalogue_.all(), wishes_.columns)
                                    : choose_columns(catalogue_.of(identity.group, identity.type),
                                                     wishes_.columns);
        }
        std::vector<Field> columns =
            wishes_.is_mixed ? general_columns() : catalogue_.of(identity.group, identity.type);
        if (wishes_.is_mixed) {
            columns.insert(columns.begin() + 1, text_field("cloud_service_group", "Group"));
        }
        std::erase_if(columns,
                      [](const Field& field) { return field.key == "reference.resource_id"; });
        columns.insert(columns.begin() + 1, text_field("reference.resource_id", "Resource ID"));
        return columns;
    }

    void put_heading() {
        if (!wishes_.has_heading) {
            return;
        }
        std::vector<std::string> titles;
        for (const FieldReader& reader : readers_) {
            titles.push_back(csv_field(reader.field().title, false));
        }
        output_.write(csv_line(titles));
    }

    RowWishes wishes_;
    Output& output_;
    const ColumnCatalogue& catalogue_;
    std::vector<FieldReader> readers_;
};

}  // namespace

std::unique_ptr<RowWriter> make_csv_rows(const RowWishes& wishes, Output& output,
                                         const ColumnCatalogue& catalogue) {
    return std::make_unique<CsvRows>(wishes, output, catalogue);
}

}  // namespace pf::host::cli
