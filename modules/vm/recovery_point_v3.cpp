#include "recovery_point.hpp"

namespace vm {
namespace {

Reference reference_of(pf::Value reference) noexcept {
    return {reference["uuid"].str(), reference["name"].str()};
}

}  // namespace

RecoveryPointFacts recovery_point_v3(pf::Value entity) noexcept {
    const pf::Value status = entity["status"];
    const pf::Value resources = status["resources"];
    const pf::Value metadata = entity["metadata"];
    RecoveryPointFacts facts;
    facts.id = metadata["uuid"].str();
    facts.name = status["name"].str(entity["spec"]["name"].str());
    facts.type = resources["recovery_point_type"].str();
    facts.status = status["state"].str();
    facts.created = resources["creation_time"].str(metadata["creation_time"].str());
    facts.expires = resources["expiration_time"].str();
    facts.location_agnostic_id = resources["vm_recovery_point_location_agnostic_uuid"].str();
    facts.consistency_group = resources["consistency_group_uuid"].str();
    facts.owner = metadata["owner_reference"]["uuid"].str();
    facts.machine = reference_of(resources["parent_vm_reference"]);
    if (facts.machine.uuid.empty()) {
        facts.machine = reference_of(entity["spec"]["resources"]["parent_vm_reference"]);
    }
    facts.location = reference_of(status["cluster_reference"]);
    if (facts.location.uuid.empty()) {
        facts.location = reference_of(entity["spec"]["cluster_reference"]);
    }
    return facts;
}

}  // namespace vm
