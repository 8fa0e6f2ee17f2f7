#include <array>

#include "tests/prism_sim/v3/entities.hpp"
#include "tests/prism_sim/v3/intent_writer.hpp"

namespace pf::sim::v3 {
namespace {

// True if an earlier category of the list has the same key.
bool is_repeated_key(const World& world, const std::vector<std::uint32_t>& all, std::size_t at) {
    for (std::size_t i = 0; i < at; ++i)
        if (world.categories[all[i]].key == world.categories[all[at]].key) return true;
    return false;
}

// {"type", "kind_list", "params": {key: [value, ...]}}
template <std::size_t K>
void write_filter(JsonWriter& out, const char (&key)[K], const World& world,
                  const std::vector<std::uint32_t>& categories) {
    out.open(key);
    out.plain("type", "CATEGORIES_MATCH_ALL");
    out.open_list("kind_list");
    out.element("vm");
    out.close_list();
    out.open("params");
    for (std::size_t i = 0; i < categories.size(); ++i) {
        if (is_repeated_key(world, categories, i)) continue;
        const std::string& name = world.categories[categories[i]].key;
        out.open_list_by_name(name);
        for (std::size_t k = i; k < categories.size(); ++k)
            if (world.categories[categories[k]].key == name)
                out.element(world.categories[categories[k]].value);
        out.close_list();
    }
    out.close();
    out.close();
}

void write_peer(JsonWriter& out, const World& world, const PolicyRule& rule) {
    if (rule.subnet) {
        out.plain("peer_specification_type", "IP_SUBNET");
        out.open("ip_subnet");
        out.plain("ip", Ipv4Text(rule.subnet->base).view());
        out.number("prefix_length", rule.subnet->bits);
        out.close();
    } else if (rule.categories.empty()) {
        out.plain("peer_specification_type", "ALL");
    } else {
        out.plain("peer_specification_type", "FILTER");
        write_filter(out, "filter", world, rule.categories);
    }
}

template <std::size_t K>
void write_ports(JsonWriter& out, const char (&key)[K], const PolicyRule& rule) {
    out.open_list(key);
    out.open_item();
    out.number("start_port", rule.first_port);
    out.number("end_port", rule.last_port);
    out.close();
    out.close_list();
}

void write_traffic(JsonWriter& out, const PolicyRule& rule) {
    static constexpr std::array<std::string_view, 4> kProtocols = {"ALL", "TCP", "UDP", "ICMP"};
    out.plain("protocol", kProtocols[static_cast<std::size_t>(rule.traffic)]);
    if (rule.traffic == Traffic::tcp) write_ports(out, "tcp_port_range_list", rule);
    if (rule.traffic == Traffic::udp) write_ports(out, "udp_port_range_list", rule);
    if (rule.traffic != Traffic::ping) return;
    out.open_list("icmp_type_code_list");
    out.open_item();
    out.number("type", 8);
    out.number("code", 0);
    out.close();
    out.close_list();
}

void write_rules(JsonWriter& out, const World& world, const SecurityPolicy& policy, bool inbound) {
    for (const PolicyRule& rule : policy.rules) {
        if (rule.is_inbound != inbound) continue;
        out.open_item();
        write_peer(out, world, rule);
        write_traffic(out, rule);
        if (!rule.description.empty()) out.text("description", rule.description);
        out.close();
    }
}

void write_target(JsonWriter& out, const World& world, const SecurityPolicy& policy) {
    out.open("target_group");
    out.plain("peer_specification_type", "FILTER");
    out.plain("default_internal_policy", policy.allows_inside ? "ALLOW_ALL" : "DENY_ALL");
    write_filter(out, "filter", world, policy.secured);
    out.close();
    out.open_list("inbound_allow_list");
    write_rules(out, world, policy, true);
    out.close_list();
    out.open_list("outbound_allow_list");
    write_rules(out, world, policy, false);
    out.close_list();
}

void write_resources(JsonWriter& out, const World& world, const SecurityPolicy& policy) {
    static constexpr std::array<std::string_view, 3> kActions = {"APPLY", "MONITOR", "SAVE"};
    const std::string_view action = kActions[static_cast<std::size_t>(policy.state)];
    out.open("resources");
    out.flag("allow_ipv6_traffic", false);
    out.flag("is_policy_hitlog_enabled", policy.has_hitlog);
    if (policy.type == PolicyType::isolation) {
        out.open("isolation_rule");
        out.plain("action", action);
        write_filter(out, "first_entity_filter", world, policy.secured);
        write_filter(out, "second_entity_filter", world, policy.isolated);
    } else {
        policy.type == PolicyType::quarantine ? out.open("quarantine_rule") : out.open("app_rule");
        out.plain("action", action);
        write_target(out, world, policy);
    }
    out.close();
    out.close();
}

}  // namespace

void write_security_policy(JsonWriter& out, const World& world, std::uint32_t index) {
    const SecurityPolicy& policy = world.network.policies[index];
    for (const bool is_status : {true, false}) {
        is_status ? out.open("status") : out.open("spec");
        out.text("name", policy.name);
        if (!policy.description.empty()) out.text("description", policy.description);
        if (is_status) out.plain("state", "COMPLETE");
        if (is_status) out.flag("is_system_defined", policy.type == PolicyType::quarantine);
        write_resources(out, world, policy);
        out.close();
    }
    write_metadata(out, world,
                   {.kind = "network_security_rule",
                    .id = policy.id,
                    .created_us = policy.created_us,
                    .updated_us = policy.created_us});
}

}  // namespace pf::sim::v3
