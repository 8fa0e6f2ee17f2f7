#pragma once
// Which sockets are being served right now, so that stopping can break them,
// and a clock that stopping interrupts.

#include <chrono>
#include <condition_variable>
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
    /// Breaks the served sockets and ends every pause.
    void stop();

  private:
    std::mutex mutex_;
    std::condition_variable stopped_;
    std::multiset<int> sockets_;
    bool is_stopping_ = false;
};

}  // namespace pf::sim
