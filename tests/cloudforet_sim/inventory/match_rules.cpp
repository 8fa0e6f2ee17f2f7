#include "tests/cloudforet_sim/inventory/match_rules.hpp"

#include <algorithm>
#include <charconv>
#include <map>

#include "tests/cloudforet_sim/inventory/document.hpp"

namespace pf::cloudforet_sim {
namespace {

using nlohmann::json;

bool is_at(const json& document, const std::string& path, const json& wanted) {
    const std::vector<const json*> values = values_at(document, path);
    return std::any_of(values.begin(), values.end(),
                       [&wanted](const json* value) { return *value == wanted; });
}

// The number a key casts to; false when it does not.
bool cast(const std::string& key, long long& number) {
    const char* const end = key.data() + key.size();
    const auto result = std::from_chars(key.data(), end, number);
    return result.ec == std::errc() && result.ptr == end;
}

// Rules in the order they are tried: numbers only when every key is one.
std::vector<const json*> in_order(const json& match_rules) {
    std::map<long long, const json*> by_number;
    std::vector<const json*> by_text;
    bool are_numbers = true;
    for (const auto& [key, rule] : match_rules.items()) {
        long long number = 0;
        are_numbers = are_numbers && cast(key, number);
        by_number.insert_or_assign(number, &rule);
        by_text.push_back(&rule);
    }
    if (!are_numbers) return by_text;
    std::vector<const json*> rules;
    rules.reserve(by_number.size());
    for (const auto& [number, rule] : by_number) rules.push_back(rule);
    return rules;
}

}  // namespace

bool Query::matches(const json& document) const {
    return std::all_of(conditions.begin(), conditions.end(), [&document](const auto& condition) {
        return is_at(document, condition.first, condition.second);
    });
}

const json* Query::wanted(const std::string& path) const {
    const auto found =
        std::find_if(conditions.begin(), conditions.end(),
                     [&path](const auto& condition) { return condition.first == path; });
    return found == conditions.end() ? nullptr : &found->second;
}

std::vector<Query> make_queries(const json& match_rules, const json& resource) {
    std::vector<Query> queries;
    for (const json* rule : in_order(match_rules)) {
        Query& query = queries.emplace_back();
        for (const json& path : *rule) {
            const auto& text = path.get_ref<const std::string&>();
            const json& value = value_at(resource, text);
            if (!is_falsy(value)) query.conditions.emplace_back(text, value);
        }
    }
    return queries;
}

}  // namespace pf::cloudforet_sim
