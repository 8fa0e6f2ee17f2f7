#include "host/cli/cost/lines_text.hpp"

#include <nlohmann/json.hpp>

#include "host/cli/text.hpp"

namespace pf::host::cli {

void CostLines::add(const runtime::CostLine& line) {
    lines_.push_back({std::string(line.section), std::string(line.what), std::string(line.formula),
                      std::string(line.value), std::string(line.unit), line.amount_micros,
                      line.adds});
}

std::int64_t CostLines::sum(std::string_view section) const {
    std::int64_t sum = 0;
    for (const Line& line : lines_) {
        sum += line.section == section && line.adds ? line.amount_micros : 0;
    }
    return sum;
}

std::string lines_table(const CostLines& lines, const std::string& currency,
                        const TableLook& look) {
    Table table({{"SECTION", false},
                 {"WHAT", false},
                 {"FORMULA", false},
                 {"VALUE", true},
                 {currency, true}});
    std::string section;
    for (const CostLines::Line& line : lines.all()) {
        const bool is_new = line.section != section;
        section = line.section;
        const std::string value =
            line.value + (line.value.empty() || line.unit.empty() ? "" : " ") + line.unit;
        table.add({{is_new ? clean(section) : "", Tint::gray},
                   {clean(line.what), Tint::none},
                   {clean(line.formula), Tint::none},
                   {clean(value), Tint::none},
                   {line.adds || line.amount_micros != 0 ? exact_amount(line.amount_micros) : "",
                    line.adds ? Tint::none : Tint::gray}});
    }
    return table.text(look);
}

std::string lines_json(const CostLines& lines, const std::string& currency) {
    nlohmann::ordered_json json;
    json["schema"] = "prismforet/v1";
    json["currency"] = currency;
    json["lines"] = nlohmann::ordered_json::array();
    for (const CostLines::Line& line : lines.all()) {
        nlohmann::ordered_json item;
        item["section"] = line.section;
        item["what"] = line.what;
        item["formula"] = line.formula;
        item["value"] = line.value;
        item["unit"] = line.unit;
        item["amount"] = nlohmann::ordered_json::parse(exact_amount(line.amount_micros));
        item["adds"] = line.adds;
        json["lines"].push_back(std::move(item));
    }
    return json.dump(2) + "\n";
}

}  // namespace pf::host::cli
