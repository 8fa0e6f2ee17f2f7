// The process's memory of credentials that Prism refused, so that no account gets locked by asking
// again and again. It keeps target keys (salted digests) and the error, never a credential.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>

#include "host/base/status.hpp"
#include "host/base/stop.hpp"

namespace pf::host::prism {

// Thread-safe.
class RejectedCredentials {
  public:
    static constexpr std::chrono::minutes remembered{10};

    static RejectedCredentials& of_process();

    void add(std::uint64_t key, const Status& why, Clock::time_point now);
    // The error `key` was refused with, or OK when it may be tried.
    Status check(std::uint64_t key, Clock::time_point now);

  private:
    struct Entry {
        Status why;
        Clock::time_point until;
    };
    std::mutex mutex_;
    std::map<std::uint64_t, Entry> entries_;
};

}  // namespace pf::host::prism
