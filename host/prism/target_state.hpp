// The inside of a Target, shared by the files that implement it.
#pragma once

#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "host/prism/answer.hpp"
#include "host/prism/budget.hpp"
#include "host/prism/connection.hpp"
#include "host/prism/login.hpp"
#include "host/prism/pool.hpp"
#include "host/prism/shared_cache.hpp"
#include "host/prism/target.hpp"

namespace pf::host::prism {

// What became of a request: a 2xx answer, or why there is none.
struct Answer {
    Status status;
    int http = 0;  // the last HTTP status seen, 0 when there was none
    Body body;     // of a 2xx; otherwise memory to reuse
};

// Adds the time it lives to what the caller waited for Prism.
class Waiting {
  public:
    explicit Waiting(Meter& meter) : meter_(meter), began_(Clock::now()) {}
    ~Waiting() {
        const auto waited =
            std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - began_);
        meter_.wait_us.fetch_add(static_cast<std::uint64_t>(waited.count()),
                                 std::memory_order_relaxed);
    }
    Waiting(const Waiting&) = delete;
    Waiting& operator=(const Waiting&) = delete;

  private:
    Meter& meter_;
    Clock::time_point began_;
};

struct Target::State {
    State(TargetSpec given, std::uint64_t key, std::shared_ptr<Budget> shared_budget);

    // Sends one read until it succeeds or is given up. Never throws. Does not measure waiting.
    Answer fetch(const Request& request, const Stop& stop, Meter& meter, Body memory,
                 const Limits& limits);
    // With the limits of who made this.
    Answer fetch(const Request& request, const Stop& stop, Meter& meter, Body memory) {
        return fetch(request, stop, meter, std::move(memory), spec.limits);
    }

    // Keeps what the headers say about where an answer comes from.
    void note_origin(const RawAnswer& answer);
    Origin seen_origin() const;

    // As Target::version() and beta_version(), without measuring the wait.
    Result<std::string> known_version(const std::string& api_namespace, const std::string& list,
                                      const Stop& stop, Meter& meter);
    Result<std::string> known_beta(const std::string& api_namespace, const std::string& list,
                                   const Stop& stop, Meter& meter);

    // `spec` without the credential, which only `login` holds.
    TargetSpec spec;
    std::string name;
    std::shared_ptr<Watchdog> watchdog;
    std::shared_ptr<Budget> budget;
    Pool pool;
    Login login;
    SharedCache shared;
    SharedCache negotiated;

    mutable std::mutex told;  // guards the two below
    std::vector<ApiUse> uses;
    Origin origin;
};

struct Target::Use {
    TargetSpec spec;
    Budget::Share share;
};

}  // namespace pf::host::prism
