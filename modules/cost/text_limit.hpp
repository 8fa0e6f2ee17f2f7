// Texts as long as a record may carry them: CloudForet takes 255 characters.
#pragma once

#include <cstddef>
#include <string_view>

namespace cost {

// The text, cut to at most 255 bytes before a character that would be cut in two.
inline std::string_view fitting(std::string_view text) noexcept {
    constexpr std::size_t longest = 255;
    if (text.size() <= longest) return text;
    std::size_t end = longest;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
    return text.substr(0, end);
}

}  // namespace cost
