#pragma once
// Time series of v2.0: {hosts,vms,clusters,storage_containers}/{uuid}/stats. Any thread.

#include <string_view>

#include "tests/prism_sim/model/permissions.hpp"
#include "tests/prism_sim/model/statistics.hpp"
#include "tests/prism_sim/model/vm_roster.hpp"
#include "tests/prism_sim/model/world.hpp"
#include "tests/prism_sim/net/message.hpp"

namespace pf::sim {

class V2TimeSeries {
  public:
    /// The references must outlive the object.
    V2TimeSeries(const World& world, VmRoster& roster, const Permissions& permissions,
                 const Statistics& statistics)
        : world_(world), roster_(roster), permissions_(permissions), statistics_(statistics) {}

    /// Answers a GET of `rest`, what stands behind the API's prefix; false for any other path.
    bool answer(std::string_view rest, const Request& request, Response& response) const;

  private:
    [[nodiscard]] std::optional<Subject> find(std::string_view plural, std::string_view id) const;
    void write(const Subject& subject, std::string_view metrics, const SampleWindow& window,
               Response& response) const;

    const World& world_;
    VmRoster& roster_;
    const Permissions& permissions_;
    const Statistics& statistics_;
};

}  // namespace pf::sim
