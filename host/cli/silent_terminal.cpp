#include "host/cli/silent_terminal.hpp"

#include <termios.h>
#include <unistd.h>

#include <cerrno>
#include <iterator>
#include <string_view>

namespace pf::host::cli {
namespace {

// What the handler needs. It is written while no handler is installed.
struct {
    termios before{};
    termios silent{};
    const std::string* prompt = nullptr;
} shown;

void write_text(std::string_view text) noexcept {
    // A prompt that cannot be written has nowhere to say so.
    [[maybe_unused]] const ssize_t written = ::write(STDERR_FILENO, text.data(), text.size());
}

void install(int signal) noexcept;

// Calls only what may be called in a handler.
void give_back(int signal) {
    const int error = errno;
    ::tcsetattr(STDIN_FILENO, TCSANOW, &shown.before);
    write_text("\n");
    ::signal(signal, SIG_DFL);
    ::raise(signal);  // ends the process, or stops it until it shall go on
    install(signal);
    ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown.silent);
    write_text(*shown.prompt);
    errno = error;
}

void install(int signal) noexcept {
    struct sigaction action = {};
    action.sa_handler = give_back;
    action.sa_flags = SA_NODEFER | SA_RESTART;
    ::sigaction(signal, &action, nullptr);
}

}  // namespace

SilentTerminal::SilentTerminal(const std::string& prompt) {
    if (::tcgetattr(STDIN_FILENO, &shown.before) != 0) {
        return;
    }
    shown.silent = shown.before;
    shown.silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    shown.prompt = &prompt;
    for (std::size_t i = 0; i < std::size(caught); ++i) {
        ::sigaction(caught[i], nullptr, &before_[i]);
        if (before_[i].sa_handler != SIG_IGN) {  // nohup and its like stay in force
            install(caught[i]);
        }
    }
    is_ready_ = ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown.silent) == 0;
    write_text(prompt);
}

SilentTerminal::~SilentTerminal() {
    if (shown.prompt == nullptr) {
        return;
    }
    ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown.before);
    for (std::size_t i = 0; i < std::size(caught); ++i) {
        ::sigaction(caught[i], &before_[i], nullptr);
    }
    shown.prompt = nullptr;
    write_text("\n");
}

}  // namespace pf::host::cli
