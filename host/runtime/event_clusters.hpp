// EventClusters: which of what happened is about the clusters that a request asks for.
//
// Prism's alerts, events and audits carry their cluster by API v4; an alert by API v3 does so only
// when it is about the cluster itself. A plain value; any thread.
#pragma once

#include <cstdint>
#include <set>
#include <string>

#include "host/base/status.hpp"
#include "host/base/stop.hpp"
#include "host/prism/target.hpp"
#include "host/runtime/request.hpp"

namespace pf::host::runtime {

struct Occurrence;

class EventClusters {
  public:
    // Every cluster.
    EventClusters() = default;
    // Those that the option `clusters` names, by name or UUID, as the Prism Centrals of the request
    // know them; every cluster without the option. INVALID_ARGUMENT (ERROR_CLUSTER_UNKNOWN): none
    // knows one of them. When a Prism Central cannot be asked, a cluster that no other one knows
    // may be there, so its failure is the answer.
    static Result<EventClusters> find(prism::Targets& targets, const Request& request,
                                      const Stop& stop);

    enum class Place : std::uint8_t { inside, outside, unknown };
    // Whether it is about one of the clusters; unknown: it does not say of which cluster it is.
    Place place(const Occurrence& occurrence) const;
    bool is_every() const noexcept { return is_every_; }

  private:
    bool is_every_ = true;
    std::set<std::string> uuids_;  // in lower case
    std::set<std::string> names_;
};

}  // namespace pf::host::runtime
