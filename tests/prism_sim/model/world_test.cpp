// The same seed gives the same world; relations hold; VMs are as varied as real ones.

#include <fstream>
#include <set>

#include "tests/prism_sim/sim_fixture.hpp"

using namespace pf::sim;
using nlohmann::json;

namespace {

std::set<std::string> ids_of(const json& entries, const char* name = "extId") {
    std::set<std::string> ids;
    for (const json& entry : entries) ids.insert(entry.at(name).get<std::string>());
    return ids;
}

std::uint64_t resident_bytes() {
    std::ifstream file("/proc/self/statm");
    std::uint64_t pages = 0;
    file >> pages >> pages;
    return pages * 4096;
}

// Each shape a reader must survive, and how a VM shows it.
struct Variety {
    const char* what;
    bool (*is_shown)(const json& vm);
};
bool any_nic(const json& vm, bool (*test)(const json&)) {
    for (const json& nic : vm.value("nics", json::array()))
        if (test(nic)) return true;
    return false;
}
const Variety kVarieties[] = {
    {"no host", [](const json& vm) { return !vm.contains("host"); }},
    {"no disks", [](const json& vm) { return !vm.contains("disks"); }},
    {"no NICs", [](const json& vm) { return !vm.contains("nics"); }},
    {"guest tools", [](const json& vm) { return vm.contains("guestTools"); }},
    {"guest info",
     [](const json& vm) {
         return vm.contains("guestTools") && vm["guestTools"].contains("guestInfo");
     }},
    {"GPU", [](const json& vm) { return vm.contains("gpus"); }},
    {"secure boot",
     [](const json& vm) {
         return vm.contains("bootConfig") && vm["bootConfig"].value("isSecureBootEnabled", false);
     }},
    {"no boot config", [](const json& vm) { return !vm.contains("bootConfig"); }},
    {"vTPM", [](const json& vm) { return vm["vtpmConfig"]["isVtpmEnabled"] == true; }},
    {"agent", [](const json& vm) { return vm["isAgentVm"] == true; }},
    {"volume group",
     [](const json& vm) {
         return vm.value("disks", json::array()).dump().find("volumeGroupExtId") !=
                std::string::npos;
     }},
    {"empty CD-ROM",
     [](const json& vm) {
         return vm.contains("cdRoms") && !vm["cdRoms"][0].contains("backingInfo");
     }},
    {"filled CD-ROM",
     [](const json& vm) {
         return vm.contains("cdRoms") && vm["cdRoms"][0].contains("backingInfo");
     }},
    {"NIC, old form only",
     [](const json& vm) {
         return any_nic(vm, [](const json& n) { return !n.contains("nicNetworkInfo"); });
     }},
    {"NIC, new form only",
     [](const json& vm) {
         return any_nic(vm, [](const json& n) { return !n.contains("networkInfo"); });
     }},
    {"NIC, both forms",
     [](const json& vm) {
         return any_nic(vm, [](const json& n) {
             return n.contains("networkInfo") && n.contains("nicNetworkInfo");
         });
     }},
    {"IPv6",
     [](const json& vm) {
         return any_nic(
             vm, [](const json& n) { return n.dump().find("ipv6Info") != std::string::npos; });
     }},
    {"assigned address learned as well",
     [](const json& vm) {
         return any_nic(vm, [](const json& n) {
             const json& info = n.contains("networkInfo") ? n["networkInfo"] : n["nicNetworkInfo"];
             return info.contains("ipv4Config") && info.contains("ipv4Info") &&
                    info["ipv4Config"]["ipAddress"]["value"] ==
                        info["ipv4Info"]["learnedIpAddresses"][0]["value"];
         });
     }},
    {"NIC without address",
     [](const json& vm) {
         return any_nic(
             vm, [](const json& n) { return n.dump().find("IPv4Address") == std::string::npos; });
     }},
    {"name not ASCII",
     [](const json& vm) {
         return vm["name"].get<std::string>().find_first_of("\xec\xe7\xf0\xd9\xc3") !=
                std::string::npos;
     }},
    {"80 characters long",
     [](const json& vm) { return vm["name"].get<std::string>().size() == 80; }},
};

}  // namespace

TEST_CASE("the same seed sends the same bytes, another seed other ids") {
    SimFixture a({.seed = 11}), b({.seed = 11}), c({.seed = 12});
    for (const char* path : {kVms, kClusters, kHosts, kDisks, kContainers, kSubnets, kCategories,
                             kProjects, kImages}) {
        CHECK(a.ask(path).body.view() == b.ask(path).body.view());
        CHECK(a.response.body.view() != c.ask(path).body.view());
    }
}

TEST_CASE("the first ids of seed 7 never change") {
    SimFixture sim;
    CHECK(to_text(sim.simulation.roster().ids()[0]) == "cdbb0373-445a-42e5-a2b5-27ee4e2fce8c");
}

