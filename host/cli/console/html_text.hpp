// Text in HTML.
#pragma once

#include <string>
#include <string_view>

namespace pf::host::cli {

// `text` as it may stand between tags and between the double quotes of an attribute: a browser
// shows it and obeys nothing in it. Line breaks stay; other control characters and marks of
// direction become '?', bytes that are no UTF-8 U+FFFD.
std::string html_text(std::string_view text);

}  // namespace pf::host::cli
