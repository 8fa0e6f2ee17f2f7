#include "host/app/crash_report.hpp"

#include <signal.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "host/base/running_module.hpp"

namespace pf::host::app {
namespace {

struct Fatal {
    int signal;
    const char* name;
};
constexpr std::array<Fatal, 6> fatal = {{{SIGSEGV, "SIGSEGV"},
                                         {SIGBUS, "SIGBUS"},
                                         {SIGFPE, "SIGFPE"},
                                         {SIGILL, "SIGILL"},
                                         {SIGSYS, "SIGSYS"},
                                         {SIGABRT, "SIGABRT"}}};

// What was done about each before: the default, or a sanitizer's report.
std::array<struct sigaction, fatal.size()> before{};

// A line made of pieces without memory or locks, as a signal handler must.
class Line {
  public:
    Line& add(const char* text) noexcept {
        for (; *text != '\0' && size_ < text_.size() - 1; ++text) {
            text_[size_++] = *text;
        }
        return *this;
    }
    Line& add(int number) noexcept {
        char digits[12];
        char* at = digits + sizeof digits - 1;
        *at = '\0';
        do {
            *--at = static_cast<char>('0' + number % 10);
            number /= 10;
        } while (number > 0 && at > digits);
        return add(at);
    }
    void write_out() noexcept {
        text_[size_++] = '\n';
        std::size_t done = 0;
        while (done < size_) {
            const ssize_t wrote = ::write(STDERR_FILENO, text_.data() + done, size_ - done);
            if (wrote <= 0 && errno != EINTR) {
                return;
            }
            done += wrote > 0 ? static_cast<std::size_t>(wrote) : 0;
        }
    }

  private:
    std::array<char, 512> text_;
    std::size_t size_ = 0;
};

void add_advice(Line& line, const RunningModule& running) noexcept {
    line.add(" during ").add(running.doing());
    line.add("; start again without the module (modules.enable) and report this to its author");
}

void write_report(const Fatal& crash) noexcept {
    Line line;
    const RunningModule* const running = RunningModule::here();
    if (running != nullptr) {
        line.add("prismforet: crashed in module ").add(running->module());
    } else {
        line.add("prismforet: crashed outside of every module's handlers");
    }
    line.add(" (signal ").add(crash.signal).add(", ").add(crash.name).add(")");
    if (running != nullptr) {
        add_advice(line, *running);
    } else {
        line.add("; please report this");
    }
    line.write_out();
}

void on_crash(int signal, siginfo_t* info, void*) {
    const int error = errno;
    for (std::size_t i = 0; i < fatal.size(); ++i) {
        if (fatal[i].signal == signal) {
            write_report(fatal[i]);
            ::sigaction(signal, &before[i], nullptr);
        }
    }
    // A fault happens again when this returns, and finds its true handler; a signal that somebody
    // sent has to be sent again.
    if (info->si_code <= 0) {
        ::raise(signal);
    }
    errno = error;
}

// exit() in a module would run the destructors of a process that is at work, and look like success.
void on_exit_in_module() {
    if (const RunningModule* const running = RunningModule::here()) {
        Line line;
        line.add("prismforet: module ").add(running->module()).add(" ended the process by exit()");
        add_advice(line, *running);
        line.write_out();
        ::_exit(EXIT_FAILURE);
    }
}

}  // namespace

void report_crashes() noexcept {
    struct sigaction action {};
    action.sa_sigaction = on_crash;
    action.sa_flags = SA_SIGINFO | SA_ONSTACK;
    ::sigemptyset(&action.sa_mask);
    for (std::size_t i = 0; i < fatal.size(); ++i) {
        ::sigaction(fatal[i].signal, &action, &before[i]);
    }
    // Without room for one more, exit() stays unexplained.
    static_cast<void>(std::atexit(on_exit_in_module));
}

}  // namespace pf::host::app
