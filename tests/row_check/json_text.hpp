// Parses the JSON texts inside a row (json_data, json_metadata) and says what is wrong with them.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "tests/row_check/wire_reader.hpp"

namespace pf::test {

// Parses text into out; false when there is nothing to look at further. Reports payload.json_text,
// data.number_not_finite (a number beyond double), data.duplicate_key and data.depth at `where`.
bool parse_json_text(std::string_view text, const std::string& where, nlohmann::json& out,
                     const FaultSink& fault);

}  // namespace pf::test
