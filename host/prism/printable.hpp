// Makes text that came from the network fit for a message, a log line and a terminal.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace pf::host::prism {

// At most `limit` bytes of `text` on one line: runs of blanks and control characters become one
// space, bytes that are not UTF-8 and invisible direction marks become '?', a cut ends in "...".
std::string printable(std::string_view text, std::size_t limit);

}  // namespace pf::host::prism
