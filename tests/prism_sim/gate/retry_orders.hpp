#pragma once
// Retry-After as sent: makes its text, and remembers who was told to wait so that it can be counted
// who comes back too early. Any thread.

#include <chrono>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

#include "tests/prism_sim/net/message.hpp"

namespace pf::sim {

class RetryOrders {
  public:
    /// The header's text for `wish`: as it is, but "{date+N}" is the HTTP date in N seconds.
    /// A plain wait of at most a minute is remembered for this request.
    std::string order(const Request& request, std::string_view wish);
    /// True if this request was told to wait and its time has not come.
    bool is_early(const Request& request);

  private:
    using Clock = std::chrono::steady_clock;

    std::mutex mutex_;
    std::map<std::string, Clock::time_point, std::less<>> until_;
};

}  // namespace pf::sim
