// The flags that say how rows are shown, the same for every command that prints rows.
#pragma once

#include <string>
#include <vector>

#include "host/cli/filter/row_filter.hpp"
#include "host/cli/output.hpp"
#include "host/cli/row_writer.hpp"
#include "host/cli/run_setup.hpp"

namespace pf::host::cli {

struct RowFlags {
    RowWishes wishes;
    FilterWishes filter;
    std::string out;
    bool no_headers = false;
};

// Adds --output, --out, --columns, --sort-by, --filter, --since, --no-headers and --utc; `flags`
// outlives `command`.
void add_row_flags(CLI::App& command, RowFlags& flags);

// The columns of these kinds.
ColumnCatalogue catalogue_of(const std::vector<runtime::Modules::Kind>& kinds);

// The filter the flags ask for, over the kinds of the run. INVALID_ARGUMENT (ERROR_USAGE) for what
// none of them has; warns of kinds that `since` leaves out as nothing tells when they were created.
Result<RowFilter> filter_of(const FilterWishes& wishes, const Session& session, RunSetup& run);

// What the flags and the terminal make of it.
RowWishes wishes_of(const RowFlags& flags, const Session& session, RunSetup& run);

// How a table is drawn where `out` goes: a file is as wide as it needs to be, and has no colours.
TableLook look_of(const Session& session, const std::string& out);

// True when rows of this form appear on the terminal while they are collected.
bool draws_on_terminal(const RowFlags& flags);

}  // namespace pf::host::cli