TEST_CASE("every relation of a VM leads to an entry of its list") {
    SimFixture sim({.vms = 600});
    const auto clusters = ids_of(sim.all(kClusters));
    const auto containers = ids_of(sim.all(kContainers), "containerExtId");
    const auto subnets = ids_of(sim.all(kSubnets));
    const auto categories = ids_of(sim.all(kCategories));
    const auto projects = ids_of(sim.all(kProjects));
    std::map<std::string, json> hosts;
    for (const json& host : sim.all(kHosts)) {
        CHECK(clusters.contains(host["cluster"]["uuid"]));
        hosts[host["extId"]] = host;
    }
    std::map<std::string, int> on_host;
    for (const json& vm : sim.all(kVms)) {
        CHECK(clusters.contains(vm["cluster"]["extId"]));
        if (vm.contains("host")) {
            const std::string host = vm["host"]["extId"];
            REQUIRE(hosts.contains(host));
            CHECK(hosts[host]["cluster"]["uuid"] == vm["cluster"]["extId"]);
            ++on_host[host];
        }
        for (const json& category : vm.value("categories", json::array()))
            CHECK(categories.contains(category["extId"]));
        if (vm.contains("project")) CHECK(projects.contains(vm["project"]["extId"]));
        for (const json& disk : vm.value("disks", json::array()))
            if (disk["backingInfo"].contains("storageContainer"))
                CHECK(containers.contains(disk["backingInfo"]["storageContainer"]["extId"]));
        for (const json& nic : vm.value("nics", json::array()))
            CHECK(subnets.contains((nic.contains("networkInfo")
                                        ? nic["networkInfo"]
                                        : nic["nicNetworkInfo"])["subnet"]["extId"]));
    }
    for (const auto& [id, host] : hosts) CHECK(host["hypervisor"]["numberOfVms"] == on_host[id]);
    for (const json& cluster : sim.all(kClusters))
        for (const json& node : cluster["nodes"]["nodeList"])
            CHECK(hosts.contains(node["nodeUuid"]));
}

TEST_CASE("disks are those their hosts list, in the hosts' clusters") {
    SimFixture sim;
    std::map<std::string, json> hosts;
    for (const json& host : sim.all(kHosts)) hosts[host["extId"]] = host;
    std::set<std::string> tiers;
    std::size_t count = 0;
    for (const json& disk : sim.all(kDisks)) {
        REQUIRE(hosts.contains(disk["nodeExtId"]));
        const json& host = hosts[disk["nodeExtId"]];
        CHECK(disk["clusterExtId"] == host["cluster"]["uuid"]);
        CHECK(disk["hostName"] == host["hostName"]);
        CHECK(disk["cvmIpAddress"] == host["controllerVm"]["externalAddress"]);
        const json& listed = host["disk"].at(disk["location"].get<std::size_t>() - 1);
        CHECK(listed["uuid"] == disk["extId"]);
        CHECK(listed["serialId"] == disk["serialNumber"]);
        CHECK(listed["sizeInBytes"] == disk["diskSizeBytes"]);
        tiers.insert(disk["storageTier"]);
        ++count;
    }
    CHECK(count == 2 * hosts.size());
    CHECK(tiers == std::set<std::string>{"SSD_PCIE", "SSD_SATA", "DAS_SATA"});
    const json first = sim.all(kClusters)[0];
    const std::string cluster = first["extId"];
    const json some =
        sim.json(std::string(kDisks) + "?$filter=clusterExtId%20eq%20'" + cluster + "'");
    CHECK(some["data"].size() == 2 * first["nodes"]["numberOfNodes"].get<std::size_t>());
    CHECK(first["categories"].size() == 2);
}

TEST_CASE("VMs show everything a reader must survive") {
    SimFixture sim({.vms = 2000});
    const json vms = sim.all(kVms);
    std::size_t bytes = 0;
    for (const json& vm : vms) bytes += vm.dump().size();
    CHECK(bytes / vms.size() > 4500);
    CHECK(bytes / vms.size() < 5500);
    for (const Variety& variety : kVarieties) {
        const auto shown = std::count_if(vms.begin(), vms.end(), variety.is_shown);
        INFO(variety.what << " in " << shown);
        CHECK(shown > 0);
        CHECK(shown < 2000);
    }
}

TEST_CASE("some VM carries two values of one category key") {
    SimFixture sim({.vms = 300});
    std::map<std::string, std::string> keys;
    for (const json& category : sim.all(kCategories)) keys[category["extId"]] = category["key"];
    int doubled = 0;
    for (const json& vm : sim.all(kVms)) {
        std::set<std::string> seen;
        for (const json& category : vm.value("categories", json::array()))
            if (!seen.insert(keys.at(category["extId"])).second) ++doubled;
    }
    CHECK(doubled > 0);
}

TEST_CASE("100,000 VMs need little memory") {
    const std::uint64_t before = resident_bytes();
    SimFixture sim({.vms = 100'000});
    std::uint64_t bytes = 0;
    for (int page = 0; page < 1000; page += 20)
        bytes +=
            sim.ask(std::string(kVms) + "?$orderby=extId&$limit=100&$page=" + std::to_string(page))
                .body.size();
    CHECK(bytes > 50 * 400'000);
    CHECK(resident_bytes() < before + (256ULL << 20));
}
