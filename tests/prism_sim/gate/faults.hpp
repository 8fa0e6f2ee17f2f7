#pragma once
// What goes wrong on purpose. A fault is a name plus when it strikes:
//   NAME[@PAGE][:RATE][:key=value]...
// for example "status-429:0.1:retry-after=2", "drop@3:first=1", "forbidden:path=/vmm/".
// README.md lists names and keys.

#include <chrono>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tests/prism_sim/gate/fault_names.hpp"
#include "tests/prism_sim/net/message.hpp"

namespace pf::sim {

struct Fault {
    FaultKind kind = FaultKind::html;
    std::uint32_t status = 0;  ///< Of status-NNN; of redirect, 0: 302.
    // When
    double rate = 1.0;
    std::optional<std::uint64_t> page;  ///< Of a list, by v4 page or v3 offset.
    std::uint64_t from = 0;             ///< This page of a list and all behind it.
    std::string path;                   ///< Part of the request's path; empty: every path.
    std::uint64_t skip = 0;             ///< Lets so many matching requests pass first.
    std::uint64_t first = 0;            ///< Strikes at most so often; 0: no limit.
    std::uint64_t every = 1;            ///< Strikes each n-th matching request.
    // Where in a list
    std::optional<std::uint64_t> item;  ///< Which entry of the page; absent: the middle one.
    std::string field;                  ///< Path in the entry, or "/" and a path in the answer.
    // How
    std::string retry_after;  ///< Sent as it is, but "{date+N}" is the HTTP date in N seconds.
    std::string json;         ///< The value of set-field and total, the text of body, as it is.
    std::string location;     ///< Of redirect.
    std::int64_t add = 0;     ///< To a total or a length.
    std::uint64_t bytes = 0;  ///< Size of what is huge; 0: the fault's own default.
    std::chrono::milliseconds pause{0};  ///< For slow; 0: the fault's own default.
};

/// Reads one fault. Throws std::invalid_argument that says what was not understood.
Fault parse_fault(std::string_view text);

/// The faults in force; all members may be called from any thread.
class FaultTable {
  public:
    explicit FaultTable(std::uint64_t seed) : seed_(seed) {}

    /// Replaces all faults and their counts.
    void set(const std::vector<std::string>& texts);
    /// The faults that strike this request, in the order they were given. Rates follow from the
    /// seed.
    std::vector<Fault> strike(const Request& request);

  private:
    struct Entry {
        Fault fault;
        std::uint64_t matched = 0, struck = 0;
    };

    const std::uint64_t seed_;
    std::mutex mutex_;
    std::vector<Entry> entries_;
};

}  // namespace pf::sim
