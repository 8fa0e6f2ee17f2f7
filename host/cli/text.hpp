// Text on a terminal: what it may hold, how wide it is, how it is cut.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace pf::host::cli {

// `text` without anything a terminal would obey: control characters and direction marks become '?',
// line breaks and tabs a space, bytes that are no UTF-8 U+FFFD.
std::string clean(std::string_view text);

// Letters A to Z small, all else as it is.
std::string lower_ascii(std::string_view text);

// Columns that clean text takes; East Asian wide characters take two, combining marks none.
std::size_t display_width(std::string_view text);

// At most `width` columns of `text`; what is cut ends in "…".
std::string clip(std::string_view text, std::size_t width);

// Spaces at the right (or left) up to `width` columns.
std::string pad(std::string text, std::size_t width, bool at_left = false);

}  // namespace pf::host::cli
