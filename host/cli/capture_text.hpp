// Captures for people: what one holds, and how to look at it.
#pragma once

#include <string>

#include "host/capture/capture_check.hpp"
#include "host/capture/recording.hpp"
#include "host/cli/ledger_text.hpp"

namespace pf::host::cli {

// One line when a recording is done.
std::string recorded_line(const std::string& path, const capture::Recording& recording,
                          Outcome outcome);

// Everything about a capture, several lines.
std::string capture_text(const std::string& path, const capture::CaptureSummary& summary);

}  // namespace pf::host::cli
