#include "host/cli/cost/report_text.hpp"

#include <nlohmann/json.hpp>

#include "host/cli/cost/amount.hpp"
#include "host/cli/csv.hpp"
#include "host/cli/text.hpp"
#include "host/cli/yaml_text.hpp"

namespace pf::host::cli {
namespace {

constexpr const char* nothing = "(none)";

std::string heading_of(std::string title) {
    for (char& letter : title) {
        letter = letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter;
    }
    return clean(title);
}

// A resource is shown by its name where that is known; its id stays beside it.
std::vector<std::string> shown_values(const CostReport& report, const CostTotals& totals,
                                      const CostTotals::Row& row) {
    std::vector<std::string> values;
    for (std::size_t i = 0; i < row.values.size(); ++i) {
        const std::string& value = row.values[i];
        const auto name = totals.dimensions()[i].what == CostDimension::What::resource
                              ? report.names.find(value)
                              : report.names.end();
        values.push_back(clean(value.empty()                ? nothing
                               : name == report.names.end() ? value
                                                            : name->second));
    }
    return values;
}

nlohmann::ordered_json amounts(const CostTotals::Row& row) {
    // Written as a text of digits and read back as the nearest double: what CloudForet gets, too.
    const auto number = [](std::int64_t micros) {
        return nlohmann::ordered_json::parse(exact_amount(micros));
    };
    nlohmann::ordered_json json;
    json["cost"] = number(row.cost_micros);
    json["idle"] = number(row.idle_micros);
    json["assumed"] = number(row.assumed_micros);
    json["records"] = row.records;
    return json;
}

nlohmann::ordered_json document(const CostReport& report, const CostTotals& totals) {
    nlohmann::ordered_json json;
    json["schema"] = "prismforet/v1";
    json["currency"] = report.currency;
    json["from"] = report.first_day;
    json["to"] = report.last_day;
    json["by"] = nlohmann::ordered_json::array();
    for (const CostDimension& dimension : totals.dimensions()) {
        json["by"].push_back(dimension.title);
    }
    json["items"] = nlohmann::ordered_json::array();
    for (const CostTotals::Row& row : totals.rows()) {
        nlohmann::ordered_json item;
        for (std::size_t i = 0; i < row.values.size(); ++i) {
            item[totals.dimensions()[i].title] = row.values[i];
            const auto name = report.names.find(row.values[i]);
            if (totals.dimensions()[i].what == CostDimension::What::resource &&
                name != report.names.end()) {
                item["name"] = name->second;
            }
        }
        item.update(amounts(row));
        json["items"].push_back(std::move(item));
    }
    json["total"] = amounts(totals.total());
    json["missing"] = report.missing;
    json["notes"] = report.notes;
    return json;
}

}  // namespace

std::string cost_table(const CostReport& report, const CostTotals& totals, const TableLook& look) {
    std::vector<TableColumn> columns;
    for (const CostDimension& dimension : totals.dimensions()) {
        columns.push_back({heading_of(dimension.title), false});
    }
    columns.push_back({report.currency, true});
    columns.push_back({"SHARE %", true});
    columns.push_back({"IDLE", true});
    columns.push_back({"ASSUMED", true});
    Table table(std::move(columns));
    const auto add = [&](std::vector<std::string> values, const CostTotals::Row& row) {
        std::vector<Cell> cells;
        for (std::string& value : values) {
            cells.push_back({std::move(value), Tint::none});
        }
        cells.push_back({rounded_amount(row.cost_micros, report.places), Tint::none});
        cells.push_back({percent_of(row.cost_micros, totals.total().cost_micros), Tint::none});
        cells.push_back({rounded_amount(row.idle_micros, report.places),
                         row.idle_micros > 0 ? Tint::yellow : Tint::none});
        cells.push_back({rounded_amount(row.assumed_micros, report.places), Tint::none});
        table.add(std::move(cells));
    };
    for (const CostTotals::Row& row : totals.rows()) {
        add(shown_values(report, totals, row), row);
    }
    std::vector<std::string> last(totals.dimensions().size());
    if (!last.empty()) {
        last.front() = "total";
    }
    add(std::move(last), totals.total());
    return table.text(look);
}

std::string cost_csv(const CostReport& report, const CostTotals& totals) {
    std::vector<std::string> heading;
    for (const CostDimension& dimension : totals.dimensions()) {
        heading.push_back(csv_field(dimension.title, false));
    }
    for (const char* const title : {"currency", "cost", "idle", "assumed", "records"}) {
        heading.emplace_back(title);
    }
    std::string text = csv_line(heading);
    for (const CostTotals::Row& row : totals.rows()) {
        std::vector<std::string> fields;
        for (const std::string& value : row.values) {
            fields.push_back(csv_field(value, false));
        }
        fields.push_back(csv_field(report.currency, false));
        for (const std::int64_t micros : {row.cost_micros, row.idle_micros, row.assumed_micros}) {
            fields.push_back(exact_amount(micros));
        }
        fields.push_back(std::to_string(row.records));
        text += csv_line(fields);
    }
    return text;
}

std::string cost_json(const CostReport& report, const CostTotals& totals) {
    return document(report, totals).dump(2) + "\n";
}

std::string cost_yaml(const CostReport& report, const CostTotals& totals) {
    return yaml_text(document(report, totals));
}

}  // namespace pf::host::cli
