#include <array>

#include "tests/prism_sim/model/network.hpp"
#include "tests/prism_sim/model/random.hpp"
#include "tests/prism_sim/model/world.hpp"

namespace pf::sim {
namespace {

constexpr std::uint64_t kFirstPolicyUs = 1'767'225'600'000'000ULL;
constexpr std::uint64_t kDayUs = 86'400'000'000ULL;
constexpr std::uint32_t kMostRules = 16;  // Ids of the rules of one policy: index * this + n.
// Positions in the catalogue of categories.
constexpr std::uint32_t kProduction = 0, kDev = 3, kWeb = 8, kApp = 9, kDb = 10, kPci = 24;

class PolicyMaker {
  public:
    PolicyMaker(const World& world, std::uint32_t index) : world_(world), index_(index) {
        policy.id = make_uuid(world.seed(), Kind::security_policy, index);
        policy.inside_rule = make_uuid(world.seed(), Kind::policy_rule, index * kMostRules);
        policy.created_us = kFirstPolicyUs + index * kDayUs + 945'000;
    }

    PolicyRule& rule(Traffic traffic, std::uint32_t first_port = 0, std::uint32_t last_port = 0) {
        PolicyRule rule;
        rule.id = make_uuid(world_.seed(), Kind::policy_rule,
                            index_ * kMostRules + policy.rules.size() + 1);
        rule.traffic = traffic;
        rule.first_port = first_port;
        rule.last_port = last_port;
        return policy.rules.emplace_back(std::move(rule));
    }

    SecurityPolicy policy;

  private:
    const World& world_;
    std::uint32_t index_;
};

void describe_application(const World& world, std::uint32_t index, PolicyMaker& maker) {
    static constexpr std::array<std::uint32_t, 3> kTiers = {kWeb, kApp, kDb};
    SecurityPolicy& policy = maker.policy;
    const std::uint32_t tier = kTiers[index % kTiers.size()];
    policy.name = "app-" + world.categories[tier].value + "-" + std::to_string(index + 1);
    policy.secured = {tier};
    policy.has_hitlog = index % 2 == 0;
    policy.allows_inside = index % 3 != 2;
    policy.state = static_cast<PolicyState>(index / 4 % 3);
    PolicyRule& customers = maker.rule(Traffic::tcp, 443, 443);
    customers.description = "customers";
    maker.rule(Traffic::everything).subnet = Prefix{10U << 24, 16};
    PolicyRule& below = maker.rule(Traffic::tcp, 5432, 5440);
    below.is_inbound = false;
    below.categories = {kDb, kProduction};
    PolicyRule& names = maker.rule(Traffic::udp, 53, 53);
    names.is_inbound = false;
    names.subnet = Prefix{(172U << 24) | (16U << 16), 24};
    PolicyRule& ping = maker.rule(Traffic::ping);
    ping.categories = {kApp};
    if (index % 4 == 0) policy.description = "what the tier may talk with";
    if (index % 8 == 4) policy.vpc = 0;
}

void describe_isolation(std::uint32_t index, SecurityPolicy& policy) {
    policy.type = PolicyType::isolation;
    policy.name = "apart-" + std::to_string(index + 1);
    policy.state = PolicyState::monitored;
    policy.secured = {kProduction};
    policy.isolated = {kDev};
}

void describe_quarantine(PolicyMaker& maker) {
    maker.policy.type = PolicyType::quarantine;
    maker.policy.name = "Quarantine";
    maker.policy.secured = {kPci};
    maker.policy.allows_inside = false;
    maker.rule(Traffic::tcp, 22, 22).subnet = Prefix{(172U << 24) | (16U << 16) | 10U, 32};
}

}  // namespace

std::vector<SecurityPolicy> make_policies(const World& world) {
    std::vector<SecurityPolicy> all;
    for (std::uint32_t i = 0; i < world.size.policies; ++i) {
        PolicyMaker maker(world, i);
        if (i == 1) {
            describe_quarantine(maker);
        } else if (i % 4 == 3) {
            describe_isolation(i, maker.policy);
        } else {
            describe_application(world, i, maker);
        }
        all.push_back(std::move(maker.policy));
    }
    return all;
}

}  // namespace pf::sim
