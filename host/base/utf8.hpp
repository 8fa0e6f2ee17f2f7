// UTF-8, one code point at a time, for what is shown to people. Never reads past the text.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace pf::host {

// One code point and the bytes it takes. A byte that belongs to no valid sequence is U+FFFD of
// size 1.
struct CodePoint {
    char32_t value = 0;
    std::size_t size = 1;
    bool is_valid = true;
};

// The code point at `position`, which must be below text.size().
CodePoint decode_utf8(std::string_view text, std::size_t position) noexcept;
bool is_utf8(std::string_view text) noexcept;
// Puts a code point at the end of `text`.
void append_utf8(std::string& text, char32_t value);

// True for what a terminal may obey instead of showing: C0, DEL, C1, line and paragraph separators,
// and the marks that turn the direction of writing.
bool is_control(char32_t value) noexcept;

}  // namespace pf::host
