// Crash report: the last words of a process that dies in a module's code.
//
// A module runs in this process, so its crash is the process's. What can be done is to say who it
// was, on standard error, before the process ends as it would have: no core file is written that
// was not before, and a sanitizer's own report follows.
#pragma once

namespace pf::host::app {

// From now on the process names the module when it dies by SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGSYS
// or SIGABRT (std::terminate ends in it), and when a module calls exit(), which then is a failure.
// Call once, before other threads are started.
void report_crashes() noexcept;

}  // namespace pf::host::app
