// What is at the other end of standard output and standard error.
#pragma once

#include <cstddef>
#include <string>

#include "host/app/config_environment.hpp"

namespace pf::host::cli {

// When to use colours: --color.
enum class ColourWish { automatic, always, never };

// The width of a table on `descriptor`: that of the terminal, or COLUMNS when it is set, also for a
// pipe; 0 (no limit) when neither is known.
std::size_t output_width(int descriptor, const app::Environment& environment);

// True when `descriptor` is a terminal that shows colours and nobody said no: NO_COLOR, TERM=dumb,
// --color never. CLICOLOR_FORCE and --color always say yes to anything.
bool has_colour(int descriptor, ColourWish wish, const app::Environment& environment);

// True for a terminal.
bool is_terminal(int descriptor);

// True when a line on `descriptor` may be drawn over again.
bool can_redraw(int descriptor, const app::Environment& environment);

// What a person entered while nothing was echoed; `prompt` goes to standard error. Empty when
// standard input is no terminal.
std::string ask_secret(const std::string& prompt);

}  // namespace pf::host::cli
