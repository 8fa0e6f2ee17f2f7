// The top level of a resource: which keys a kind of row may have, of what type and length.
#pragma once

#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <string_view>

#include "tests/row_check/findings.hpp"

namespace pf::test {

enum class KeyKind { text, json_text, boolean, object, tags, checked_elsewhere };

struct KeySpec {
    std::string_view name;
    KeyKind kind = KeyKind::text;
    bool required = false;
    std::size_t longest = 0;    // characters; 0 means no limit
    bool names_a_type = false;  // provider, group, type: no dots
};

// Checks every key of the resource against the specs (payload.* rules).
void check_keys(RowScope& scope, const nlohmann::json& resource, std::span<const KeySpec> specs);

// The document sent as object under `key` or as JSON text under `json_key`; null when neither is
// usable. A text is parsed into `parsed`.
const nlohmann::json* document_of(RowScope& scope, const nlohmann::json& resource,
                                  const std::string& key, const std::string& json_key,
                                  nlohmann::json& parsed);

// Checks keys, numbers and depth of a document that is stored as it is (data.* rules).
void check_document(RowScope& scope, const nlohmann::json& document, const std::string& place);

// Checks the numbers of the rest of a resource; `data` and `metadata` are left to check_document.
void check_loose_values(RowScope& scope, const nlohmann::json& resource);

// payload.provider for resources that carry one.
void check_provider(RowScope& scope, const nlohmann::json& resource);

// True when the value is a list of non-empty texts of at most `longest` characters.
bool is_text_list(const nlohmann::json& value, std::size_t longest);

}  // namespace pf::test
