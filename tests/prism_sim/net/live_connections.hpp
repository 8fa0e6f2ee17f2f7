#pragma once
// Which sockets are being served right now, so that stopping can break them, a clock that stopping
// interrupts, and how much was sent.

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <set>

namespace pf::sim {

class LiveConnections {
  public:
    /// Marks a socket as served until the returned object dies.
    class Served {
      public:
        Served(LiveConnections& owner, int socket);
        ~Served();
        Served(const Served&) = delete;
        Served& operator=(const Served&) = delete;

      private:
        LiveConnections& owner_;
        const int socket_;
    };

    /// Waits; false if it was cut short because the listener stops.
    bool pause(std::chrono::milliseconds time);
    /// Waits until the listener stops.
    void wait_for_stop();
    /// Adds to what was sent over all connections.
    void count_sent(std::size_t bytes) { sent_ += bytes; }
    [[nodiscard]] std::uint64_t sent() const { return sent_; }
    /// Breaks the served sockets and ends every pause.
    void stop();

  private:
    std::mutex mutex_;
    std::condition_variable stopped_;
    std::multiset<int> sockets_;
    bool is_stopping_ = false;
    std::atomic<std::uint64_t> sent_{0};
};

}  // namespace pf::sim
