// ThreadTimes: the CPU time of another process by the names of its threads.
//
// The host names its threads after what they do. The kernel forgets a thread's time when it ends,
// so all threads are looked at every few milliseconds; what a thread did after the last look is
// missing, which is why the sum stays a little below that of the process.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <map>
#include <string>
#include <thread>

namespace pf::bench {

class ThreadTimes {
  public:
    // Begins to look at `process`.
    explicit ThreadTimes(pid_t process);
    ~ThreadTimes() = default;
    ThreadTimes(const ThreadTimes&) = delete;
    ThreadTimes& operator=(const ThreadTimes&) = delete;

    // Ends looking; seconds since the beginning, by name.
    std::map<std::string, double> stop();

  private:
    struct Seen {
        std::string name;
        std::uint64_t first_ns = 0;
        std::uint64_t last_ns = 0;
    };
    void look(bool is_first);

    pid_t process_;
    std::map<std::string, Seen> seen_;  // by thread number
    std::jthread thread_;
};

}  // namespace pf::bench
