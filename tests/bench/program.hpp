// Program: a child process, and what /proc tells about it.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <vector>

namespace pf::bench {

class Program {
  public:
    // Starts `arguments[0]`, its standard output and error into `log`. Throws std::runtime_error.
    Program(std::vector<std::string> arguments, const std::filesystem::path& log);
    // Ends it with SIGTERM and waits.
    ~Program();
    Program(const Program&) = delete;
    Program& operator=(const Program&) = delete;

    pid_t pid() const noexcept { return pid_; }
    // User and system time of all its threads, those that ended included, seconds.
    double cpu_seconds() const;
    // One value of /proc/PID/status in MiB, e.g. "VmHWM", the most it ever had in memory.
    double memory_mib(const std::string& name) const;
    // Sets "VmHWM" back to what it has in memory now.
    void forget_peak() const;

    // The content of a file that the program writes when it is ready, once it ends with a line
    // break. Throws std::runtime_error after a minute, or when the program ended.
    std::string wait_for(const std::filesystem::path& ready_file) const;

  private:
    bool is_alive() const;
    pid_t pid_ = 0;
};

}  // namespace pf::bench
