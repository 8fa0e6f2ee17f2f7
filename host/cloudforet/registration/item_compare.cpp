#include "host/cloudforet/registration/item_compare.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>

namespace pf::host::cloudforet {

using nlohmann::json;

namespace {

// What a service leaves out of its answers.
bool is_default(const json& value) {
    if (value.is_string()) {
        return value.get_ref<const std::string&>().empty();
    }
    return value.is_null() || value == false || value == 0 ||
           (value.is_structured() && value.empty());
}

}  // namespace

bool says(const json& got, const json& wanted) {
    if (wanted.is_object() && got.is_object()) {
        for (const auto& [key, value] : wanted.items()) {
            const auto found = got.find(key);
            if (found == got.end() ? !is_default(value) : !says(*found, value)) {
                return false;
            }
        }
        return true;
    }
    if (wanted.is_array() && got.is_array()) {
        return std::equal(got.begin(), got.end(), wanted.begin(), wanted.end(), says);
    }
    return got == wanted;
}

bool differs(const json& got, const json& wanted, std::string_view member) {
    const std::string key(member);
    if (!wanted.contains(key)) {
        return false;
    }
    return got.contains(key) ? !says(got.at(key), wanted.at(key)) : !is_default(wanted.at(key));
}

json other_options(const json& got, const json& wanted) {
    const json there = got.value("plugin_info", json::object()).value("options", json::object());
    const json asked = wanted.value("plugin_info", json::object()).value("options", json::object());
    json options = there;
    bool is_other = false;
    for (const auto& [key, value] : asked.items()) {
        // Nothing may be more in it either: a price that stays would be charged.
        const auto found = there.find(key);
        if (found == there.end() || !says(*found, value) || !says(value, *found)) {
            is_other = true;
            options[key] = value;
        }
    }
    return is_other ? options : json();
}

json fixed_part(const ItemRules& rules, json wanted) {
    if (!rules.update_plugin.empty() && wanted.contains("plugin_info")) {
        wanted["plugin_info"].erase("options");
    }
    return wanted;
}

json picked(const json& from, const std::vector<std::string_view>& members) {
    json out = json::object();
    for (const std::string_view member : members) {
        const std::string key(member);
        if (from.contains(key)) {
            out[key] = from.at(key);
        }
    }
    return out;
}

}  // namespace pf::host::cloudforet
