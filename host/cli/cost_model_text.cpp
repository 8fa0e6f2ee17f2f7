#include "host/cli/cost_model_text.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "host/cli/table.hpp"
#include "host/cli/text.hpp"

namespace pf::host::cli {
namespace {

using nlohmann::json;

// Blocks and lines are called by their names, which people gave them.
std::string step(const json& element, std::size_t index) {
    const bool is_named = element.is_object() && element.contains("name");
    return "[" + (is_named ? element["name"].get<std::string>() : std::to_string(index)) + "]";
}

bool is_list_of_texts(const json& value) {
    return value.is_array() &&
           std::all_of(value.begin(), value.end(), [](const json& one) { return one.is_string(); });
}

void add_leaves(Table& table, const std::string& path, const json& value) {
    if (value.is_object()) {
        for (const auto& [key, member] : value.items()) {
            add_leaves(table, path.empty() ? key : path + "." + key, member);
        }
        return;
    }
    if (value.is_array() && !is_list_of_texts(value)) {
        for (std::size_t i = 0; i < value.size(); ++i) {
            add_leaves(table, path + step(value[i], i), value[i]);
        }
        return;
    }
    std::string text = value.is_string() ? value.get<std::string>() : value.dump();
    if (value.is_array()) {
        text.clear();
        for (const json& one : value) {
            text += (text.empty() ? "" : ", ") + one.get<std::string>();
        }
    }
    table.add({{clean(path)}, {clean(text)}});
}

}  // namespace

std::string cost_model_table(const cost::CostModel& model) {
    Table table({{"KEY"}, {"VALUE"}});
    add_leaves(table, "", json::parse(model.json));
    return table.text({});
}

std::string cost_model_json(const cost::CostModel& model) {
    const json all = {{"schema", "prismforet/v1"}, {"model", json::parse(model.json)}};
    return all.dump(2) + "\n";
}

}  // namespace pf::host::cli
