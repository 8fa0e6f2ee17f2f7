// A collection by a command: its rows go into a writer, then people and scripts are told how it
// went.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "host/cli/collect_sink.hpp"
#include "host/cli/run_setup.hpp"

namespace pf::host::cli {

struct Collection {
    // What every resource goes into; its summary ends it. Outlives the run, as does `output`.
    RowWriter& writer;
    Output& output;
    std::vector<std::string> names;  // only these resources, by name or id; empty = all
    std::uint64_t limit = 0;         // 0 = all
    bool draws_on_terminal = false;  // rows appear on the terminal while the run goes on
    OnRegion on_region;              // may be empty
    // Gets the closed report before the writer finishes; may be empty.
    std::function<void(const runtime::RunReport&)> on_report;
    RowFilter filter = {};  // only these resources
    OnRow on_row = {};      // may be empty
};

// Runs to the end and returns the exit code. What is missing, and why, is told on standard error; a
// name that no resource has is a failure only when nothing is missing.
int collect_rows(Session& session, RunSetup& run, Collection collection);

}  // namespace pf::host::cli
