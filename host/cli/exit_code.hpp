// What the program's exit code says. The one place where a failure becomes a number.
#pragma once

#include <string_view>

#include "host/base/status.hpp"
#include "host/runtime/report.hpp"

namespace pf::host::cli {

// The codes, as UNIX programs and scripts see them.
enum ExitCode : int {
    exit_ok = 0,              // done, complete
    exit_failed = 1,          // failed
    exit_usage = 2,           // wrong use of the command line
    exit_partial = 3,         // a partial result was printed, and marked
    exit_condition = 4,       // a --fail-on condition is met
    exit_credential = 5,      // authentication or permission
    exit_network = 6,         // network, TLS, time-out
    exit_module = 7,          // a module was refused or failed
    exit_configuration = 78,  // the configuration is wrong
    exit_interrupted = 130,   // SIGINT
    exit_terminated = 143,    // SIGTERM
};

// The code of a failure by its stable reason, else by its gRPC code; 0 for OK.
ExitCode exit_code(const Status& status) noexcept;
ExitCode exit_code(std::string_view reason, Code code) noexcept;

// The code of a run: 0 when complete, 3 when something arrived but not all, else that of the first
// reason why nothing did.
ExitCode exit_code(const runtime::RunReport& report) noexcept;

// 130, 143; for other signals 128 + number.
int exit_code_of_signal(int signal) noexcept;

}  // namespace pf::host::cli
