// What CloudForet accepts as text: valid UTF-8 of a limited number of characters.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace pf::testing {

namespace detail {

// What stands at the beginning of a text: a character, or what could have become one.
struct Utf8 {
    std::size_t size = 1;  // bytes
    bool is_valid = false;
};

// Looks at the beginning of `text`, which is not empty.
inline Utf8 first_utf8(std::string_view text) {
    const auto byte = [&](std::size_t i) {
        return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u;
    };
    const unsigned lead = byte(0);
    if (lead < 0x80) return {1, true};
    if (lead < 0xC2 || lead > 0xF4) return {1, false};
    const std::size_t size = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    // The second byte decides about overlong forms, surrogates and what is above U+10FFFF.
    unsigned low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    unsigned high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    for (std::size_t i = 1; i < size; ++i) {
        if (byte(i) < low || byte(i) > high) return {i, false};
        low = 0x80;
        high = 0xBF;
    }
    return {size, true};
}

}  // namespace detail

// The text with U+FFFD in the place of what is no UTF-8: one for a character that is not completed,
// one for any other byte.
inline std::string valid_utf8(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        const detail::Utf8 first = detail::first_utf8(text);
        out += first.is_valid ? text.substr(0, first.size) : std::string_view("\xEF\xBF\xBD");
        text.remove_prefix(first.size);
    }
    return out;
}

// The first `most` characters of valid UTF-8.
inline std::string_view first_characters(std::string_view text, std::size_t most) {
    std::size_t end = 0;
    for (std::size_t count = 0; count < most && end < text.size(); ++count) {
        end += detail::first_utf8(text.substr(end)).size;
    }
    return text.substr(0, end);
}

}  // namespace pf::testing
