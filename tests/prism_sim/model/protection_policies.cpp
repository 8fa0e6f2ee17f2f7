#include "tests/prism_sim/model/protection_policies.hpp"

#include "tests/prism_sim/model/random.hpp"
#include "tests/prism_sim/model/world.hpp"

namespace pf::sim {
namespace {

constexpr std::uint32_t kHour = 3600;
constexpr std::uint64_t kOtherCentral = 7;

}  // namespace

Uuid other_central_id(const World& world) {
    return make_uuid(world.seed(), Kind::prism_central, kOtherCentral);
}

std::vector<ProtectionPolicy> make_protection_policies(const World& world) {
    const auto last = static_cast<std::uint32_t>(world.clusters.size()) - 1;
    const PolicyLocation here{"site-a", 0, false};
    std::vector<ProtectionPolicy> policies(kProtectionPoliciesOfVms);
    for (std::uint32_t i = 0; i < kProtectionPoliciesOfVms; ++i)
        policies[i].id = make_uuid(world.seed(), Kind::policy, i);

    ProtectionPolicy& gold = policies[0];
    gold.name = "gold";
    gold.description = "hourly, copied to the last cluster";
    gold.locations = {here, {"site-b", last, false}};
    gold.objective_seconds = kHour;
    gold.retention = RetentionForm::rollup;
    gold.kept_locally = 1;
    gold.kept_remotely = 3;
    gold.start_time = "00h:30m";
    gold.categories = {0, 8};

    ProtectionPolicy& silver = policies[1];
    silver.name = "silver";
    silver.locations = {here, {"site-b", last, false}};
    silver.objective_seconds = 6 * kHour;
    silver.is_application_consistent = true;
    silver.retention = RetentionForm::linear;
    silver.kept_locally = 4;
    silver.kept_remotely = 8;
    silver.categories = {1};

    ProtectionPolicy& local = policies[2];
    local.name = "Büro (täglich)";
    local.description = "kept where it is made";
    local.locations = {here};
    local.objective_seconds = 24 * kHour;
    local.retention = RetentionForm::linear;
    local.kept_locally = 7;
    local.categories = {22};

    ProtectionPolicy& synchronous = policies[3];
    synchronous.name = "synchronous";
    synchronous.locations = {{"here", kNone, false}, {"elsewhere", kNone, true}};
    synchronous.suspend_seconds = 10;
    synchronous.categories = {10, 24};

    ProtectionPolicy& unused = policies[4];
    unused.name = "비상 복구";
    unused.locations = {here, {"disaster", kNone, true}};
    unused.objective_seconds = kHour / 4;
    unused.retention = RetentionForm::linear;
    unused.kept_locally = 2;
    unused.kept_remotely = 2;
    return policies;
}

}  // namespace pf::sim
