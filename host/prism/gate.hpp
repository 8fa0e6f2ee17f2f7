// Gate: at most so many at once, first come first served. Thread-safe.
#pragma once

#include <cstddef>
#include <cstdint>
#include <list>
#include <mutex>
#include <utility>

#include "host/base/status.hpp"
#include "host/base/stop.hpp"

namespace pf::host::prism {

class Gate {
  public:
    explicit Gate(std::uint32_t places) : free_(places) {}

    // A place inside; leaving is its destruction.
    class Place {
      public:
        explicit Place(Gate* gate) : gate_(gate) {}
        Place(Place&& other) noexcept : gate_(std::exchange(other.gate_, nullptr)) {}
        Place& operator=(Place&&) = delete;
        ~Place() {
            if (gate_ != nullptr) {
                gate_->leave();
            }
        }

      private:
        Gate* gate_;
    };

    // Waits for a place in order of arrival; the reason of `stop` when that comes first.
    Result<Place> enter(const Stop& stop);

    // How many wait now.
    std::size_t waiting();

  private:
    struct Waiter;
    void leave();

    std::mutex mutex_;
    std::uint32_t free_;
    std::list<Waiter*> waiters_;
};

}  // namespace pf::host::prism
