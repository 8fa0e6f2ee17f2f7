// JSON that comes from a file or from a server: read up to a depth that is safe to walk through.
#pragma once

#include <cstddef>
#include <nlohmann/json_fwd.hpp>
#include <string_view>

namespace pf::host::cli {

// Deeper than any resource and any console metadata; walking through this much needs little stack.
inline constexpr std::size_t deepest_json = 100;

// True when brackets in the text are nested deeper than deepest_json. Ask before parsing, as a text
// of nothing but brackets would cost memory for each of them.
bool is_too_deep(std::string_view text);

// The value, with its members in the order of the text; discarded (is_discarded()) when the text is
// no JSON, or nested deeper than deepest_json.
nlohmann::ordered_json parse_bounded(std::string_view text);

}  // namespace pf::host::cli
