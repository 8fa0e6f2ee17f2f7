// The program `prismforet` as a process of its own: for what only a process shows, such as its end.
#pragma once

#include <sys/types.h>

#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace pf::test {

// How a process ended, and what it wrote.
struct Ended {
    int exit_code = -1;  // -1 when a signal ended it
    int signal = 0;
    std::string out;
    std::string err;
};

// Runs `prismforet` with these arguments to its end; `input` is its standard input.
Ended run_program(const std::vector<std::string>& arguments, const std::string& input = "");

// The program while it runs; killed when this object goes while it still does.
class RunningProgram {
  public:
    explicit RunningProgram(const std::vector<std::string>& arguments);
    ~RunningProgram();
    RunningProgram(const RunningProgram&) = delete;
    RunningProgram& operator=(const RunningProgram&) = delete;

    // Sends a signal, SIGKILL among them. Once it has ended this does nothing.
    void signal(int number) const;
    // True once it has ended by itself or by a signal.
    bool has_ended();
    // What it wrote to its standard error so far.
    std::string err() const;
    // Waits for its end.
    Ended wait();

  private:
    pid_t pid_ = -1;
    bool has_ended_ = false;
    Ended ended_;
    mutable std::mutex mutex_;
    std::string text_;  // guarded by mutex_
    std::thread reader_;
};

// `prismforet serve`, from ready to its end.
class ServeProcess {
  public:
    // Starts it on a free port with a configuration file. Throws std::runtime_error, with what it
    // wrote, when it ends before it is ready.
    explicit ServeProcess(const std::string& config_file);
    // Kills it when it still runs.
    ~ServeProcess();
    ServeProcess(const ServeProcess&) = delete;
    ServeProcess& operator=(const ServeProcess&) = delete;

    const std::string& address() const { return address_; }                // "127.0.0.1:port"
    const std::string& status_address() const { return status_address_; }  // empty: none
    // Asks it to drain and end.
    void terminate() const;
    // Waits for its end.
    Ended wait();

  private:
    bool read_until_ready();

    pid_t pid_ = -1;
    int err_ = -1;
    std::string address_;
    std::string status_address_;
    std::string text_;
    std::thread reader_;
};

}  // namespace pf::test
