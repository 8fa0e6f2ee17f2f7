#include "vpc.hpp"

#include <algorithm>

namespace network {
namespace {

ExternalSubnet external_subnet_v4(pf::Value entry) {
    ExternalSubnet out;
    out.subnet.uuid = entry["subnetReference"].str();
    read_ips(entry["externalIps"], out.ips);
    for (pf::Value node : entry["activeGatewayNodes"]) {
        out.nodes.push_back({{node["nodeId"].str(), {}}, ip_of(node["nodeIpAddress"])});
    }
    return out;
}

void read_v4(pf::Value vpc, VpcFacts& out) {
    out.type = vpc["vpcType"].str();
    read_ips(vpc["commonDhcpOptions"]["domainNameServers"], out.dns);
    read_ips(vpc["snatIps"], out.snat_ips);
    for (pf::Value prefix : vpc["externallyRoutablePrefixes"]) {
        out.routable_prefixes.push_back(cidr_of(prefix));
    }
    out.routing_domain = vpc["externalRoutingDomainReference"].str();
    for (pf::Value entry : vpc["externalSubnets"]) {
        out.external_subnets.push_back(external_subnet_v4(entry));
    }
}

ExternalSubnet external_subnet_v3(pf::Value entry) {
    ExternalSubnet out;
    out.subnet = reference_of(entry["external_subnet_reference"]);
    read_ips(entry["external_ip_list"], out.ips);
    const pf::Value node = entry["active_gateway_node"];
    if (node.exists()) {
        out.nodes.push_back({reference_of(node["host_reference"]), ip_of(node["ip_address"])});
    }
    return out;
}

void read_v3(pf::Value resources, VpcFacts& out) {
    read_ips(resources["common_domain_name_server_ip_list"], out.dns);
    for (pf::Value prefix : resources["externally_routable_prefix_list"]) {
        out.routable_prefixes.push_back(cidr_of(prefix));
    }
    for (pf::Value entry : resources["external_subnet_list"]) {
        out.external_subnets.push_back(external_subnet_v3(entry));
    }
}

void write_vpc(const Record& record, pf::Object& data, const VpcFacts& facts) {
    pf::Object out = data.object("vpc");
    out.put("uuid", record.id);
    out.text("name", facts.entity.name);
    out.text("type", facts.type);
    write_texts(out, "dns", facts.dns);
    write_texts(out, "snat_ips", facts.snat_ips);
    {
        pf::Array prefixes = out.array("routable_prefixes");
        for (const std::string& prefix : facts.routable_prefixes) {
            prefixes.add(std::string_view(prefix));
        }
    }
    out.text("routing_domain_uuid", facts.routing_domain);
    out.text("description", facts.entity.description);
    out.text("owner", facts.entity.owner);
}

bool is_hidden(const ExternalSubnet& external, const Names& names) {
    return names.subnets.hides(external.subnet) ||
           std::any_of(external.nodes.begin(), external.nodes.end(),
                       [&](const GatewayNode& node) { return names.hosts.hides(node.host); });
}

void write_nodes(pf::Object& out, const ExternalSubnet& external, const Names& names) {
    pf::Array nodes = out.array("gateway_nodes");
    for (const GatewayNode& node : external.nodes) {
        pf::Object each = nodes.object();
        each.text("uuid", node.host.uuid);
        each.text("name", names.hosts.name_of(node.host));
        each.text("ip", node.ip);
    }
}

void write_external_subnets(const Record& record, pf::Object& data, const VpcFacts& facts) {
    const bool is_any_hidden =
        std::any_of(facts.external_subnets.begin(), facts.external_subnets.end(),
                    [&](const ExternalSubnet& each) { return is_hidden(each, record.names); });
    if (is_any_hidden) return record.row.unknown("external_subnets");
    pf::Array list = data.array("external_subnets");
    for (const ExternalSubnet& external : facts.external_subnets) {
        pf::Object each = list.object();
        each.text("uuid", external.subnet.uuid);
        each.text("name", record.names.subnets.name_of(external.subnet));
        write_texts(each, "ips", external.ips);
        write_nodes(each, external, record.names);
    }
}

}  // namespace

void read(pf::Value vpc, int dialect, VpcFacts& out) {
    read_entity(vpc, dialect, out.entity);
    dialect == 3 ? read_v3(vpc["status"]["resources"], out) : read_v4(vpc, out);
    const auto is_empty = [](const std::string& prefix) { return prefix.empty(); };
    auto& prefixes = out.routable_prefixes;
    prefixes.erase(std::remove_if(prefixes.begin(), prefixes.end(), is_empty), prefixes.end());
}

void describe(const Record& record, const VpcFacts& facts) {
    write_head(record, facts.entity, whole_central, "vpcs");
    record.row.instance_type(facts.type);
    pf::Object data = record.row.data();
    write_vpc(record, data, facts);
    write_external_subnets(record, data, facts);
    write_tail(record, data, facts.entity);
}

}  // namespace network
