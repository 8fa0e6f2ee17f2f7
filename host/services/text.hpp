// Text as CloudForet can keep it: valid UTF-8, cut at whole characters, shown without tricks.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace pf::host::services {

// Bytes of the valid character at the start of `text`, which is not empty. 0: it is none, and `bad`
// bytes make up the invalid part.
std::size_t character_length(std::string_view text, std::size_t& bad) noexcept;
bool is_valid_utf8(std::string_view text) noexcept;
// Each maximal invalid part becomes one U+FFFD.
std::string replace_invalid_utf8(std::string_view text);
// The longest beginning of valid UTF-8 `text` with at most `characters` code points.
std::string_view cut_characters(std::string_view text, std::size_t characters) noexcept;
// For messages: at most `characters`, control characters and invalid UTF-8 replaced.
std::string one_line(std::string_view text, std::size_t characters);
// The same with at most 64 characters.
std::string printable(std::string_view text);
// A code as people search for it: at most 64 of letters, digits, '_', '.' and '-'; others become
// '_', and an empty one "module.no_code".
std::string stable_word(std::string_view text);

}  // namespace pf::host::services
