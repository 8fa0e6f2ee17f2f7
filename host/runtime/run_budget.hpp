// RunBudget: how long a run may take. The time it waits for its receiver does not count: a slow
// inventory must not make a run partial.
#pragma once

#include <chrono>

#include "host/base/status.hpp"
#include "host/base/stop.hpp"

namespace pf::host::runtime {

// Told the time; of one thread.
class RunBudget {
  public:
    // `limit` from `begin` on; 0 = none.
    RunBudget(std::chrono::milliseconds limit, Clock::time_point begin)
        : limit_(limit), begin_(begin) {}

    // The run waited this long for its receiver.
    void add_wait(Clock::duration span) noexcept { waited_ += span; }
    Clock::duration waited() const noexcept { return waited_; }
    // OK, or DEADLINE_EXCEEDED (ERROR_RUN_BUDGET) once the time is used up.
    Status check(Clock::time_point now) const {
        if (limit_.count() == 0 || now - begin_ - waited_ <= limit_) {
            return Status();
        }
        const auto seconds = std::chrono::ceil<std::chrono::seconds>(limit_).count();
        return Status(Code::deadline_exceeded, "ERROR_RUN_BUDGET",
                      "it used up its time of " + std::to_string(seconds) +
                          " s, waiting for the receiver not counted; raise budget_minutes, ask for "
                          "less at once, or look why Prism is slow");
    }

  private:
    std::chrono::milliseconds limit_;
    Clock::time_point begin_;
    Clock::duration waited_{0};
};

}  // namespace pf::host::runtime
