// VPCs, floating IPs, virtual switches, gateways and policies: related by ids like a real Prism
// Central, and the same by v4 and by v3.

#include <map>
#include <set>

#include "tests/prism_sim/sim_fixture.hpp"

using namespace pf::sim;
using nlohmann::json;

namespace {

std::set<std::string> ids_of(const json& entries) {
    std::set<std::string> ids;
    for (const json& entry : entries) ids.insert(entry["extId"].get<std::string>());
    REQUIRE(ids.size() == entries.size());
    return ids;
}

std::map<std::string, json> by_id(const json& entries) {
    std::map<std::string, json> all;
    for (const json& entry : entries) all[entry["extId"]] = entry;
    return all;
}

std::map<std::string, json> by_id_v3(const json& entities) {
    std::map<std::string, json> all;
    for (const json& entity : entities) all[entity["metadata"]["uuid"]] = entity;
    return all;
}

// VM NIC -> subnet.
std::map<std::string, std::string> nics_of(SimFixture& sim) {
    std::map<std::string, std::string> nics;
    for (const json& vm : sim.all(kVms)) {
        for (const json& nic : vm.value("nics", json::array())) {
            const json& network =
                nic.contains("networkInfo") ? nic["networkInfo"] : nic["nicNetworkInfo"];
            nics[nic["extId"]] = network["subnet"]["extId"];
        }
    }
    return nics;
}

void check_categories(const json& entry, const std::set<std::string>& categories) {
    for (const json& id : entry["metadata"]["categoryIds"]) CHECK(categories.contains(id));
}

}  // namespace

TEST_CASE("every relation of the network leads to an entry of its list") {
    SimFixture sim({.vms = 400});
    const auto clusters = ids_of(sim.all(kClusters));
    const auto hosts = ids_of(sim.all(kHosts));
    const auto subnets = by_id(sim.all(kSubnets));
    const auto vpcs = ids_of(sim.all(kVpcs));
    const auto switches = ids_of(sim.all(kVirtualSwitches));
    const auto categories = ids_of(sim.all(kCategories));
    for (const auto& [id, subnet] : subnets) {
        if (subnet.contains("vpcReference")) CHECK(vpcs.contains(subnet["vpcReference"]));
        if (subnet.contains("virtualSwitchReference"))
            CHECK(switches.contains(subnet["virtualSwitchReference"]));
    }
    for (const json& vpc : sim.all(kVpcs)) {
        check_categories(vpc, categories);
        for (const json& external : vpc["externalSubnets"]) {
            CHECK(subnets.at(external["subnetReference"])["isExternal"] == true);
            CHECK(hosts.contains(external["activeGatewayNodes"][0]["nodeId"]));
        }
    }
    for (const json& each : sim.all(kVirtualSwitches)) {
        check_categories(each, categories);
        for (const json& cluster : each["clusters"]) {
            CHECK(clusters.contains(cluster["extId"]));
            for (const json& host : cluster["hosts"]) CHECK(hosts.contains(host["extId"]));
        }
    }
    for (const json& gateway : sim.all(kGateways)) {
        check_categories(gateway, categories);
        if (!gateway.contains("deployment")) continue;
        CHECK(vpcs.contains(gateway["vpcReference"]));
        CHECK(clusters.contains(gateway["deployment"]["clusterReference"]));
        CHECK(subnets.contains(gateway["deployment"]["managementInterface"]["subnetReference"]));
    }
    for (const json& policy : sim.all(kPolicies)) {
        for (const json& vpc : policy.value("vpcReferences", json::array()))
            CHECK(vpcs.contains(vpc));
        for (const json& rule : policy["rules"])
            for (const json& value : rule["spec"])
                if (value.is_array() && !value.empty() && value[0].is_string())
                    for (const json& id : value) CHECK(categories.contains(id));
    }
}

TEST_CASE("floating IPs are assigned to NICs of VMs on the overlays of their VPC") {
    SimFixture sim({.vms = 400, .floating_ips = 16});
    const auto nics = nics_of(sim);
    const auto subnets = by_id(sim.all(kSubnets));
    std::map<std::string, int> uses;
    std::set<std::string> addresses;
    for (const json& ip : sim.all(kFloatingIps)) {
        ++uses[ip["associationStatus"]];
        CHECK(addresses.insert(ip["floatingIpValue"]).second);
        CHECK(subnets.at(ip["externalSubnetReference"])["isExternal"] == true);
        if (ip["associationStatus"] != "ASSOCIATED_TO_VNIC") continue;
        const std::string nic = ip["vmNicReference"];
        REQUIRE(nics.contains(nic));
        CHECK(subnets.at(nics.at(nic))["vpcReference"] == ip["vpcReference"]);
    }
    CHECK(uses == std::map<std::string, int>{{"ASSOCIATED_TO_VNIC", 10},
                                             {"ASSOCIATED_TO_PRIVATE_IP", 2},
                                             {"ASSOCIATED_TO_LOAD_BALANCER_SESSION", 2},
                                             {"NOT_ASSOCIATED", 2}});
    // Without VMs there is nothing to assign them to.
    SimFixture empty({.vms = 0});
    for (const json& ip : empty.all(kFloatingIps)) CHECK_FALSE(ip.contains("vmNicReference"));
}

