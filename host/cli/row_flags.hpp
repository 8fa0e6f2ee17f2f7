// The flags that say how rows are shown, the same for every command that prints rows.
#pragma once

#include <string>

#include "host/cli/output.hpp"
#include "host/cli/row_writer.hpp"
#include "host/cli/run_setup.hpp"

namespace pf::host::cli {

struct RowFlags {
    RowWishes wishes;
    std::string out;
    bool no_headers = false;
};

// Adds --output, --out, --columns, --sort-by, --no-headers and --utc; `flags` outlives `command`.
void add_row_flags(CLI::App& command, RowFlags& flags);

// The columns of all kinds that can be collected.
ColumnCatalogue catalogue_of(const runtime::Modules& modules);

// What the flags and the terminal make of it.
RowWishes wishes_of(const RowFlags& flags, const Session& session, RunSetup& run);

// How a table is drawn where `out` goes: a file is as wide as it needs to be, and has no colours.
TableLook look_of(const Session& session, const std::string& out);

// True when rows of this form appear on the terminal while they are collected.
bool draws_on_terminal(const RowFlags& flags);

}  // namespace pf::host::cli
