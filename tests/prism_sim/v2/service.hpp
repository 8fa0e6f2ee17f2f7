#pragma once
// What is left of the v2.0 API: the cluster and its hosts, flat, with units in the names, time
// series, alerts and events. A Prism Element serves its own; a Prism Central serves those of all
// its clusters. Any thread.

#include <string_view>

#include "tests/prism_sim/config.hpp"
#include "tests/prism_sim/model/permissions.hpp"
#include "tests/prism_sim/model/vm_roster.hpp"
#include "tests/prism_sim/model/world.hpp"
#include "tests/prism_sim/net/message.hpp"
#include "tests/prism_sim/v2/log.hpp"
#include "tests/prism_sim/v2/time_series.hpp"

namespace pf::sim {

class V2Service {
  public:
    /// The references must outlive the service.
    V2Service(const Config& config, const World& world, VmRoster& roster,
              const Permissions& permissions, const Statistics& statistics, const AlertBook& alerts)
        : world_(world),
          roster_(roster),
          permissions_(permissions),
          is_element_(config.prism_element),
          series_(world, roster, permissions, statistics),
          log_(world, permissions, alerts) {}

    /// True for a path of the v2.0 API, by either of its names.
    static bool is_v2(std::string_view path);
    /// Answers GET of cluster, clusters/, hosts/, alerts/, events/ and stats/ of one entity; 404
    /// for all else.
    void answer(const Request& request, Response& response) const;

  private:
    void answer_cluster(Response& response) const;
    void answer_clusters(Response& response) const;
    void answer_hosts(Response& response) const;

    const World& world_;
    const VmRoster& roster_;
    const Permissions& permissions_;
    const bool is_element_;
    const V2TimeSeries series_;
    const V2Log log_;
};

}  // namespace pf::sim
