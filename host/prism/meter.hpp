// Meter: what one run cost towards Prism. Counters only grow; safe from any thread.
#pragma once

#include <atomic>
#include <cstdint>

namespace pf::host::prism {

struct Meter {
    std::atomic<std::uint64_t> requests{0};   // sent, retries included
    std::atomic<std::uint64_t> retries{0};    // of those, repeated ones
    std::atomic<std::uint64_t> logins{0};     // requests that carried the credential
    std::atomic<std::uint64_t> throttled{0};  // 429 and its relatives
    std::atomic<std::uint64_t> bytes{0};      // of bodies received
    std::atomic<std::uint64_t> wait_us{0};    // time the caller waited for Prism, microseconds
};

}  // namespace pf::host::prism