TEST_CASE("as many subnets as asked for, in every cluster and on overlays") {
    SimFixture sim({.vms = 50, .clusters = 12, .subnets = 300});
    const json subnets = sim.all(kSubnets);
    REQUIRE(subnets.size() == 300);
    std::map<std::string, int> of_cluster;
    int overlays = 0;
    std::set<std::string> names;
    for (const json& subnet : subnets) {
        CHECK(names.insert(subnet["name"]).second);
        if (subnet["subnetType"] == "OVERLAY") ++overlays;
        if (subnet.contains("clusterReference")) ++of_cluster[subnet["clusterReference"]];
    }
    CHECK(overlays == 30);
    CHECK(of_cluster.size() == 12);
    CHECK(ids_of(sim.all(kVpcs)).size() == 16);
    // Fewer than there must be is as few as there can be.
    CHECK(SimFixture({.vms = 5, .clusters = 3, .subnets = 1}).all(kSubnets).size() == 7);
}

TEST_CASE("v3 and v4 tell the same of VPCs, floating IPs and policies") {
    SimFixture sim({.vms = 400});
    const auto vpcs = by_id_v3(sim.all_v3("vpcs"));
    const auto vpcs4 = by_id(sim.all(kVpcs));
    REQUIRE(vpcs.size() == vpcs4.size());
    for (const auto& [id, v4] : vpcs4) {
        const json& resources = vpcs.at(id)["status"]["resources"];
        CHECK(vpcs.at(id)["status"]["name"] == v4["name"]);
        CHECK(resources["external_subnet_list"].size() == v4["externalSubnets"].size());
        if (v4["externalSubnets"].empty()) continue;
        const json& external = resources["external_subnet_list"][0];
        CHECK(external["external_subnet_reference"]["uuid"] ==
              v4["externalSubnets"][0]["subnetReference"]);
        CHECK(external["external_ip_list"][0] == v4["snatIps"][0]["ipv4"]["value"]);
    }
    const auto ips = by_id_v3(sim.all_v3("floating_ips"));
    const auto ips4 = by_id(sim.all(kFloatingIps));
    REQUIRE(ips.size() == ips4.size());
    for (const auto& [id, v4] : ips4) {
        const json& resources = ips.at(id)["status"]["resources"];
        CHECK(resources["floating_ip"] == v4["floatingIpValue"]);
        CHECK(resources.contains("vm_nic_reference") == v4.contains("vmNicReference"));
        CHECK(resources.value("private_ip", "") == v4.value("privateIp", ""));
    }
    const auto policies = by_id_v3(sim.all_v3("network_security_rules"));
    const auto policies4 = by_id(sim.all(kPolicies));
    REQUIRE(policies.size() == policies4.size());
    for (const auto& [id, v4] : policies4) {
        CHECK(policies.at(id)["status"]["name"] == v4["name"]);
        const json& resources = policies.at(id)["status"]["resources"];
        CHECK(resources.contains("isolation_rule") == (v4["type"] == "ISOLATION"));
        CHECK(resources.contains("quarantine_rule") == (v4["type"] == "QUARANTINE"));
    }
}

TEST_CASE("a Prism Element has subnets and nothing above them") {
    SimFixture sim({.vms = 5, .prism_element = true});
    CHECK_FALSE(sim.all_v3("subnets").empty());
    for (const char* list : {"vpcs", "floating_ips", "network_security_rules"}) {
        sim.post(std::string(list) + "/list", json::object());
        CHECK(sim.response.status == 404);
    }
}

TEST_CASE("what is in clusters that are not seen is not seen") {
    SimFixture sim({.vms = 5, .access = {.visible_clusters = 50}});
    const auto clusters = ids_of(sim.all(kClusters));
    const json switches = sim.all(kVirtualSwitches);
    CHECK(switches.size() == 3);
    for (const json& gateway : sim.all(kGateways))
        if (gateway.contains("deployment"))
            CHECK(clusters.contains(gateway["deployment"]["clusterReference"]));
    sim.ask("/api/microseg/v4.0/config/policies?$limit=1");
    CHECK(sim.response.status == 200);
}
