#include "virtual_switch.hpp"

#include <algorithm>

namespace network {
namespace {

SwitchHost host_of(pf::Value host, std::string_view cluster) {
    SwitchHost out;
    out.host.uuid = host["extId"].str();
    out.cluster = cluster;
    out.bridge = host["internalBridgeName"].str();
    out.ip = ip_of(host["ipAddress"]["ip"]);
    if (out.ip.empty()) out.ip = ip_of(host["ipAddress"]);
    out.active_uplink = host["activeUplink"].str();
    for (pf::Value nic : host["hostNics"]) {
        if (!nic.str().empty()) out.uplinks.push_back(nic.str());
    }
    return out;
}

// Operators look for what is wrong first.
std::string_view state_of(const VirtualSwitchFacts& facts) noexcept {
    if (facts.has_deployment_error) return "DEPLOYMENT_ERROR";
    if (facts.is_being_deleted) return "DELETING";
    return facts.is_being_updated ? "UPDATING" : "OK";
}

// A switch over several clusters belongs to none of them.
std::string_view region_of(const VirtualSwitchFacts& facts) noexcept {
    if (facts.clusters.empty()) return {};
    return facts.clusters.size() == 1 ? facts.clusters.front().cluster.uuid : whole_central;
}

void write_switch(const Record& record, pf::Object& data, const VirtualSwitchFacts& facts) {
    pf::Object out = data.object("virtual_switch");
    out.put("uuid", record.id);
    out.text("name", facts.entity.name);
    out.put("state", state_of(facts));
    out.text("bond_mode", facts.bond_mode);
    out.put("mtu", facts.mtu);
    out.put("is_default", facts.is_default.value_or(false));
    out.put("igmp_snooping", facts.is_igmp_snooping);
    out.text("owner_type", facts.owner_type);
    out.put("cluster_count", facts.clusters.size());
    out.put("host_count", facts.hosts.size());
    out.text("description", facts.entity.description);
}

void write_clusters(const Record& record, pf::Object& data, const VirtualSwitchFacts& facts) {
    const NameTable& names = record.names.clusters;
    const bool is_hidden =
        std::any_of(facts.clusters.begin(), facts.clusters.end(),
                    [&](const SwitchCluster& each) { return names.hides(each.cluster); });
    if (is_hidden) return record.row.unknown("clusters");
    pf::Array list = data.array("clusters");
    for (const SwitchCluster& cluster : facts.clusters) {
        pf::Object each = list.object();
        each.text("uuid", cluster.cluster.uuid);
        each.text("name", names.name_of(cluster.cluster));
        each.put("vlan", cluster.vlan);
        each.text("gateway", cluster.gateway);
    }
}

void write_hosts(const Record& record, pf::Object& data, const VirtualSwitchFacts& facts) {
    const NameTable& names = record.names.hosts;
    const bool is_hidden =
        std::any_of(facts.hosts.begin(), facts.hosts.end(),
                    [&](const SwitchHost& each) { return names.hides(each.host); });
    if (is_hidden) return record.row.unknown("hosts");
    pf::Array list = data.array("hosts");
    for (const SwitchHost& host : facts.hosts) {
        pf::Object each = list.object();
        each.text("uuid", host.host.uuid);
        each.text("name", names.name_of(host.host));
        each.text("cluster_uuid", host.cluster);
        each.text("bridge", host.bridge);
        each.text("ip", host.ip);
        write_texts(each, "uplinks", host.uplinks);
        each.text("active_uplink", host.active_uplink);
    }
}

}  // namespace

void read(pf::Value virtual_switch, int dialect, VirtualSwitchFacts& out) {
    read_entity(virtual_switch, dialect, out.entity);
    out.bond_mode = virtual_switch["bondMode"].str();
    out.owner_type = virtual_switch["ownerType"].str();
    out.mtu = virtual_switch["mtu"].i64();
    out.is_default = virtual_switch["isDefault"].boolean();
    out.is_igmp_snooping = virtual_switch["igmpSpec"]["isSnoopingEnabled"].boolean();
    out.has_deployment_error = virtual_switch["hasDeploymentError"].boolean(false);
    out.is_being_deleted = virtual_switch["hasDeleteInProgress"].boolean(false);
    out.is_being_updated = virtual_switch["hasUpdateInProgress"].boolean(false);
    for (pf::Value cluster : virtual_switch["clusters"]) {
        const std::string_view uuid = cluster["extId"].str();
        if (!uuid.empty()) {
            out.clusters.push_back(
                {{uuid, {}}, cluster["vlanIdentifier"].i64(), ip_of(cluster["gatewayIpAddress"])});
        }
        for (pf::Value host : cluster["hosts"]) out.hosts.push_back(host_of(host, uuid));
    }
}

void describe(const Record& record, const VirtualSwitchFacts& facts) {
    const std::string_view region = region_of(facts);
    if (region.empty()) {
        record.call.note("network.no_cluster", record.id,
                         "the virtual switch names no cluster: no region");
    }
    write_head(record, facts.entity, region, "virtual_switches");
    record.row.instance_type(facts.bond_mode);
    pf::Object data = record.row.data();
    write_switch(record, data, facts);
    write_clusters(record, data, facts);
    write_hosts(record, data, facts);
    write_tail(record, data, facts.entity);
}

}  // namespace network
