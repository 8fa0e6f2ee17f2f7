#pragma once
// Which things statistics are about: their ids, clusters, and who is seen. Any thread.

#include <optional>

#include "tests/prism_sim/model/permissions.hpp"
#include "tests/prism_sim/model/statistics.hpp"
#include "tests/prism_sim/model/vm_roster.hpp"
#include "tests/prism_sim/model/world.hpp"

namespace pf::sim {

Uuid id_of_subject(const World& world, const Subject& subject);
/// Index of the cluster it is in; a cluster is in itself.
std::uint32_t cluster_of_subject(const World& world, const Subject& subject);

/// The thing of this kind with this id, if it exists now and is seen.
std::optional<Subject> find_subject(const World& world, VmRoster& roster,
                                    const Permissions& permissions, Measured kind, const Uuid& id);
/// How many things of this kind there are, seen or not; VMs come and go and are not counted.
std::uint32_t count_subjects(const World& world, Measured kind);

}  // namespace pf::sim
