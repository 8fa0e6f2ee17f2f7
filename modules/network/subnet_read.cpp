#include <algorithm>

#include "subnet.hpp"

namespace network {
namespace {

void read_dhcp_v4(pf::Value options, SubnetFacts& out) {
    read_ips(options["domainNameServers"], out.dns);
    out.domain = options["domainName"].str();
    for (pf::Value each : options["searchDomains"]) {
        if (!each.str().empty()) out.search_domains.push_back(each.str());
    }
}

void read_pools_v4(pf::Value list, SubnetFacts& out) {
    for (pf::Value pool : list) {
        const Pool read = {ip_of(pool["startIp"]), ip_of(pool["endIp"])};
        if (!read.first.empty() && !read.last.empty()) out.pools.push_back(read);
    }
}

// Each entry has an IPv4 configuration, an IPv6 one or both; the first of a family counts.
void read_ip_config_v4(pf::Value subnet, SubnetFacts& out) {
    for (pf::Value config : subnet["ipConfig"]) {
        const pf::Value ipv4 = config["ipv4"];
        const pf::Value ipv6 = config["ipv6"];
        out.is_managed = out.is_managed || ipv4.exists() || ipv6.exists();
        if (out.cidr.empty()) out.cidr = cidr_of(ipv4["ipSubnet"]);
        if (out.gateway.empty()) out.gateway = ip_of(ipv4["defaultGatewayIp"]);
        if (out.dhcp_server.empty()) out.dhcp_server = ip_of(ipv4["dhcpServerAddress"]);
        if (out.ipv6_cidr.empty()) out.ipv6_cidr = cidr_of(ipv6["ipSubnet"]);
        if (out.ipv6_gateway.empty()) out.ipv6_gateway = ip_of(ipv6["defaultGatewayIp"]);
        read_pools_v4(ipv4["poolList"], out);
    }
    const std::string_view prefix = subnet["ipPrefix"].str();
    if (out.cidr.empty()) out.cidr = prefix;
}

void read_usage(pf::Value usage, const char* free, const char* assigned, SubnetFacts& out) {
    out.free_ips = usage[free].i64();
    out.assigned_ips = usage[assigned].i64();
}

std::int64_t sum_of(pf::Value pools, const char* key) noexcept {
    std::int64_t sum = 0;
    for (pf::Value pool : pools) {
        sum += std::clamp<std::int64_t>(pool[key].i64(0), 0, std::int64_t{1} << 40);
    }
    return sum;
}

// 4.1 has lists of clusters beside the single one.
void read_clusters_v4(pf::Value subnet, SubnetFacts& out) {
    out.cluster = {subnet["clusterReference"].str(), subnet["clusterName"].str()};
    auto names = subnet["clusterNameList"].begin();
    for (pf::Value each : subnet["clusterReferenceList"]) {
        if (!each.str().empty()) out.clusters.push_back({each.str(), (*names).str()});
        if (!(*names).is_absent()) ++names;
    }
    if (out.clusters.empty() && !out.cluster.uuid.empty()) out.clusters.push_back(out.cluster);
    if (out.cluster.uuid.empty() && out.clusters.size() == 1) out.cluster = out.clusters.front();
}

void read_v4(pf::Value subnet, SubnetFacts& out) {
    out.type = subnet["subnetType"].str();
    out.network_id = subnet["networkId"].i64();
    read_clusters_v4(subnet, out);
    out.vpc.uuid = subnet["vpcReference"].str();
    out.virtual_switch.uuid = subnet["virtualSwitchReference"].str();
    out.bridge = subnet["bridgeName"].str();
    out.is_external = subnet["isExternal"].boolean();
    out.is_nat = subnet["isNatEnabled"].boolean();
    out.is_advanced = subnet["isAdvancedNetworking"].boolean();
    read_ip_config_v4(subnet, out);
    read_dhcp_v4(subnet["dhcpOptions"], out);
    const pf::Value usage = subnet["ipUsage"];
    read_usage(usage, "numFreeIPs", "numAssignedIPs", out);
    out.pool_ips = sum_of(usage["ipPoolUsages"], "numTotalIPs");
}

// "10.0.0.16 10.0.3.240"
Pool pool_of_range(std::string_view range) noexcept {
    const std::size_t space = range.find(' ');
    if (space == range.npos) return {};
    return {range.substr(0, space), range.substr(space + 1)};
}

void read_ip_config_v3(pf::Value config, SubnetFacts& out) {
    out.is_managed = config.exists();
    const std::string_view address = config["subnet_ip"].str();
    const auto length = config["prefix_length"].i64();
    if (!address.empty() && length) {
        out.cidr = std::string(address) + "/" + std::to_string(*length);
    }
    out.gateway = config["default_gateway_ip"].str();
    out.dhcp_server = ip_of(config["dhcp_server_address"]);
    const pf::Value options = config["dhcp_options"];
    read_ips(options["domain_name_server_list"], out.dns);
    out.domain = options["domain_name"].str();
    for (pf::Value each : options["domain_search_list"]) {
        if (!each.str().empty()) out.search_domains.push_back(each.str());
    }
    for (pf::Value each : config["pool_list"]) {
        const Pool pool = pool_of_range(each["range"].str());
        if (!pool.first.empty()) out.pools.push_back(pool);
    }
}

void read_v3(pf::Value subnet, SubnetFacts& out) {
    const pf::Value status = subnet["status"];
    const pf::Value resources = status["resources"];
    out.type = resources["subnet_type"].str();
    if (out.type != "OVERLAY") out.network_id = resources["vlan_id"].i64();
    out.cluster = reference_of(status["cluster_reference"]);
    if (!out.cluster.uuid.empty()) out.clusters.push_back(out.cluster);
    out.vpc = reference_of(resources["vpc_reference"]);
    out.virtual_switch.uuid = resources["virtual_switch_uuid"].str();
    out.bridge = resources["vswitch_name"].str();
    out.is_external = resources["is_external"].boolean();
    out.is_nat = resources["enable_nat"].boolean();
    out.is_advanced = resources["advanced_networking"].boolean();
    read_ip_config_v3(resources["ip_config"], out);
    const pf::Value usage = resources["ip_usage_stats"];
    read_usage(usage, "num_free_ips", "num_assigned_ips", out);
    out.pool_ips = sum_of(usage["ip_pools_stats"], "num_total_ips");
}

}  // namespace

void read(pf::Value subnet, int dialect, SubnetFacts& out) {
    read_entity(subnet, dialect, out.entity);
    dialect == 3 ? read_v3(subnet, out) : read_v4(subnet, out);
}

}  // namespace network
