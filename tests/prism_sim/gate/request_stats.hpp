#pragma once
// Counters of what was asked and answered. All members may be called from any thread.

#include <mutex>

#include "tests/prism_sim/gate/sessions.hpp"
#include "tests/prism_sim/server.hpp"

namespace pf::sim {

class RequestStats {
  public:
    void begin(const Request& request);
    void admitted(Admission admission);
    void rate_limited();
    void early_retry();
    void refused_in_burst();
    void faults(std::uint64_t count);
    void end(const Response& response);

    /// The counters kept here; fields about VMs and connections stay 0.
    [[nodiscard]] Stats copy() const;

  private:
    mutable std::mutex mutex_;
    Stats stats_;
    std::uint64_t in_flight_ = 0;
};

/// One JSON object with every counter.
std::string to_json(const Stats& stats);

}  // namespace pf::sim
