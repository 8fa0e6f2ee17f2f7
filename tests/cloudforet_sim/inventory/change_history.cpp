#include "tests/cloudforet_sim/inventory/change_history.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <string_view>

namespace pf::cloudforet_sim {
namespace {

using nlohmann::json;

constexpr int deepest = 3;

// Keys of a CloudService that the history follows.
constexpr std::array<const char*, 10> followed{
    "name",      "ip_addresses", "account",    "instance_type", "instance_size",
    "reference", "region_code",  "project_id", "data",          "tags"};

json sorted(const json& value);

json sorted_members(const json& object) {
    json copy = json::object();
    for (const auto& [key, value] : object.items()) copy[key] = sorted(value);
    return copy;
}

// The first three keys of the first element order a list of objects; elements without one of them,
// or with values that cannot be compared, leave it as it is.
json sorted_objects(const json& list) {
    std::vector<json> elements;
    for (const json& element : list) {
        elements.push_back(element.is_object() ? sorted_members(element) : element);
    }
    std::vector<std::string> keys;
    for (const auto& [key, value] : elements.front().items()) {
        if (keys.size() < 3) keys.push_back(key);
    }
    const json& first = elements.front();
    const bool can_sort =
        !keys.empty() && std::all_of(elements.begin(), elements.end(), [&](const json& each) {
            return std::all_of(keys.begin(), keys.end(), [&](const std::string& key) {
                return each.is_object() && each.contains(key) && each[key].is_primitive() &&
                       !each[key].is_null() && each[key].is_string() == first[key].is_string();
            });
        });
    if (can_sort) {
        std::stable_sort(elements.begin(), elements.end(), [&](const json& a, const json& b) {
            for (const std::string& key : keys) {
                if (a[key] != b[key]) return a[key] < b[key];
            }
            return false;
        });
    }
    return elements;
}

json sorted(const json& value) {
    if (value.is_object()) return sorted_members(value);
    if (!value.is_array() || value.empty()) return value;
    if (value.front().is_object()) return sorted_objects(value);
    const bool is_alike = std::all_of(value.begin(), value.end(), [&](const json& each) {
        return each.is_primitive() && !each.is_null() &&
               each.is_string() == value.front().is_string();
    });
    json copy = value;
    if (is_alike) std::sort(copy.begin(), copy.end());
    return copy;
}

// A value as the text that is compared and kept; nothing for null.
std::string text_of(const json& value) {
    if (value.is_null()) return "";
    return sorted(value).dump(-1, ' ', false, json::error_handler_t::replace);
}

class Comparison {
  public:
    void add(const std::string& key, const json& now, const json& before, int depth) {
        if (depth < deepest && now.is_object()) {
            for (const auto& [name, value] : now.items()) {
                static const json nothing;
                const bool had = before.is_object() && before.contains(name);
                add(key + "." + name, value, had ? before[name] : nothing, depth + 1);
            }
            return;
        }
        if (now == before && now.type() == before.type()) return;
        std::string old_text = text_of(before);
        std::string new_text = text_of(now);
        if (old_text == new_text) return;
        found_.push_back({key, std::move(old_text), std::move(new_text)});
    }

    std::vector<Difference> take() { return std::move(found_); }

  private:
    std::vector<Difference> found_;
};

}  // namespace

std::vector<Difference> differences(const json& new_values, const json& old) {
    Comparison comparison;
    static const json nothing;
    for (const char* key : followed) {
        if (!new_values.contains(key)) continue;
        comparison.add(key, new_values[key], old.contains(key) ? old[key] : nothing, 1);
    }
    return comparison.take();
}

std::string keys_in_words(const std::vector<ChangeRecord>& records) {
    struct Seen {
        std::size_t count = 0;
        std::string example;
    };
    std::map<std::string, Seen> keys;
    for (const ChangeRecord& record : records) {
        for (const Difference& each : record.differences) {
            Seen& seen = keys[each.key];
            if (seen.count++ == 0) {
                seen.example = record.resource_id + " from " + each.before.substr(0, 120) + " to " +
                               each.after.substr(0, 120);
            }
        }
    }
    std::string text;
    for (const auto& [key, seen] : keys) {
        text += key + ": " + std::to_string(seen.count) + ", such as " + seen.example + "\n";
    }
    return text;
}

}  // namespace pf::cloudforet_sim
