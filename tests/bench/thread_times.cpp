#include "tests/bench/thread_times.hpp"

#include <chrono>
#include <filesystem>
#include <fstream>

namespace pf::bench {
namespace {

constexpr std::chrono::milliseconds interval{5};

}  // namespace

ThreadTimes::ThreadTimes(pid_t process) : process_(process) {
    look(true);
    thread_ = std::jthread([this](const std::stop_token& stop) {
        while (!stop.stop_requested()) {
            std::this_thread::sleep_for(interval);
            look(false);
        }
    });
}

std::map<std::string, double> ThreadTimes::stop() {
    thread_.request_stop();
    thread_.join();
    look(false);
    std::map<std::string, double> times;
    for (const auto& [number, seen] : seen_) {
        times[seen.name] += static_cast<double>(seen.last_ns - seen.first_ns) * 1e-9;
    }
    return times;
}

void ThreadTimes::look(bool is_first) {
    const std::filesystem::path tasks = "/proc/" + std::to_string(process_) + "/task";
    std::error_code error;
    for (const auto& task : std::filesystem::directory_iterator(tasks, error)) {
        // Nanoseconds on a processor come first. A thread may end between any two steps.
        std::uint64_t ns = 0;
        if (!(std::ifstream(task.path() / "schedstat") >> ns)) {
            continue;
        }
        Seen& seen = seen_[task.path().filename().string()];
        if (seen.name.empty() || seen.name == "prismforet") {  // it is named a little later
            std::ifstream(task.path() / "comm") >> seen.name;
        }
        seen.first_ns = is_first ? ns : seen.first_ns;
        seen.last_ns = ns;
    }
}

}  // namespace pf::bench
