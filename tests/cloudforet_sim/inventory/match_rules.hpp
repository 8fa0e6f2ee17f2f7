// Which stored document a row belongs to: the queries inventory makes of match_rules.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

namespace pf::cloudforet_sim {

// Paths and the values a document must have there; an empty query matches every document.
struct Query {
    std::vector<std::pair<std::string, nlohmann::json>> conditions;

    bool matches(const nlohmann::json& document) const;
    // The wanted value of one path, or null.
    const nlohmann::json* wanted(const std::string& path) const;
};

// One query per rule, in the order of the rules' numbers ("10" behind "9"). A path whose value in
// the resource is missing or falsy is left out of its query, in silence. Keys that are no numbers
// are ordered as texts.
std::vector<Query> make_queries(const nlohmann::json& match_rules, const nlohmann::json& resource);

}  // namespace pf::cloudforet_sim
