// YAML 1.2 of JSON values, fit for a terminal: what is not plain is quoted and escaped.
#pragma once

#include <cstddef>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

namespace pf::host::cli {

// One text as a scalar on one line: bare where every reader takes it for that text, else in double
// quotes.
std::string yaml_scalar(std::string_view text);

// A value in block style, each line behind `indent` blanks and with its line break. `value` is
// nested no deeper than deepest_json.
std::string yaml_text(const nlohmann::ordered_json& value, std::size_t indent = 0);

// The value as an element of a list: "- " before its first line, which is behind `indent` blanks.
std::string yaml_element(const nlohmann::ordered_json& value, std::size_t indent = 0);

}  // namespace pf::host::cli
