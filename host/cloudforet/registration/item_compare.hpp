// What a service answers, held against what was sent to it.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string_view>
#include <vector>

#include "host/cloudforet/registration/item_rules.hpp"

namespace pf::host::cloudforet {

// True when `got` says all that `wanted` says. A service may add members of its own and leaves out
// what is empty, zero or false.
bool says(const nlohmann::json& got, const nlohmann::json& wanted);
// True when one member does not say what is wanted of it; false when nothing is wanted.
bool differs(const nlohmann::json& got, const nlohmann::json& wanted, std::string_view member);
// The options of the plugin that make use of `wanted`: those that are there, and those of `wanted`
// in their place. Null when nothing has to change.
nlohmann::json other_options(const nlohmann::json& got, const nlohmann::json& wanted);
// What is wanted without the options of a plugin that may be changed, which are compared on their
// own.
nlohmann::json fixed_part(const ItemRules& rules, nlohmann::json wanted);
// Those of `members` that `from` has.
nlohmann::json picked(const nlohmann::json& from, const std::vector<std::string_view>& members);

}  // namespace pf::host::cloudforet
