#include "tests/prism_sim/v3/entities.hpp"
#include "tests/prism_sim/v3/table.hpp"

namespace pf::sim::v3 {
namespace {

// One entry for each machine of each recovery point: v3 knows no groups.
struct Part {
    const RecoveryPoint* point;
    const RecoveryPointPart* part;
};

Table recovery_point_table(const World& w) {
    auto parts = std::make_shared<std::vector<Part>>();
    for (const RecoveryPoint& point : w.recovery_points)
        for (const RecoveryPointPart& part : point.parts) parts->push_back({&point, &part});
    return {{"vm_recovery_points", "vm_recovery_point"},
            static_cast<std::uint32_t>(parts->size()),
            [parts](std::uint32_t i) { return (*parts)[i].part->id; },
            [parts](std::uint32_t i) { return std::string_view((*parts)[i].point->name); },
            [parts](std::uint32_t i) { return (*parts)[i].point->cluster; },
            [&w, parts](JsonWriter& out, std::uint32_t i) {
                write_recovery_point(out, w, *(*parts)[i].point, *(*parts)[i].part);
            }};
}

}  // namespace

std::vector<Table> make_machine_tables(const Config& config, const World& world) {
    if (config.prism_element) return {};
    return {recovery_point_table(world)};
}

}  // namespace pf::sim::v3
