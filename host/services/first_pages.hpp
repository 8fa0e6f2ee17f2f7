// FirstPages: the first answers of many small lists, one per parent, fetched by several sessions
// ahead of the one who reads them in order.
//
// Prism has no list over the disks of all volume groups, only one per group. Read one after the
// other they would cost a round trip each, so the reader says early which parents it will come to.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "host/base/status.hpp"
#include "host/base/stop.hpp"
#include "host/prism/meter.hpp"
#include "host/prism/target.hpp"

namespace pf::host::services {

class FirstPages {
  public:
    // Makes the request for a parent's first page. Called from fetcher threads: pure.
    using MakeRequest = std::function<prism::Request(const std::string& parent)>;
    // So many failures in a row say that the rest would fail as well: they are not asked for.
    static constexpr std::uint32_t most_failures = 8;

    // Begins to fetch. Answers that wait are bounded: sessions + 2, and Limits::prefetch_bytes.
    FirstPages(std::shared_ptr<prism::Target> target, MakeRequest make,
               std::vector<std::string> parents, const Stop& stop,
               std::shared_ptr<prism::Meter> meter);
    ~FirstPages();  // stops the fetchers and drops what they hold
    FirstPages(const FirstPages&) = delete;
    FirstPages& operator=(const FirstPages&) = delete;

    // The answer for `parent`; those of parents before it are dropped. Nothing: it is not among the
    // parents, or behind the reader. Blocks; wakes on stop. One thread.
    std::optional<Result<prism::Body>> take(std::string_view parent);

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace pf::host::services
