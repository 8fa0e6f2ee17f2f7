// A JSON text of people with the line of every key, under the same bounds as YAML.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "host/document/yaml_document.hpp"

namespace pf::host::document {

// Parses one JSON object. Numbers are read as Scalars::exact says, from the digits as written;
// a member that is null says nothing and is left out where `schema` knows it. INVALID_ARGUMENT with
// "file:line: " in front on anything else, and on a key given twice.
Result<LinedDocument> parse_json(std::string_view text, const std::string& file,
                                 const nlohmann::json& schema, const DocumentRules& rules = {});

}  // namespace pf::host::document
