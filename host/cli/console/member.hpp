// Members of JSON objects, read without trusting that they are there or of their type.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

namespace pf::host::cli {

// The text of a member; empty when `value` is no object or has no such text.
std::string text_member(const nlohmann::ordered_json& value, const char* key);
// A member that is an object, or null. Valid as long as `value`.
const nlohmann::ordered_json* object_member(const nlohmann::ordered_json& value, const char* key);
// Any member, or null. Valid as long as `value`.
const nlohmann::ordered_json* member(const nlohmann::ordered_json& value, const char* key);
// True when the member is true.
bool flag_member(const nlohmann::ordered_json& value, const char* key);

}  // namespace pf::host::cli
