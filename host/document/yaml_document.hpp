// A text file of people, YAML or JSON, as JSON values with the line of every key.
#pragma once

#include <map>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "host/base/status.hpp"

namespace pf::host::document {

// What is read is bounded, whatever the file says: bytes, levels, values with aliases expanded.
inline constexpr std::size_t largest_yaml = 1u << 20;
inline constexpr std::size_t deepest_yaml = 32;
inline constexpr std::size_t most_yaml_values = 20000;

// A parsed file. Paths look like "targets[0].auth.username".
struct LinedDocument {
    std::shared_ptr<const nlohmann::json> root;  // an object
    std::map<std::string, int> lines;            // by path, from 1
};

// What becomes of a plain scalar.
enum class Scalars {
    // What YAML 1.2 says, but a text where the schema wants a text.
    typed,
    // The text as it was written, so that no number ever passes through a double. Only what the
    // schema calls boolean or integer is one, and null is null. An exponent is written out where
    // the schema allows a number: 1e-05 is what programs make of 0.00001.
    exact,
};

// How a file is read.
struct DocumentRules {
    std::string_view reason = "ERROR_CONFIG";  // of failures
    Scalars scalars = Scalars::typed;
};

// Parses YAML. Where `schema` wants a text, a plain scalar such as 12345 is one. An empty file is
// an empty object. INVALID_ARGUMENT with "file:line: " in front on anything that is no such
// document, and on a key given twice.
Result<LinedDocument> parse_yaml(std::string_view text, const std::string& file,
                                 const nlohmann::json& schema, const DocumentRules& rules = {});

// The value of a plain scalar as `schema` (null = unknown) wants it.
nlohmann::json scalar_value(const std::string& text, const nlohmann::json* schema,
                            Scalars scalars = Scalars::typed);

// The elements of a list that is written as one text, "a, b".
nlohmann::json list_value(const std::string& text, const nlohmann::json* element_schema);

// The schema of member `key` of what `schema` describes; null when unknown.
const nlohmann::json* schema_of_member(const nlohmann::json* schema, const std::string& key);
// The same for the elements of a list.
const nlohmann::json* schema_of_element(const nlohmann::json* schema);

// The line of a path, or of the nearest place around it that has one; 0 when none has.
int nearest_line(const std::map<std::string, int>& lines, std::string path);

}  // namespace pf::host::document
