// The command line: parses it, runs the command, says how it went.
#pragma once

namespace pf::host::cli {

// The whole program. Returns the exit code; never throws.
int run(int argc, char** argv) noexcept;

}  // namespace pf::host::cli
