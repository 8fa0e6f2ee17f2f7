// Strict JSON: reads small documents written by people, and refuses what would be read two ways.
//
// Keeps the order of keys, as the order of a descriptor's data keys is the order of the columns.
#pragma once

#include <cstddef>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "host/base/status.hpp"
#include "host/document/problem.hpp"

namespace pf::host::loader {

using document::path_of;
using document::Problem;

// Reads one JSON document of at most 1 MiB and 64 levels. Fails with INVALID_ARGUMENT
// ERROR_MODULE_DESCRIPTOR, line and column on anything else, and on a key that appears twice.
Result<nlohmann::ordered_json> parse_strict(std::string_view text);

// What a text of a document may look like.
struct TextRules {
    // Bytes. std::regex recurses per character: longer texts would overflow its stack.
    std::size_t longest = 1024;
    bool allows_control = false;
};

// The first text or key in `value` that breaks `rules`; asked before a pattern sees the texts.
std::optional<Problem> find_odd_text(const nlohmann::ordered_json& value, const std::string& path,
                                     const TextRules& rules);

}  // namespace pf::host::loader
