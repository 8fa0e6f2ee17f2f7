// Reading the values of options and secrets as forms, files and people write them: a number may
// come as text or with a fraction of zero, a yes as "true", a list as text with commas.
//
// Each function says what is wrong without quoting the value: it may be a secret.
#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "host/base/status.hpp"

namespace pf::host::runtime {

// INVALID_ARGUMENT in the words of CloudForet's own services: a key that must be there is not.
Status missing_key(std::string_view key);
// The same for a value that cannot be used; `reason` says what it must be.
Status bad_value(std::string_view key, std::string_view reason);

// The object in `text`; an empty one for empty text. INVALID_ARGUMENT when it is anything else.
Result<nlohmann::json> parse_object(std::string_view text, std::string_view what);

// True for what a form sends for a field left blank: nothing, null, text of blanks.
bool is_blank(const nlohmann::json& value);

// `key` of `object`, or null when it is absent or blank.
const nlohmann::json* filled(const nlohmann::json& object, std::string_view key);

// The readers below take a filled value; `key` is its name in messages.
Result<std::string> read_text(const nlohmann::json& value, std::string_view key);
// True for true, 1, "yes", "on" and the like; anything unclear is an error, never a guess.
Result<bool> read_flag(const nlohmann::json& value, std::string_view key);
// A number from `least` to `most`.
Result<double> read_number(const nlohmann::json& value, std::string_view key, double least,
                           double most);
// A whole number from `least` to `most`.
Result<std::uint32_t> read_whole(const nlohmann::json& value, std::string_view key,
                                 std::uint32_t least, std::uint32_t most);
// A list of texts, or one text with commas between them; blanks around each are dropped.
Result<std::vector<std::string>> read_texts(const nlohmann::json& value, std::string_view key);

// `text` without blanks at both ends.
std::string_view trimmed(std::string_view text);
// ASCII letters in lower case.
std::string lower(std::string_view text);

}  // namespace pf::host::runtime
