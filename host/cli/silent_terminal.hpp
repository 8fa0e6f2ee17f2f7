// SilentTerminal: nothing that is typed is shown as long as it lives, and the terminal is given
// back as it was however this ends: also by a signal (Ctrl-C, Ctrl-Z, SIGTERM, SIGHUP).
#pragma once

#include <csignal>
#include <string>

namespace pf::host::cli {

class SilentTerminal {
  public:
    // Takes over the terminal at standard input and writes `prompt` to standard error, again when
    // the process was stopped and goes on. One at a time in a process, before signals are blocked.
    // `prompt` outlives it.
    explicit SilentTerminal(const std::string& prompt);
    ~SilentTerminal();
    SilentTerminal(const SilentTerminal&) = delete;
    SilentTerminal& operator=(const SilentTerminal&) = delete;

    // False when standard input is no terminal.
    bool is_ready() const noexcept { return is_ready_; }

  private:
    static constexpr int caught[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP};

    bool is_ready_ = false;
    struct sigaction before_[std::size(caught)] = {};
};

}  // namespace pf::host::cli
