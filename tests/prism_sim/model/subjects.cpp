#include "tests/prism_sim/model/subjects.hpp"

#include "tests/prism_sim/model/vm_facts.hpp"

namespace pf::sim {

Uuid id_of_subject(const World& world, const Subject& subject) {
    const std::uint32_t index = subject.index;
    switch (subject.kind) {
        case Measured::vm:
            return vm_id(world, index);
        case Measured::esxi_vm:
            return world.esxi_vms[index].id;
        case Measured::host:
            return world.hosts[index].id;
        case Measured::cluster:
            return world.clusters[index].id;
        case Measured::container:
            return world.containers[index].id;
        case Measured::volume_group:
            break;
    }
    return world.volume_groups[index].id;
}

std::uint32_t cluster_of_subject(const World& world, const Subject& subject) {
    const std::uint32_t index = subject.index;
    switch (subject.kind) {
        case Measured::vm:
            return place_vm(world, index).cluster;
        case Measured::esxi_vm:
            return world.esxi_vms[index].cluster;
        case Measured::host:
            return world.hosts[index].cluster;
        case Measured::cluster:
            return index;
        case Measured::container:
            return world.containers[index].cluster;
        case Measured::volume_group:
            break;
    }
    return world.volume_groups[index].cluster;
}

std::uint32_t count_subjects(const World& world, Measured kind) {
    switch (kind) {
        case Measured::vm:
            return 0;
        case Measured::esxi_vm:
            return static_cast<std::uint32_t>(world.esxi_vms.size());
        case Measured::host:
            return static_cast<std::uint32_t>(world.hosts.size());
        case Measured::cluster:
            return static_cast<std::uint32_t>(world.clusters.size());
        case Measured::container:
            return static_cast<std::uint32_t>(world.containers.size());
        case Measured::volume_group:
            break;
    }
    return static_cast<std::uint32_t>(world.volume_groups.size());
}

std::optional<Subject> find_subject(const World& world, VmRoster& roster,
                                    const Permissions& permissions, Measured kind, const Uuid& id) {
    if (kind == Measured::vm) {
        const auto serial = roster.find(id);
        return serial ? std::optional(Subject{kind, *serial}) : std::nullopt;
    }
    for (std::uint32_t i = 0; i < count_subjects(world, kind); ++i) {
        const Subject subject{kind, i};
        if (id_of_subject(world, subject) == id &&
            permissions.sees_cluster(cluster_of_subject(world, subject)))
            return subject;
    }
    return std::nullopt;
}

}  // namespace pf::sim
