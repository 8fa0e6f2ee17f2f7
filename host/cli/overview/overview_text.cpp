#include "host/cli/overview/overview_text.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "host/cli/bounded_json.hpp"
#include "host/cli/human.hpp"
#include "host/cli/text.hpp"

namespace pf::host::cli {
namespace {

using Json = nlohmann::ordered_json;

// The console's name of a unit of bytes, or nothing: metrics are free in how they write it.
std::string size_unit(const std::string& unit) {
    const std::string word = lower_ascii(unit);
    struct Name {
        std::string_view written;
        const char* unit;
    };
    static constexpr Name names[] = {
        {"b", "BYTES"}, {"byte", "BYTES"}, {"bytes", "BYTES"}, {"kb", "KB"},  {"kib", "KB"},
        {"mb", "MB"},   {"mib", "MB"},     {"gb", "GB"},       {"gib", "GB"}, {"tb", "TB"},
        {"tib", "TB"},  {"pb", "PB"},      {"pib", "PB"}};
    for (const Name& name : names) {
        if (name.written == word) {
            return name.unit;
        }
    }
    return {};
}

std::string amount(double value, const std::string& unit) {
    if (const std::string size = size_unit(unit); !size.empty()) {
        return size_text(value * unit_factor(size));
    }
    const bool is_whole = value >= 0 && value < 1e15 &&
                          value == static_cast<double>(static_cast<std::uint64_t>(value));
    const std::string number =
        is_whole ? count_text(static_cast<std::uint64_t>(value)) : number_text(value);
    return unit.empty() || unit == "Count" ? number : number + " " + clean(unit);
}

// "Running 410, Stopped 80": the most frequent first.
std::string states_text(const KindCount& count) {
    std::vector<std::pair<std::uint64_t, std::string>> states;
    for (const auto& [word, number] : count.by_state) {
        states.emplace_back(number, word);
    }
    std::stable_sort(states.begin(), states.end(),
                     [](const auto& a, const auto& b) { return a.first > b.first; });
    std::string text;
    for (const auto& [number, word] : states) {
        text += (text.empty() ? "" : ", ") + clean(word) + " " + count_text(number);
    }
    return text.empty() ? "-" : text;
}

Tint tint_of(KindResult result) {
    switch (result) {
        case KindResult::complete:
            return Tint::none;
        case KindResult::partial:
            return Tint::yellow;
        case KindResult::missing:
            return Tint::red;
        case KindResult::absent:
            break;
    }
    return Tint::gray;
}

void put(const Table& table, const TableLook& look, std::string& out,
         std::vector<std::string>& hidden) {
    out += table.text(look);
    for (const std::string& title : table.hidden(look)) {
        hidden.push_back(title);
    }
}

Table kinds_table(const InventoryCounts& counts) {
    Table table({{"Kind"}, {"Count", true}, {"Collected"}, {"States"}});
    for (const KindCount* one : counts.kinds()) {
        table.add({{clean(one->kind.title)},
                   {count_text(one->count)},
                   {std::string(result_name(one->result)), tint_of(one->result)},
                   {states_text(*one)}});
    }
    return table;
}

Table regions_table(const InventoryCounts& counts) {
    std::vector<TableColumn> columns = {{"Region"}};
    std::set<std::string> regions;
    std::vector<const KindCount*> kinds;
    for (const KindCount* one : counts.kinds()) {
        if (one->count == 0) {
            continue;
        }
        kinds.push_back(one);
        columns.push_back({clean(one->kind.kind), true});
        for (const auto& [region, number] : one->by_region) {
            regions.insert(region);
        }
    }
    Table table(std::move(columns));
    for (const std::string& region : regions) {
        std::vector<Cell> row = {{clean(counts.region_name(region))}};
        for (const KindCount* one : kinds) {
            const auto found = one->by_region.find(region);
            row.push_back({found == one->by_region.end() ? "-" : count_text(found->second)});
        }
        table.add(std::move(row));
    }
    return table;
}

Table capacity_table(const InventoryCounts& counts) {
    Table table({{"Capacity"}, {"Total", true}});
    for (const KindCount* one : counts.kinds()) {
        for (const Capacity& capacity : one->capacities) {
            if (one->count > 0) {
                table.add({{clean(capacity.name)}, {amount(capacity.value, capacity.unit)}});
            }
        }
    }
    return table;
}

Json kind_json(const KindCount& count) {
    Json json = {{"kind", count.kind.kind},
                 {"title", count.kind.title},
                 {"cloud_service_group", count.kind.group},
                 {"cloud_service_type", count.kind.type},
                 {"count", count.count},
                 {"result", result_name(count.result)},
                 {"states", count.by_state},
                 {"regions", count.by_region}};
    json["capacities"] = Json::array();
    for (const Capacity& capacity : count.capacities) {
        json["capacities"].push_back({{"name", capacity.name},
                                      {"unit", capacity.unit},
                                      {"value", capacity.value},
                                      {"regions", capacity.by_region}});
    }
    return json;
}

}  // namespace

std::string overview_text(const InventoryCounts& counts, const TableLook& look,
                          std::vector<std::string>& hidden) {
    std::string text;
    put(kinds_table(counts), look, text, hidden);
    for (const Table& table : {regions_table(counts), capacity_table(counts)}) {
        if (table.rows() > 0) {
            text += "\n";
            put(table, look, text, hidden);
        }
    }
    return text;
}

std::string overview_json(const InventoryCounts& counts, const std::vector<std::string>& targets,
                          std::string_view summary) {
    Json json = {{"schema", "prismforet/v1"}, {"targets", targets}};
    json["kinds"] = Json::array();
    std::set<std::string> codes;
    for (const KindCount* one : counts.kinds()) {
        json["kinds"].push_back(kind_json(*one));
        for (const auto& [code, number] : one->by_region) {
            codes.insert(code);
        }
    }
    json["regions"] = Json::object();
    for (const std::string& code : codes) {
        json["regions"][code] = counts.region_name(code);
    }
    json["summary"] = parse_bounded(summary);
    return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace pf::host::cli
