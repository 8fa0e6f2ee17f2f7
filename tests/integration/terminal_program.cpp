#include "tests/integration/terminal_program.hpp"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdlib>
#include <stdexcept>

extern char** environ;

namespace pf::test {
namespace {

// A session's first process that opens a terminal controls it.
pid_t spawn_at(const std::string& terminal, const std::vector<std::string>& arguments) {
    std::vector<std::string> words = {PF_PROGRAM};
    words.insert(words.end(), arguments.begin(), arguments.end());
    std::vector<char*> argv;
    for (std::string& word : words) {
        argv.push_back(word.data());
    }
    argv.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, terminal.c_str(), O_RDWR, 0);
    ::posix_spawn_file_actions_adddup2(&actions, STDIN_FILENO, STDOUT_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions, STDIN_FILENO, STDERR_FILENO);
    posix_spawnattr_t attributes;
    ::posix_spawnattr_init(&attributes);
    ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSID);
    pid_t pid = -1;
    const int failed = ::posix_spawn(&pid, PF_PROGRAM, &actions, &attributes, argv.data(), environ);
    ::posix_spawnattr_destroy(&attributes);
    ::posix_spawn_file_actions_destroy(&actions);
    if (failed != 0) {
        throw std::runtime_error("cannot start " PF_PROGRAM);
    }
    return pid;
}

}  // namespace

TerminalProgram::TerminalProgram(const std::vector<std::string>& arguments)
    : master_(::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC)) {
    std::array<char, 64> name{};
    if (master_ < 0 || ::grantpt(master_) != 0 || ::unlockpt(master_) != 0 ||
        ::ptsname_r(master_, name.data(), name.size()) != 0) {
        throw std::runtime_error("there is no terminal to be had");
    }
    slave_ = ::open(name.data(), O_RDWR | O_NOCTTY | O_CLOEXEC);
    pid_ = spawn_at(name.data(), arguments);
}

TerminalProgram::~TerminalProgram() {
    if (pid_ > 0) {
        ::kill(pid_, SIGKILL);
        (void)wait();
    }
    ::close(slave_);
    ::close(master_);
}

bool TerminalProgram::read_more() {
    std::array<char, 4096> block;
    const ssize_t got = ::read(master_, block.data(), block.size());
    if (got > 0) {
        screen_.append(block.data(), static_cast<std::size_t>(got));
    }
    return got > 0;
}

bool TerminalProgram::shows(const std::string& part) {
    while (screen_.find(part) == std::string::npos) {
        pollfd waiting{master_, POLLIN, 0};
        if (::poll(&waiting, 1, 100) == 1) {
            if (!read_more()) {
                return false;
            }
        } else if (siginfo_t ended{}; ::waitid(P_PID, static_cast<id_t>(pid_), &ended,
                                               WEXITED | WNOHANG | WNOWAIT) != 0 ||
                                      ended.si_pid != 0) {
            return false;
        }
    }
    return true;
}

void TerminalProgram::types(const std::string& text) const {
    if (::write(master_, text.data(), text.size()) != static_cast<ssize_t>(text.size())) {
        throw std::runtime_error("the terminal takes nothing");
    }
}

void TerminalProgram::signal(int number) const { ::kill(pid_, number); }

int TerminalProgram::wait() {
    int status = 0;
    ::waitpid(pid_, &status, 0);
    pid_ = -1;
    for (pollfd waiting{master_, POLLIN, 0}; ::poll(&waiting, 1, 0) == 1 && read_more();) {
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

bool TerminalProgram::echoes() const {
    termios now{};
    if (::tcgetattr(slave_, &now) != 0) {
        throw std::runtime_error("the terminal says nothing about itself");
    }
    return (now.c_lflag & ECHO) != 0;
}

}  // namespace pf::test
