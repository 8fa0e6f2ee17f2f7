#include "tests/prism_sim/v3/groups_entities.hpp"

#include <array>

#include "tests/prism_sim/model/subjects.hpp"
#include "tests/prism_sim/model/vm_facts.hpp"

namespace pf::sim::v3 {
namespace {

constexpr std::uint32_t kFirstSerial = 100;
constexpr auto kTypes = std::to_array<GroupsType>({
    {"mh_vm", "vm", Measured::vm},
    {"vm", "vm", Measured::vm},
    {"host", "host", Measured::host},
    {"cluster", "cluster", Measured::cluster},
    {"storage_container", "storage_container", Measured::container},
    {"volume_group_config", "volume_group", Measured::volume_group},
});

void add_seen(Measured kind, const World& world, const Permissions& permissions,
              std::vector<Subject>& subjects) {
    for (std::uint32_t i = 0; i < count_subjects(world, kind); ++i)
        if (permissions.sees_cluster(cluster_of_subject(world, {kind, i})))
            subjects.push_back({kind, i});
}

// Name of the attribute that is the name, and the name.
struct Title {
    std::string_view attribute;
    std::string name;
};
Title title_of(const World& world, const Subject& subject) {
    const std::uint32_t index = subject.index;
    switch (subject.kind) {
        case Measured::vm:
            return {"vm_name", vm_name(world, index)};
        case Measured::esxi_vm:
            return {"vm_name", world.esxi_vms[index].name};
        case Measured::host:
            return {"node_name", world.hosts[index].name};
        case Measured::cluster:
            return {"cluster_name", world.clusters[index].name};
        case Measured::container:
            return {"container_name", world.containers[index].name};
        case Measured::volume_group:
            break;
    }
    return {"name", world.volume_groups[index].name};
}

std::optional<std::string> power_state(const World& world, const Subject& subject) {
    if (subject.kind == Measured::vm)
        return place_vm(world, subject.index).power == PowerState::on ? "on" : "off";
    if (subject.kind == Measured::esxi_vm)
        return world.esxi_vms[subject.index].power == EsxiPower::on ? "on" : "off";
    return std::nullopt;
}

}  // namespace

std::optional<GroupsType> groups_type(std::string_view name) {
    for (const GroupsType& type : kTypes)
        if (type.name == name) return type;
    return std::nullopt;
}

std::vector<Subject> groups_entities(const GroupsType& type, const World& world, VmRoster& roster,
                                     const Permissions& permissions) {
    std::vector<Subject> subjects;
    if (type.measured == Measured::vm) {
        std::vector<std::uint32_t> serials;
        roster.select({.limit = 0xffffffff}, serials);
        for (const std::uint32_t serial : serials) subjects.push_back({Measured::vm, serial});
        add_seen(Measured::esxi_vm, world, permissions, subjects);
    } else {
        add_seen(type.measured, world, permissions, subjects);
    }
    return subjects;
}

std::optional<std::string> groups_attribute(const World& world, const Subject& subject,
                                            std::string_view name) {
    Title title = title_of(world, subject);
    if (name == title.attribute) return std::move(title.name);
    if (name == "cluster") return to_text(world.clusters[cluster_of_subject(world, subject)].id);
    if (name == "power_state") return power_state(world, subject);
    if (name == "state") return "kComplete";
    if (name == "serial" && subject.kind == Measured::container)
        return std::to_string(kFirstSerial + subject.index);
    return std::nullopt;
}

}  // namespace pf::sim::v3
