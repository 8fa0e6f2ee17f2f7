// Waiting in tests: for a condition, never for a time.
#pragma once

#include <chrono>
#include <functional>
#include <thread>

namespace pf::test {

// Waits for what other threads and processes do, for as long as a slow machine needs.
inline bool becomes_true(const std::function<bool()>& condition) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    while (!condition()) {
        if (std::chrono::steady_clock::now() > end) {
            return false;
        }
        std::this_thread::yield();
    }
    return true;
}

}  // namespace pf::test
