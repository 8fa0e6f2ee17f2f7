#include "security_policy.hpp"

namespace network {
namespace {

void add_group(pf::Value ids, Peer& out) {
    std::vector<Category> group;
    read_category_ids(ids, group);
    if (!group.empty()) out.groups.push_back(std::move(group));
}

void add_texts(pf::Value list, std::vector<std::string_view>& out) {
    for (pf::Value each : list) {
        if (!each.str().empty()) out.push_back(each.str());
    }
}

// A subnet is an IPv4Address here: its prefixLength is the subnet's.
std::string subnet_of(pf::Value subnet) {
    const std::string_view address = ip_of(subnet);
    const auto length = subnet["prefixLength"].i64();
    if (address.empty() || !length) return std::string(address);
    return std::string(address) + "/" + std::to_string(*length);
}

void read_services(pf::Value spec, std::string& out) {
    if (spec["isAllProtocolAllowed"].boolean(false)) add_word(out, "ALL");
    add_ports(out, "TCP", spec["tcpServices"], "startPort", "endPort");
    add_ports(out, "UDP", spec["udpServices"], "startPort", "endPort");
    for (pf::Value icmp : spec["icmpServices"]) {
        std::string word = "ICMP";
        if (const auto type = icmp["type"].i64()) word += " type " + std::to_string(*type);
        if (const auto code = icmp["code"].i64()) word += " code " + std::to_string(*code);
        add_word(out, word);
    }
    for (pf::Value group : spec["serviceGroupReferences"]) {
        if (!group.str().empty()) add_word(out, "service group " + std::string(group.str()));
    }
}

// The secured group is one side, what the rule names is the other.
void read_application(pf::Value spec, Rule& out) {
    Peer secured;
    add_group(spec["securedGroupCategoryReferences"], secured);
    Peer from;
    from.word = spec["srcAllowSpec"].str();
    add_group(spec["srcCategoryReferences"], from);
    from.subnet = subnet_of(spec["srcSubnet"]);
    add_texts(spec["srcAddressGroupReferences"], from.address_groups);
    Peer to;
    to.word = spec["destAllowSpec"].str();
    add_group(spec["destCategoryReferences"], to);
    to.subnet = subnet_of(spec["destSubnet"]);
    add_texts(spec["destAddressGroupReferences"], to.address_groups);
    const bool is_outbound = to.exists() && !from.exists();
    if (is_outbound) {
        out.direction = Direction::outbound;
        out.source = std::move(secured);
        out.destination = std::move(to);
    } else {
        out.direction = Direction::inbound;
        out.source = std::move(from);
        out.destination = std::move(secured);
    }
    out.action = "ALLOW";
    read_services(spec, out.services);
}

void read_isolation(pf::Value spec, Rule& out) {
    add_group(spec["firstIsolationGroup"], out.source);
    add_group(spec["secondIsolationGroup"], out.destination);
    for (pf::Value group : spec["spec"]["isolationGroups"]) {
        add_group(group["groupCategoryReferences"], out.source);
        add_group(group["groupCategoryReferences"], out.destination);
    }
    out.action = "DENY";
}

void read_intra_group(pf::Value spec, Rule& out) {
    add_group(spec["securedGroupCategoryReferences"], out.source);
    add_group(spec["securedGroupCategoryReferences"], out.destination);
    out.action = spec["securedGroupAction"].str();
}

Rule rule_of(pf::Value rule) {
    Rule out;
    out.uuid = rule["extId"].str();
    out.type = rule["type"].str();
    out.description = rule["description"].str();
    const pf::Value spec = rule["spec"];
    if (out.type == "INTRA_GROUP") {
        read_intra_group(spec, out);
    } else if (out.type.ends_with("_ISOLATION")) {
        read_isolation(spec, out);
    } else {
        read_application(spec, out);
    }
    return out;
}

void read_secured(pf::Value rule, PolicyFacts& out) {
    const pf::Value spec = rule["spec"];
    for (const char* key :
         {"securedGroupCategoryReferences", "firstIsolationGroup", "secondIsolationGroup"}) {
        read_category_ids(spec[key], out.secured);
    }
    for (pf::Value group : spec["spec"]["isolationGroups"]) {
        read_category_ids(group["groupCategoryReferences"], out.secured);
    }
}

}  // namespace

void read_policy_v4(pf::Value policy, PolicyFacts& out) {
    out.type = policy["type"].str();
    out.state = policy["state"].str();
    out.scope = policy["scope"].str();
    out.created = policy["creationTime"].str();
    out.is_hitlog = policy["isHitlogEnabled"].boolean();
    out.is_ipv6_allowed = policy["isIpv6TrafficAllowed"].boolean();
    out.is_system_defined = policy["isSystemDefined"].boolean();
    for (pf::Value vpc : policy["vpcReferences"]) {
        if (!vpc.str().empty()) out.vpcs.push_back({vpc.str(), {}});
    }
    for (pf::Value rule : policy["rules"]) {
        out.rules.push_back(rule_of(rule));
        read_secured(rule, out);
    }
}

}  // namespace network
