// ESXi machines, recovery points and templates: v4 and v3 tell the same, and what they name exists.

#include <map>
#include <set>

#include "tests/prism_sim/sim_fixture.hpp"

using namespace pf::sim;
using nlohmann::json;

namespace {

std::set<std::string> ids_of(const json& entries) {
    std::set<std::string> ids;
    for (const json& entry : entries) ids.insert(entry["extId"]);
    return ids;
}

// The entities of vms/list on one hypervisor, by id.
std::map<std::string, json> machines_v3(SimFixture& sim, const char* hypervisor) {
    std::map<std::string, json> machines;
    for (const json& entity : sim.all_v3("vms"))
        if (entity["status"]["resources"]["hypervisor_type"] == hypervisor)
            CHECK(machines.emplace(entity["metadata"]["uuid"], entity).second);
    return machines;
}

void compare(const json& v3, const json& v4) {
    const json& status = v3["status"];
    const json& resources = status["resources"];
    CHECK(status["name"] == v4["name"]);
    CHECK(status["description"] == v4.value("description", ""));
    CHECK(status["cluster_reference"]["uuid"] == v4["cluster"]["extId"]);
    CHECK(resources["power_state"] == v4["powerState"]);
    CHECK(resources["num_sockets"].get<int>() * resources["num_vcpus_per_socket"].get<int>() ==
          v4["numCpus"]);
    CHECK(resources["memory_size_mib"].get<std::uint64_t>() << 20 == v4["memorySizeBytes"]);
    CHECK(resources.contains("host_reference") == v4.contains("host"));
    REQUIRE(resources["nic_list"].size() == v4["nics"].size());
    for (std::size_t i = 0; i < v4["nics"].size(); ++i) {
        const json& network = v4["nics"][i]["networkInfo"];
        const json& nic = resources["nic_list"][i];
        CHECK(nic["mac_address"] == v4["nics"][i]["backingInfo"]["macAddress"]);
        CHECK(nic["subnet_reference"]["name"] == network["portGroupInfo"]["name"]);
        CHECK(nic["ip_endpoint_list"].size() == network["ipAddressInfo"]["ipv4Addresses"].size());
    }
}

}  // namespace

TEST_CASE("v3 lists the machines of both hypervisors, v4 has a list for each") {
    SimFixture sim({.vms = 300, .clusters = 8, .esxi_vms = 60});
    const json esxi = sim.all(kEsxiVms);
    REQUIRE(esxi.size() == 60);
    REQUIRE(sim.all_v3("vms").size() == 360);
    const auto by_v3 = machines_v3(sim, "ESX");
    REQUIRE(by_v3.size() == 60);
    for (const json& v4 : esxi) compare(by_v3.at(v4["extId"]), v4);
    const std::set<std::string> ahv = ids_of(sim.all(kVms));
    CHECK(ahv.size() == 300);
    for (const auto& [id, entity] : machines_v3(sim, "AHV")) CHECK(ahv.contains(id));
}

TEST_CASE("v3 orders and filters machines of both hypervisors together") {
    SimFixture sim({.vms = 60, .clusters = 4, .esxi_vms = 30});
    std::vector<std::string> ids;
    for (const json& entity : sim.all_v3("vms", {{"sort_attribute", "uuid"}}, 7))
        ids.push_back(entity["metadata"]["uuid"]);
    CHECK(ids.size() == 90);
    CHECK(std::is_sorted(ids.begin(), ids.end()));
    const std::string name = sim.all(kEsxiVms)[0]["name"];
    const json found = sim.all_v3("vms", {{"filter", "vm_name==" + name}});
    REQUIRE(found.size() == 1);
    const std::string id = found[0]["metadata"]["uuid"];
    CHECK(sim.json("/api/nutanix/v3/vms/" + id)["status"]["name"] == name);
}

