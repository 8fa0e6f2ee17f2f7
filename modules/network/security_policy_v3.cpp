#include "security_policy.hpp"

namespace network {
namespace {

void add_group(pf::Value filter, Peer& out) {
    std::vector<Category> group;
    read_category_map(filter["params"], group);
    if (!group.empty()) out.groups.push_back(std::move(group));
}

// v4 calls an applied policy enforced.
std::string_view state_of(std::string_view action) noexcept {
    return action == "APPLY" ? "ENFORCE" : action;
}

void read_services(pf::Value rule, std::string& out) {
    const std::string_view protocol = rule["protocol"].str();
    const std::size_t before = out.size();
    add_ports(out, "TCP", rule["tcp_port_range_list"], "start_port", "end_port");
    add_ports(out, "UDP", rule["udp_port_range_list"], "start_port", "end_port");
    for (pf::Value icmp : rule["icmp_type_code_list"]) {
        std::string word = "ICMP";
        if (const auto type = icmp["type"].i64()) word += " type " + std::to_string(*type);
        if (const auto code = icmp["code"].i64()) word += " code " + std::to_string(*code);
        add_word(out, word);
    }
    for (pf::Value group : rule["service_group_list"]) {
        const std::string_view uuid = group["uuid"].str();
        if (!uuid.empty()) add_word(out, "service group " + std::string(uuid));
    }
    if (out.size() == before) add_word(out, protocol.empty() ? "ALL" : protocol);
}

// What is said of the other side; without it, the word that says of what kind it is.
Peer peer_of(pf::Value rule) {
    Peer out;
    add_group(rule["filter"], out);
    out.subnet = cidr_of(rule["ip_subnet"]);
    for (pf::Value group : rule["address_group_inclusion_list"]) {
        const std::string_view uuid = group["uuid"].str();
        if (!uuid.empty()) out.address_groups.push_back(uuid);
    }
    if (!out.exists()) out.word = rule["peer_specification_type"].str();
    return out;
}

Rule allowing(pf::Value rule, std::string_view type, Direction direction, const Peer& secured) {
    Rule out;
    out.type = type;
    out.description = rule["description"].str();
    out.action = "ALLOW";
    out.direction = direction;
    const bool is_inbound = direction == Direction::inbound;
    out.source = is_inbound ? peer_of(rule) : secured;
    out.destination = is_inbound ? secured : peer_of(rule);
    read_services(rule, out.services);
    return out;
}

// An application and a quarantine are alike; `type` is v4's word for their rules.
void read_application(pf::Value application, std::string_view type, PolicyFacts& out) {
    out.state = state_of(application["action"].str());
    const pf::Value target = application["target_group"];
    Peer secured;
    add_group(target["filter"], secured);
    read_category_map(target["filter"]["params"], out.secured);
    const std::string_view inside = target["default_internal_policy"].str();
    if (!inside.empty()) {
        Rule rule;
        rule.type = "INTRA_GROUP";
        rule.action = inside == "ALLOW_ALL" ? "ALLOW" : inside == "DENY_ALL" ? "DENY" : inside;
        rule.source = rule.destination = secured;
        out.rules.push_back(std::move(rule));
    }
    for (pf::Value rule : application["inbound_allow_list"]) {
        out.rules.push_back(allowing(rule, type, Direction::inbound, secured));
    }
    for (pf::Value rule : application["outbound_allow_list"]) {
        out.rules.push_back(allowing(rule, type, Direction::outbound, secured));
    }
}

void read_isolation(pf::Value isolation, PolicyFacts& out) {
    out.state = state_of(isolation["action"].str());
    Rule rule;
    rule.type = "TWO_ENV_ISOLATION";
    rule.action = "DENY";
    add_group(isolation["first_entity_filter"], rule.source);
    add_group(isolation["second_entity_filter"], rule.destination);
    for (const char* side : {"first_entity_filter", "second_entity_filter"}) {
        read_category_map(isolation[side]["params"], out.secured);
    }
    out.rules.push_back(std::move(rule));
}

}  // namespace

void read_policy_v3(pf::Value policy, PolicyFacts& out) {
    const pf::Value resources = policy["status"]["resources"];
    out.created = policy["metadata"]["creation_time"].str();
    out.is_hitlog = resources["is_policy_hitlog_enabled"].boolean();
    out.is_ipv6_allowed = resources["allow_ipv6_traffic"].boolean();
    out.is_system_defined = policy["status"]["is_system_defined"].boolean();
    for (const char* key : {"app_rule", "ad_rule"}) {
        if (!resources[key].exists()) continue;
        out.type = "APPLICATION";
        read_application(resources[key], "APPLICATION", out);
    }
    if (resources["isolation_rule"].exists()) {
        out.type = "ISOLATION";
        read_isolation(resources["isolation_rule"], out);
    }
    if (resources["quarantine_rule"].exists()) {
        out.type = "QUARANTINE";
        read_application(resources["quarantine_rule"], "QUARANTINE", out);
    }
}

}  // namespace network
