// The program `prismforet` at a terminal of its own, as a person would run it.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

namespace pf::test {

class TerminalProgram {
  public:
    // Starts it with a terminal for standard input, output and error, which it controls. Throws
    // std::runtime_error when that cannot be had.
    explicit TerminalProgram(const std::vector<std::string>& arguments);
    // Kills it when it still runs.
    ~TerminalProgram();
    TerminalProgram(const TerminalProgram&) = delete;
    TerminalProgram& operator=(const TerminalProgram&) = delete;

    // Reads until `part` was shown; false when the program ended before.
    bool shows(const std::string& part);
    // Types `text`; "\x03" is Ctrl-C.
    void types(const std::string& text) const;
    // Sends a signal to it.
    void signal(int number) const;
    // Waits for its end: its exit code, or minus the signal that ended it.
    int wait();
    // All that the terminal has shown. Whole after wait().
    const std::string& screen() const { return screen_; }
    // Whether the terminal shows what is typed.
    bool echoes() const;

  private:
    bool read_more();

    int master_ = -1;
    int slave_ = -1;  // held open, so that the terminal outlives the program
    pid_t pid_ = -1;
    std::string screen_;
};

}  // namespace pf::test
