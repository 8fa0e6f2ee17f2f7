#include "tests/prism_sim/v3/entities.hpp"
#include "tests/prism_sim/v3/table.hpp"

namespace pf::sim::v3 {
namespace {

Table volume_group_table(const World& w, VmRoster& roster) {
    const auto attachments = std::make_shared<const VolumeAttachments>(w);
    return {{"volume_groups", "volume_group"},
            size_of(w.volume_groups),
            id_of(w.volume_groups),
            name_of(w.volume_groups),
            [&w](std::uint32_t i) { return w.volume_groups[i].cluster; },
            [&w, &roster, attachments](JsonWriter& out, std::uint32_t i) {
                std::vector<Uuid> vms;
                for (const std::uint32_t serial : attachments->of(i))
                    if (const Uuid id = vm_id(w, serial); roster.find(id)) vms.push_back(id);
                write_volume_group(out, w, i, vms);
            }};
}

}  // namespace

std::vector<Table> make_storage_tables(const World& world, VmRoster& roster) {
    return {volume_group_table(world, roster)};
}

}  // namespace pf::sim::v3
