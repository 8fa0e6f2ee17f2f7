#include "tests/prism_sim/model/protection.hpp"

#include <cstdio>

#include "tests/prism_sim/model/random.hpp"
#include "tests/prism_sim/model/vm_facts.hpp"
#include "tests/prism_sim/model/world.hpp"

namespace pf::sim {
namespace {

constexpr std::uint64_t kSecondUs = 1'000'000;
constexpr std::uint64_t kFirstUs = 1'790'000'000ULL * kSecondUs;  // September 2026
constexpr std::uint64_t kDayUs = 86'400ULL * kSecondUs;
constexpr std::uint64_t kMiB = 1ULL << 20;
constexpr std::uint32_t kVolumesOnlyEvery = 50, kGroupEvery = 16;

RecoveryPoint make_point(const World& world, std::uint32_t index) {
    Draws draws(world.seed(), Kind::recovery_point, index);
    RecoveryPoint point;
    point.id = make_uuid(world.seed(), Kind::recovery_point, index);
    point.location_agnostic_id = make_uuid(world.seed(), Kind::recovery_point_site, index);
    point.consistency_group = make_uuid(world.seed(), Kind::consistency_group, index);
    char name[48];
    std::snprintf(name, sizeof name, "recovery-point-%06u", index);
    point.name = name;
    point.owner = draws.below(static_cast<std::uint32_t>(world.users.size()));
    point.created_us = kFirstUs + draws.below(60 * 86'400) * kSecondUs + draws.below(1'000'000);
    if (draws.chance(90)) point.expires_us = point.created_us + (1 + draws.below(30)) * kDayUs;
    point.exclusive_bytes = (1 + draws.below(8'000)) * kMiB;
    point.is_application_consistent = draws.chance(15);
    point.is_secure = draws.chance(5);
    return point;
}

void add_part(const World& world, std::uint32_t vm, std::uint32_t number, RecoveryPoint& point) {
    point.parts.push_back({make_uuid(world.seed(), Kind::recovery_point_part, number),
                           make_uuid(world.seed(), Kind::recovery_point_part_site, number), vm});
}

}  // namespace

std::vector<RecoveryPoint> make_recovery_points(const World& world) {
    std::vector<RecoveryPoint> points;
    if (world.size.vms == 0) return points;
    for (std::uint32_t made = 0; made < world.size.recovery_points;) {
        const auto index = static_cast<std::uint32_t>(points.size());
        RecoveryPoint point = make_point(world, index);
        const std::uint32_t vm =
            Draws(world.seed(), Kind::recovery_point_part, index).below(world.size.vms);
        point.cluster = place_vm(world, vm).cluster;
        if (index % kVolumesOnlyEvery == kVolumesOnlyEvery - 1) {
            points.push_back(std::move(point));
            continue;
        }
        add_part(world, vm, made++, point);
        const bool is_group = index % kGroupEvery == 3 && world.size.vms > 1;
        if (is_group && made < world.size.recovery_points)
            add_part(world, (vm + 1) % world.size.vms, made++, point);
        points.push_back(std::move(point));
    }
    return points;
}

std::vector<Template> make_templates(const World& world) {
    static constexpr std::array<const char*, 4> kNames = {"web-golden", "db-golden", "k8s-node",
                                                          "윈도우 2022"};
    std::vector<Template> templates;
    if (world.size.vms == 0) return templates;
    for (std::uint32_t i = 0; i < world.size.templates; ++i) {
        Draws draws(world.seed(), Kind::vm_template, i);
        Template made;
        made.id = make_uuid(world.seed(), Kind::vm_template, i);
        made.version = make_uuid(world.seed(), Kind::template_version, i);
        made.name = kNames[i % kNames.size()];
        if (i >= kNames.size()) made.name += "-" + std::to_string(i);
        if (i % 2 == 0) made.description = "for all teams";
        made.version_name = i % 3 == 2 ? "Initial Version" : "2." + std::to_string(i) + ".0";
        if (i % 3 != 2) made.version_description = "patched";
        made.owner = draws.below(static_cast<std::uint32_t>(world.users.size()));
        made.created_us = kFirstUs + draws.below(86'400) * kSecondUs + 250'000;
        made.vm = draws.below(world.size.vms);
        templates.push_back(std::move(made));
    }
    return templates;
}

}  // namespace pf::sim
