// Budget: what this process asks of one Prism Central at once and per second, whoever asks: every
// run and every credential that names the same host and port.
//
// Each user brings the limits it was given; the smallest of those in use now hold, since they say
// how much that Prism Central was thought to bear.
#pragma once

#include <atomic>
#include <cstdint>
#include <list>
#include <memory>
#include <mutex>

#include "host/prism/gate.hpp"
#include "host/prism/rate.hpp"
#include "host/prism/target.hpp"

namespace pf::host::prism {

// Thread-safe.
class Budget : public std::enable_shared_from_this<Budget> {
  public:
    Budget() : gate_(1), rate_(0, 1) {}

    // One user's part in it, for as long as this object lives.
    class Share {
      public:
        Share(std::shared_ptr<Budget> budget, const Limits& limits);
        ~Share();
        Share(const Share&) = delete;
        Share& operator=(const Share&) = delete;

      private:
        std::shared_ptr<Budget> budget_;
        std::list<Limits>::iterator mine_;
    };

    Gate& gate() noexcept { return gate_; }
    RateGate& rate() noexcept { return rate_; }
    // Requests that were answered well, of everybody: shows whether there is progress.
    std::atomic<std::uint64_t>& served() noexcept { return served_; }

  private:
    void apply();

    Gate gate_;
    RateGate rate_;
    std::atomic<std::uint64_t> served_{0};
    std::mutex mutex_;
    std::list<Limits> shares_;
};

}  // namespace pf::host::prism
