// LogWatch: the host's log lines, to look at and to wait for.
#pragma once

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "host/observe/log.hpp"

namespace pf::test {

class LogWatch {
  public:
    LogWatch() {
        host::observe::LogSettings settings;
        settings.level = host::observe::Level::debug;
        settings.writer = [this](std::string_view line) {
            {
                const std::lock_guard lock(mutex_);
                lines_.emplace_back(line);
            }
            changed_.notify_all();
        };
        host::observe::set_log(std::move(settings));
    }
    ~LogWatch() { host::observe::set_log({}); }
    LogWatch(const LogWatch&) = delete;
    LogWatch& operator=(const LogWatch&) = delete;

    // Waits until a line has all of `words`; CTest's limit ends a test that waits in vain.
    void wait_for(const std::vector<std::string>& words) {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return count(words) > 0; });
    }
    // How many lines so far have all of `words`.
    std::size_t seen(const std::vector<std::string>& words) {
        const std::lock_guard lock(mutex_);
        return count(words);
    }

  private:
    std::size_t count(const std::vector<std::string>& words) const {
        return static_cast<std::size_t>(
            std::count_if(lines_.begin(), lines_.end(), [&](const std::string& line) {
                return std::all_of(words.begin(), words.end(), [&](const std::string& word) {
                    return line.find(word) != std::string::npos;
                });
            }));
    }

    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<std::string> lines_;
};

}  // namespace pf::test
