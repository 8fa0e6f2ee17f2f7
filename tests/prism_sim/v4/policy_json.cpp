#include <array>

#include "tests/prism_sim/model/site_facts.hpp"
#include "tests/prism_sim/model/time_text.hpp"
#include "tests/prism_sim/v4/entities.hpp"

namespace pf::sim {
namespace {

template <std::size_t K>
void write_category_ids(ObjectWriter& out, const char (&key)[K], const World& world,
                        const std::vector<std::uint32_t>& categories) {
    out.open_list(key);
    for (const std::uint32_t category : categories) out.element(world.categories[category].id);
    out.close_list();
}

template <std::size_t K>
void write_subnet_of_rule(ObjectWriter& out, const char (&key)[K], const Prefix& prefix) {
    out.open_common(key, "common.v1.config.IPv4Address");
    out.plain("value", Ipv4Text(prefix.base).view());
    out.number("prefixLength", prefix.bits);
    out.close();
}

void write_ports(ObjectWriter& out, const PolicyRule& rule) {
    out.number("startPort", rule.first_port);
    out.number("endPort", rule.last_port);
    out.close();
    out.close_list();
}

void write_traffic(ObjectWriter& out, const PolicyRule& rule) {
    switch (rule.traffic) {
        case Traffic::everything:
            return out.flag("isAllProtocolAllowed", true);
        case Traffic::tcp:
            out.open_list("tcpServices");
            out.open_item("microseg.v4.config.TcpPortRangeSpec");
            return write_ports(out, rule);
        case Traffic::udp:
            out.open_list("udpServices");
            out.open_item("microseg.v4.config.UdpPortRangeSpec");
            return write_ports(out, rule);
        case Traffic::ping:
            break;
    }
    out.open_list("icmpServices");
    out.open_item("microseg.v4.config.IcmpTypeCodeSpec");
    out.number("type", 8);
    out.number("code", 0);
    out.close();
    out.close_list();
}

void write_peer(ObjectWriter& out, const World& world, const PolicyRule& rule) {
    if (rule.is_inbound) {
        if (rule.subnet) return write_subnet_of_rule(out, "srcSubnet", *rule.subnet);
        if (rule.categories.empty()) return out.plain("srcAllowSpec", "ALL");
        return write_category_ids(out, "srcCategoryReferences", world, rule.categories);
    }
    if (rule.subnet) return write_subnet_of_rule(out, "destSubnet", *rule.subnet);
    if (rule.categories.empty()) return out.plain("destAllowSpec", "ALL");
    write_category_ids(out, "destCategoryReferences", world, rule.categories);
}

void write_rule(ObjectWriter& out, const World& world, const SecurityPolicy& policy,
                const PolicyRule& rule) {
    out.open_item("microseg.v4.config.NetworkSecurityPolicyRule");
    out.uuid("extId", rule.id);
    if (!rule.description.empty()) out.text("description", rule.description);
    out.plain("type", policy.type == PolicyType::quarantine ? "QUARANTINE" : "APPLICATION");
    out.open("spec", "microseg.v4.config.ApplicationRuleSpec");
    write_category_ids(out, "securedGroupCategoryReferences", world, policy.secured);
    write_peer(out, world, rule);
    write_traffic(out, rule);
    out.close();
    out.plain("$specItemDiscriminator", "microseg.v4.config.ApplicationRuleSpec");
    out.close();
}

void write_inside_rule(ObjectWriter& out, const World& world, const SecurityPolicy& policy) {
    out.open_item("microseg.v4.config.NetworkSecurityPolicyRule");
    out.uuid("extId", policy.inside_rule);
    out.plain("type", "INTRA_GROUP");
    out.open("spec", "microseg.v4.config.IntraEntityGroupRuleSpec");
    out.plain("securedGroupAction", policy.allows_inside ? "ALLOW" : "DENY");
    write_category_ids(out, "securedGroupCategoryReferences", world, policy.secured);
    out.close();
    out.plain("$specItemDiscriminator", "microseg.v4.config.IntraEntityGroupRuleSpec");
    out.close();
}

void write_isolation_rule(ObjectWriter& out, const World& world, const SecurityPolicy& policy) {
    out.open_item("microseg.v4.config.NetworkSecurityPolicyRule");
    out.uuid("extId", policy.inside_rule);
    out.plain("type", "TWO_ENV_ISOLATION");
    out.open("spec", "microseg.v4.config.TwoEnvIsolationRuleSpec");
    write_category_ids(out, "firstIsolationGroup", world, policy.secured);
    write_category_ids(out, "secondIsolationGroup", world, policy.isolated);
    out.close();
    out.plain("$specItemDiscriminator", "microseg.v4.config.TwoEnvIsolationRuleSpec");
    out.close();
}

}  // namespace

void write_security_policy(ObjectWriter& out, const World& world, std::uint32_t index) {
    static constexpr std::array<std::string_view, 3> kTypes = {"APPLICATION", "ISOLATION",
                                                               "QUARANTINE"};
    static constexpr std::array<std::string_view, 3> kStates = {"ENFORCE", "MONITOR", "SAVE"};
    const SecurityPolicy& policy = world.network.policies[index];
    out.open_item("microseg.v4.config.NetworkSecurityPolicy");
    out.uuid("extId", policy.id);
    out.text("name", policy.name);
    if (!policy.description.empty()) out.text("description", policy.description);
    out.plain("type", kTypes[static_cast<std::size_t>(policy.type)]);
    out.plain("state", kStates[static_cast<std::size_t>(policy.state)]);
    out.open_list("rules");
    if (policy.type == PolicyType::isolation) {
        write_isolation_rule(out, world, policy);
    } else {
        write_inside_rule(out, world, policy);
        for (const PolicyRule& rule : policy.rules) write_rule(out, world, policy, rule);
    }
    out.close_list();
    out.flag("isHitlogEnabled", policy.has_hitlog);
    out.flag("isIpv6TrafficAllowed", false);
    out.flag("isSystemDefined", policy.type == PolicyType::quarantine);
    out.plain("scope", policy.vpc ? "VPC_LIST" : "ALL_VLAN");
    if (policy.vpc) {
        out.open_list("vpcReferences");
        out.element(world.network.vpcs[*policy.vpc].id);
        out.close_list();
    }
    out.uuid("createdBy", world.users.front().id);
    out.plain("creationTime", TimeText(policy.created_us).micros());
    out.plain("lastUpdateTime", TimeText(policy.created_us).micros());
    out.close();
}

}  // namespace pf::sim
