#pragma once
// POST groups: the columnar query of v3. Serves what v3 has no list for, storage containers, and
// statistics of VMs, hosts, clusters, storage containers and volume groups.

#include <string_view>

#include "tests/prism_sim/model/permissions.hpp"
#include "tests/prism_sim/model/statistics.hpp"
#include "tests/prism_sim/model/vm_roster.hpp"
#include "tests/prism_sim/model/world.hpp"
#include "tests/prism_sim/net/message.hpp"

namespace pf::sim::v3 {

/// What groups reads.
struct GroupsSource {
    const World& world;
    VmRoster& roster;
    const Permissions& permissions;
    const Statistics& statistics;
    std::uint32_t cap = 0;  ///< Most rows at once; 0: as many as asked for.
};

/// Answers for the entities that are seen with the attributes asked for; one that is not known has
/// no values. 422 for a body that cannot be read and for types that are not served, 403 for those
/// that may not be.
void answer_groups(const GroupsSource& source, std::string_view body, Response& response);

}  // namespace pf::sim::v3
