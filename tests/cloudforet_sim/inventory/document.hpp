// Values inside a stored document, by the dotted paths that queries, the console and metrics use.
#pragma once

#include <nlohmann/json.hpp>
#include <string_view>
#include <vector>

namespace pf::cloudforet_sim {

// The values at a path. Lists on the way are looked through, as the database and the console do, so
// there may be several; a list at the end is one value. The pointers live as long as the document.
std::vector<const nlohmann::json*> values_at(const nlohmann::json& document, std::string_view path);

// True for what Python calls false: null, false, 0, "", [] and {}.
bool is_falsy(const nlohmann::json& value);

// The value at a path through objects alone, or null when there is none.
const nlohmann::json& value_at(const nlohmann::json& document, std::string_view path);

}  // namespace pf::cloudforet_sim
