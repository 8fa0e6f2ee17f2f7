// Draws pictures on a terminal.
#pragma once

#include <string>

#include "host/cli/console/picture.hpp"
#include "host/cli/table.hpp"

namespace pf::host::cli {

// The whole picture: who it is, its row in the console's table, its tabs one below the other. No
// line is wider than `look.width`, but for those of raw data; what does not fit is named. Ends with
// a line break.
std::string draw_on_terminal(const Picture& picture, const TableLook& look);

}  // namespace pf::host::cli