TEST_CASE("ESXi clusters hold ESXi hosts and machines, and count them") {
    SimFixture sim({.vms = 100, .clusters = 8, .esxi_vms = 40});
    std::map<std::string, std::uint64_t> machines;
    std::set<std::string> hosts;
    for (const json& vm : sim.all(kEsxiVms)) {
        ++machines[vm["cluster"]["extId"]];
        if (vm.contains("host")) hosts.insert(vm["host"]["extId"]);
    }
    std::uint64_t sum = 0;
    for (const json& cluster : sim.all(kClusters)) {
        if (cluster["config"]["hypervisorTypes"] != json::array({"ESX"})) {
            CHECK_FALSE(machines.contains(cluster["extId"]));
            continue;
        }
        CHECK(cluster["vmCount"] == machines[cluster["extId"]]);
        sum += cluster["vmCount"].get<std::uint64_t>();
    }
    CHECK(sum == 40);
    std::set<std::string> esxi_hosts;
    for (const json& host : sim.all(kHosts))
        if (host["hypervisor"]["type"] == "ESX") esxi_hosts.insert(host["extId"]);
    CHECK(esxi_hosts.size() == 8);
    for (const std::string& host : hosts) CHECK(esxi_hosts.contains(host));
}

TEST_CASE("a world without ESXi machines has no ESXi cluster") {
    SimFixture sim({.vms = 20});
    CHECK(sim.all(kEsxiVms).empty());
    for (const json& host : sim.all(kHosts)) CHECK(host["hypervisor"]["type"] == "AHV");
    CHECK_THROWS_AS(SimFixture({.clusters = 1, .esxi_vms = 1}), std::invalid_argument);
}

TEST_CASE("v3 lists the machines' parts of the recovery points of v4") {
    SimFixture sim({.vms = 200, .recovery_points = 500});
    const std::set<std::string> machines = ids_of(sim.all(kVms));
    const std::set<std::string> clusters = ids_of(sim.all(kClusters));
    std::map<std::string, std::pair<json, json>> parts;
    bool has_group = false;
    bool has_volumes_only = false;
    for (const json& whole : sim.all(kRecoveryPoints)) {
        CHECK(clusters.contains(whole["locationReferences"][0]["locationExtId"]));
        const json list = whole.value("vmRecoveryPoints", json::array());
        has_group = has_group || list.size() > 1;
        has_volumes_only = has_volumes_only || list.empty();
        for (const json& part : list) {
            CHECK(machines.contains(part["vmExtId"]));
            CHECK(parts.emplace(part["extId"], std::pair(whole, part)).second);
        }
    }
    CHECK(has_group);
    CHECK(has_volumes_only);
    REQUIRE(parts.size() == 500);
    const json entities = sim.all_v3("vm_recovery_points");
    REQUIRE(entities.size() == 500);
    for (const json& entity : entities) {
        const auto& [whole, part] = parts.at(entity["metadata"]["uuid"]);
        const json& status = entity["status"];
        CHECK(status["name"] == part["name"]);
        CHECK(status["cluster_reference"]["uuid"] ==
              whole["locationReferences"][0]["locationExtId"]);
        const json& resources = status["resources"];
        CHECK(resources["parent_vm_reference"]["uuid"] == part["vmExtId"]);
        CHECK(resources["recovery_point_type"] == whole["recoveryPointType"]);
        CHECK(resources.contains("expiration_time") == whole.contains("expirationTime"));
    }
}

TEST_CASE("templates stand for machines of the site, and v3 has none") {
    SimFixture sim({.vms = 50, .templates = 6});
    const json templates = sim.all(kTemplates);
    REQUIRE(templates.size() == 6);
    CHECK(ids_of(templates).size() == 6);
    const std::set<std::string> clusters = ids_of(sim.all(kClusters));
    for (const json& entry : templates) {
        const json& machine = entry["templateVersionSpec"]["vmSpec"];
        CHECK(clusters.contains(machine["cluster"]["extId"]));
        CHECK_FALSE(machine.contains("host"));
        CHECK(machine["memorySizeBytes"].get<std::uint64_t>() > 0);
    }
    sim.ask("/api/nutanix/v3/templates/list", "POST", "{}");
    CHECK(sim.response.status == 404);
}
