// Text faults: a JSON text whose only trouble is in its strings, made readable.
//
// Guest tools and old imports leave bytes in names that are no text. One such name must not cost
// the other entities of its page. This is for texts a parser has refused; it costs good ones
// nothing.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace pf::host::services {

struct CleanedText {
    std::string text;
    std::uint64_t replaced = 0;  // places
};

// `json` with each place inside a string that no JSON text may have replaced by U+FFFD: invalid
// UTF-8, control characters, escapes of half a surrogate pair. What stands outside of strings stays
// as it is. Nothing when there is no such place, or more than `most` of them: that is no text.
std::optional<CleanedText> clean_strings(std::string_view json, std::uint64_t most);

// Whether `text` holds a U+FFFD.
bool holds_replacement(std::string_view text) noexcept;

}  // namespace pf::host::services
