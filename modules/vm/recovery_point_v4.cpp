#include "recovery_point.hpp"

namespace vm {
namespace {

// The part's own text, else that of the whole.
std::string_view own_or_whole(pf::Value part, pf::Value whole, std::string_view key) noexcept {
    return part[key].str(whole[key].str());
}

std::int64_t count(pf::Value list) noexcept {
    std::int64_t number = 0;
    if (list.kind() != pf::Kind::array) return number;
    for ([[maybe_unused]] pf::Value each : list) ++number;
    return number;
}

std::string_view first_location(pf::Value locations) noexcept {
    for (pf::Value each : locations) {
        const std::string_view id = each["locationExtId"].str();
        if (!id.empty()) return id;
    }
    return {};
}

}  // namespace

RecoveryPointFacts recovery_point_v4(pf::Value whole, pf::Value part) noexcept {
    RecoveryPointFacts facts;
    facts.id = part["extId"].str();
    facts.name = own_or_whole(part, whole, "name");
    facts.type = own_or_whole(part, whole, "recoveryPointType");
    facts.status = own_or_whole(part, whole, "status");
    facts.created = own_or_whole(part, whole, "creationTime");
    facts.expires = own_or_whole(part, whole, "expirationTime");
    facts.location_agnostic_id = part["locationAgnosticId"].str();
    facts.consistency_group = part["consistencyGroupExtId"].str();
    facts.whole = whole["extId"].str();
    facts.parts = count(whole["vmRecoveryPoints"]) + count(whole["volumeGroupRecoveryPoints"]);
    facts.is_secure = whole["isSecure"].boolean();
    facts.exclusive_bytes = whole["totalExclusiveUsageBytes"].i64();
    facts.owner = whole["ownerExtId"].str();
    facts.machine.uuid = part["vmExtId"].str();
    facts.location.uuid = first_location(whole["locationReferences"]);
    return facts;
}

}  // namespace vm
