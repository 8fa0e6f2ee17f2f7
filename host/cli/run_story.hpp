// What a command tells people about a run besides its rows: progress, what is missing and why, and
// the exit code.
#pragma once

#include "host/cli/ledger_text.hpp"
#include "host/cli/progress.hpp"
#include "host/cli/session.hpp"
#include "host/runtime/report.hpp"

namespace pf::host::cli {

// Progress on standard error, as flags and terminal want it. `draws_on_stdout`: rows go to the same
// terminal.
Progress make_progress(const Session& session, bool draws_on_stdout);

// Each reason once: a wrong password concerns every kind, but is one thing to mend.
void tell_reasons(Session& session, const runtime::RunReport& report, Outcome outcome);

// The exit code of a run that ended so. `signal` is the one that interrupted it.
int exit_of(Outcome outcome, const runtime::RunReport& report, int signal);

}  // namespace pf::host::cli
