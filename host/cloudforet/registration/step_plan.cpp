#include "host/cloudforet/registration/step_plan.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "host/cloudforet/registration/item_compare.hpp"

namespace pf::host::cloudforet {

using nlohmann::json;

void compare_step(const ItemRules& rules, const json& got, const json& wanted, Step& step) {
    const bool has_options = !rules.update_plugin.empty();
    const json fixed = fixed_part(rules, wanted);
    for (const std::string_view member : rules.fixed) {
        if (differs(got, fixed, member)) {
            step.differences.emplace_back(member);
        }
    }
    if (!step.differences.empty()) {
        step.action = Action::conflict;
        return;
    }
    const auto is_whole = [&rules](std::string_view member) {
        return std::find(rules.whole.begin(), rules.whole.end(), member) != rules.whole.end();
    };
    for (const std::string_view member : rules.updatable) {
        if (differs(got, wanted, member) || (is_whole(member) && differs(wanted, got, member))) {
            step.differences.emplace_back(member);
        }
    }
    if (has_options) {
        if (const json options = other_options(got, wanted); !options.is_null()) {
            step.plugin_options = options.dump();
            step.differences.emplace_back("plugin_info.options");
        }
    }
}

void remember(const Step& step, KnownIds& ids) {
    if (!step.item.task.empty() && !step.id.empty()) {
        ids[reference_to(step.item.task, rules_of(step.item.kind).id)] = step.id;
    }
}

const Step* skipped_need(const Item& item, const std::vector<Step>& before) {
    for (const Step& step : before) {
        if (step.action == Action::skipped && !step.item.task.empty() &&
            item.document.find(reference_to(step.item.task, rules_of(step.item.kind).id)) !=
                std::string::npos) {
            return &step;
        }
    }
    return nullptr;
}

Step skipped(Item item, std::string note) {
    Step step;
    step.item = std::move(item);
    step.action = Action::skipped;
    step.note = std::move(note);
    return step;
}

}  // namespace pf::host::cloudforet
