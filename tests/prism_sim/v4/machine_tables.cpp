#include "tests/prism_sim/v4/entities.hpp"
#include "tests/prism_sim/v4/table.hpp"

namespace pf::sim {
namespace {

constexpr CollectionNames kEsxiVms = {"vmm",
                                      "esxi/config/vms",
                                      "vmm.v4.esxi.config.Vm",
                                      "vmm.v4.esxi.config.ListVmsApiResponse",
                                      "vmm.v4.esxi.config.GetVmApiResponse",
                                      "VM",
                                      "vmExtId",
                                      "esxi_vm"};
constexpr CollectionNames kRecoveryPoints = {
    "dataprotection",
    "config/recovery-points",
    "dataprotection.v4.config.RecoveryPoint",
    "dataprotection.v4.config.ListRecoveryPointsApiResponse",
    "dataprotection.v4.config.GetRecoveryPointApiResponse",
    "recovery point",
    "recoveryPointExtId",
    "recovery_point"};

Table esxi_vm_table(const World& w) {
    return {kEsxiVms,
            size_of(w.esxi_vms),
            id_of(w.esxi_vms),
            name_of(w.esxi_vms),
            by_cluster(w, w.esxi_vms, "cluster/extId"),
            [&w](ObjectWriter& out, std::uint32_t i) { write_esxi_vm(out, w, i); },
            cluster_of(w.esxi_vms)};
}

Table recovery_point_table(const World& w) {
    return {kRecoveryPoints,
            size_of(w.recovery_points),
            id_of(w.recovery_points),
            name_of(w.recovery_points),
            nullptr,
            [&w](ObjectWriter& out, std::uint32_t i) { write_recovery_point(out, w, i); },
            cluster_of(w.recovery_points)};
}

}  // namespace

std::vector<Table> make_machine_tables(const World& world) {
    return {esxi_vm_table(world), recovery_point_table(world)};
}

}  // namespace pf::sim
