#include "vm_filter.hpp"

#include <algorithm>

#include "vm_power.hpp"

namespace vm {
namespace {

std::string in_capitals(std::string_view text) {
    std::string capitals(text);
    for (char& c : capitals) {
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    }
    return capitals;
}

std::vector<std::string> texts_of(pf::Value list) {
    std::vector<std::string> texts;
    if (list.kind() != pf::Kind::array) return texts;
    for (pf::Value each : list) {
        if (!each.str().empty()) texts.emplace_back(each.str());
    }
    return texts;
}

bool is_named(const std::string& wanted, std::string_view key, std::string_view value) {
    return wanted.size() == key.size() + 1 + value.size() && wanted.starts_with(key) &&
           wanted[key.size()] == ':' && wanted.ends_with(value);
}

}  // namespace

Filter::Filter(pf::Value options)
    : states_(texts_of(options["power_state"])), categories_(texts_of(options["categories"])) {
    for (std::string& state : states_) state = in_capitals(state);
}

bool Filter::wants(const Facts& machine, const Names& names) const {
    const bool is_in_state = !machine.has_resources || wants_power_state(machine.power_state);
    return is_in_state && wants_categories(machine.categories, names);
}

bool Filter::wants_power_state(std::string_view power_state) const {
    if (states_.empty()) return true;
    const std::string_view ours = instance_state(power_state);
    const auto is_wanted = [&](const std::string& wanted) {
        return wanted == power_state || wanted == (ours.empty() ? "PENDING" : ours);
    };
    return std::any_of(states_.begin(), states_.end(), is_wanted);
}

bool Filter::wants_categories(const std::vector<Category>& categories, const Names& names) const {
    if (categories_.empty()) return true;
    for (const Category& category : categories) {
        std::string_view key = category.key;
        std::string_view value = category.value;
        if (key.empty()) {
            if (names.categories.hides(category.uuid)) {
                throw pf::Failure(PF_UNAVAILABLE,
                                  "the categories of Prism could not be read, so the option "
                                  "`categories` cannot be obeyed");
            }
            key = names.category(category.uuid, CategoryField::key);
            value = names.category(category.uuid, CategoryField::value);
        }
        const auto is_it = [&](const std::string& wanted) { return is_named(wanted, key, value); };
        if (std::any_of(categories_.begin(), categories_.end(), is_it)) return true;
    }
    return false;
}

}  // namespace vm
