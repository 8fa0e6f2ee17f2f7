#include "tests/bench/program.hpp"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>
#include <thread>

extern char** environ;

namespace pf::bench {

Program::Program(std::vector<std::string> arguments, const std::filesystem::path& log) {
    std::vector<char*> argv;
    for (std::string& argument : arguments) {
        argv.push_back(argument.data());
    }
    argv.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, log.c_str(),
                                     O_WRONLY | O_CREAT | O_APPEND, 0600);
    posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO);
    const int error = posix_spawn(&pid_, argv[0], &actions, nullptr, argv.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    if (error != 0) {
        throw std::runtime_error("cannot start " + arguments[0]);
    }
}

Program::~Program() {
    kill(pid_, SIGTERM);
    waitpid(pid_, nullptr, 0);
}

double Program::cpu_seconds() const {
    // The ticks of /proc/PID/stat are 10 ms; the clock of the process is finer.
    clockid_t clock{};
    timespec now{};
    if (clock_getcpuclockid(pid_, &clock) != 0 || clock_gettime(clock, &now) != 0) {
        throw std::runtime_error("cannot read the CPU time of process " + std::to_string(pid_));
    }
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

double Program::memory_mib(const std::string& name) const {
    std::ifstream file("/proc/" + std::to_string(pid_) + "/status");
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with(name + ":")) {
            return std::stod(line.substr(name.size() + 1)) / 1024;
        }
    }
    throw std::runtime_error("/proc/" + std::to_string(pid_) + "/status has no " + name);
}

void Program::forget_peak() const {
    std::ofstream("/proc/" + std::to_string(pid_) + "/clear_refs") << "5";
}

std::string Program::wait_for(const std::filesystem::path& ready_file) const {
    for (int i = 0; i < 60000; ++i) {
        std::ifstream in(ready_file);
        std::string text((std::istreambuf_iterator<char>(in)), {});
        if (!text.empty() && text.back() == '\n') {
            return text;
        }
        if (!is_alive()) {
            throw std::runtime_error("a program ended before it wrote " + ready_file.string());
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    throw std::runtime_error("nothing ready within 60 s: " + ready_file.string());
}

bool Program::is_alive() const {
    siginfo_t info{};
    return waitid(P_PID, static_cast<id_t>(pid_), &info, WEXITED | WNOHANG | WNOWAIT) == 0 &&
           info.si_pid == 0;
}

}  // namespace pf::bench
