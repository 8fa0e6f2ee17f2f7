// Gate: at most so many at once. Those who wait are let in by turns: one of each run, so that a run
// with a thousand requests does not keep one with a single request waiting for all of them.
// Thread-safe.
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
    explicit Gate(std::uint32_t places) : places_(places) {}

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

    // Waits for a place; the reason of `stop` when that comes first. `run` tells runs apart, by its
    // address alone; within a run it is first come, first served.
    Result<Place> enter(const void* run, const Stop& stop);

    // From now on `places` at once. Those inside beyond that stay until they leave.
    void resize(std::uint32_t places);

    // How many wait now.
    std::size_t waiting();

  private:
    struct Waiter;
    // Those of one run who wait.
    struct Queue {
        const void* run;
        std::list<Waiter*> waiters;
    };
    void leave();
    void let_in();
    void forget(const void* run, const Waiter& waiter);

    std::mutex mutex_;
    std::uint32_t places_;
    std::uint32_t inside_ = 0;
    std::list<Queue> queues_;  // none is empty; the first is next
};

}  // namespace pf::host::prism
