// How a round of `prismforet watch` went.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "host/base/status.hpp"

namespace pf::host::app {

struct WatchRound {
    std::int64_t at = 0;  // UTC seconds
    std::string outcome;  // "complete", "partial" or "failed"
    std::uint64_t created = 0;
    std::uint64_t changed = 0;
    std::uint64_t deleted = 0;
    std::uint64_t letters = 0;
    std::uint64_t dropped = 0;         // for which the outbox had no room
    std::vector<std::string> remarks;  // baselines, shrinks, what is missing; for people
    Status failure;                    // not OK: nothing of the round was kept
};

}  // namespace pf::host::app
