// One world, two API generations: what both tell of an entity is the same.
// Reads nothing but the JSON of the answers.

#include <map>
#include <set>

#include "tests/prism_sim/sim_fixture.hpp"

using namespace pf::sim;
using nlohmann::json;

namespace {

constexpr std::uint64_t kMiB = 1ULL << 20;

std::map<std::string, json> by_id_v3(const json& entities) {
    std::map<std::string, json> map;
    for (const json& entity : entities) map[entity["metadata"]["uuid"]] = entity;
    return map;
}
std::map<std::string, json> by_id_v4(const json& entities, const char* id = "extId") {
    std::map<std::string, json> map;
    for (const json& entity : entities) map[entity[id]] = entity;
    return map;
}
template <class A, class B>
std::set<std::string> keys_of(const std::map<A, B>& map) {
    std::set<std::string> keys;
    for (const auto& [key, value] : map) keys.insert(key);
    return keys;
}

// "2026-03-02T09:15:46.269181Z" and "2026-03-02T09:15:46Z" are the same second.
std::string second_of(const json& time) { return time.get<std::string>().substr(0, 19); }

std::string id_at(const json& object, const char* key, const char* id) {
    return object.contains(key) ? object[key][id].get<std::string>() : std::string("none");
}

struct Names {
    std::map<std::string, std::string> clusters, hosts, subnets, containers, projects;
    std::map<std::string, std::pair<std::string, std::string>> categories;
};

Names read_names(SimFixture& sim) {
    Names names;
    for (const json& entry : sim.all(kClusters)) names.clusters[entry["extId"]] = entry["name"];
    for (const json& entry : sim.all(kHosts)) names.hosts[entry["extId"]] = entry["hostName"];
    for (const json& entry : sim.all(kSubnets)) names.subnets[entry["extId"]] = entry["name"];
    for (const json& entry : sim.all(kContainers))
        names.containers[entry["containerExtId"]] = entry["name"];
    for (const json& entry : sim.all(kProjects)) names.projects[entry["extId"]] = entry["name"];
    for (const json& entry : sim.all(kCategories))
        names.categories[entry["extId"]] = {entry["key"], entry["value"]};
    return names;
}

void compare_identity(const json& v3, const json& v4) {
    const json& metadata = v3["metadata"];
    CHECK(v3["status"]["name"] == v4["name"]);
    CHECK(v3["status"]["description"] == v4.value("description", ""));
    CHECK(second_of(metadata["creation_time"]) == second_of(v4["createTime"]));
    CHECK(second_of(metadata["last_update_time"]) == second_of(v4["updateTime"]));
    CHECK(metadata["owner_reference"]["uuid"] == v4["ownershipInfo"]["owner"]["extId"]);
    CHECK(id_at(metadata, "project_reference", "uuid") == id_at(v4, "project", "extId"));
}

void compare_categories(const json& v3, const json& v4, const Names& names) {
    std::set<std::pair<std::string, std::string>> all, expected;
    for (const auto& [key, values] : v3["metadata"]["categories_mapping"].items())
        for (const json& value : values) all.emplace(key, value.get<std::string>());
    for (const json& category : v4.value("categories", json::array()))
        expected.insert(names.categories.at(category["extId"]));
    CHECK(all == expected);
    // One value of each key stands in the older map.
    const json& single = v3["metadata"]["categories"];
    CHECK(single.size() == v3["metadata"]["categories_mapping"].size());
    for (const auto& [key, value] : single.items())
        CHECK(expected.contains({key, value.get<std::string>()}));
}

void compare_shape(const json& resources, const json& v4) {
    CHECK(resources["power_state"] == v4["powerState"]);
    CHECK(resources["num_sockets"] == v4["numSockets"]);
    CHECK(resources["num_vcpus_per_socket"] == v4["numCoresPerSocket"]);
    CHECK(resources["num_threads_per_core"] == v4["numThreadsPerCore"]);
    CHECK(resources["memory_size_mib"].get<std::uint64_t>() * kMiB == v4["memorySizeBytes"]);
    CHECK(resources["vnuma_config"]["num_vnuma_nodes"] == v4["numNumaNodes"]);
    CHECK(resources["machine_type"] == v4["machineType"]);
    CHECK(resources["hardware_clock_timezone"] == v4["hardwareClockTimezone"]);
    CHECK(resources["is_agent_vm"] == v4["isAgentVm"]);
    CHECK(resources["protection_type"] == v4["protectionType"]);
    CHECK(resources["generation_uuid"] == v4["generationUuid"]);
    CHECK(resources["bios_uuid"] == v4["biosUuid"]);
    CHECK(resources["memory_overcommit_enabled"] == v4["isMemoryOvercommitEnabled"]);
    CHECK(resources["cpu_hotplug_enabled"] == v4["isCpuHotplugEnabled"]);
    CHECK(resources["disable_branding"] != v4["isBrandingEnabled"]);
    CHECK(id_at(resources, "parent_reference", "uuid") == id_at(v4, "source", "extId"));
    CHECK(resources["hypervisor_type"] == "AHV");
}

std::string boot_of(const json& v4) {
    if (!v4.contains("bootConfig")) return "none";
    const json& boot = v4["bootConfig"];
    if (boot["$objectType"] == "vmm.v4.ahv.config.LegacyBoot") return "LEGACY";
    return boot["isSecureBootEnabled"] == true ? "SECURE_BOOT" : "UEFI";
}

void compare_boot(const json& resources, const json& v4) {
    CHECK(id_at(resources, "boot_config", "boot_type") == boot_of(v4));
    if (v4.contains("bootConfig"))
        CHECK(resources["boot_config"]["boot_device_order_list"] == v4["bootConfig"]["bootOrder"]);
}

void compare_relations(const json& v3, const json& v4, const Names& names) {
    const json& cluster = v3["status"]["cluster_reference"];
    CHECK(cluster["uuid"] == v4["cluster"]["extId"]);
    CHECK(cluster["name"] == names.clusters.at(cluster["uuid"]));
    const json& resources = v3["status"]["resources"];
    CHECK(id_at(resources, "host_reference", "uuid") == id_at(v4, "host", "extId"));
    if (resources.contains("host_reference")) {
        const json& host = resources["host_reference"];
        CHECK(host["name"] == names.hosts.at(host["uuid"]));
    }
    if (v3["metadata"].contains("project_reference")) {
        const json& project = v3["metadata"]["project_reference"];
        CHECK(project["name"] == names.projects.at(project["uuid"]));
    }
}

void compare_backing(const json& v3, const json& backing, const Names& names) {
    CHECK(v3["disk_size_bytes"] == backing["diskSizeBytes"]);
    const auto mib = v3["disk_size_mib"].get<std::uint64_t>();
    const auto bytes = backing["diskSizeBytes"].get<std::uint64_t>();
    CHECK(mib * kMiB >= bytes);
    CHECK(mib * kMiB < bytes + kMiB);
    const json& container = v3["storage_config"]["storage_container_reference"];
    CHECK(container["uuid"] == backing["storageContainer"]["extId"]);
    CHECK(container["name"] == names.containers.at(container["uuid"]));
    const bool is_flash = backing["storageConfig"]["isFlashModeEnabled"];
    CHECK(v3["storage_config"]["flash_mode"] == (is_flash ? "ENABLED" : "DISABLED"));
    const std::string image =
        backing.contains("dataSource")
            ? backing["dataSource"]["reference"]["imageExtId"].get<std::string>()
            : std::string("none");
    CHECK(id_at(v3, "data_source_reference", "uuid") == image);
}

void compare_disks(const json& resources, const json& v4, const Names& names) {
    const json disks = v4.value("disks", json::array());
    const json cdroms = v4.value("cdRoms", json::array());
    REQUIRE(resources["disk_list"].size() == disks.size() + cdroms.size());
    std::map<std::string, json> devices;
    for (const json& disk : resources["disk_list"]) devices[disk["uuid"]] = disk;
    for (const json* list : {&disks, &cdroms}) {
        for (const json& device : *list) {
            REQUIRE(devices.contains(device["extId"]));
            const json& same = devices[device["extId"]];
            const json& place = same["device_properties"];
            CHECK(place["disk_address"]["adapter_type"] == device["diskAddress"]["busType"]);
            CHECK(place["disk_address"]["device_index"] == device["diskAddress"]["index"]);
            const json backing = device.value("backingInfo", json::object());
            const bool is_group = backing.contains("volumeGroupExtId");
            CHECK(place["device_type"] == (list == &cdroms ? "CDROM"
                                           : is_group      ? "VOLUME_GROUP"
                                                           : "DISK"));
            if (is_group)
                CHECK(same["volume_group_reference"]["uuid"] == backing["volumeGroupExtId"]);
            else if (!backing.empty())
                compare_backing(same, backing, names);
            else
                CHECK_FALSE(same.contains("disk_size_bytes"));
        }
    }
}

void add_ipv4(const json& addresses, std::set<std::string>& into) {
    for (const json& address : addresses) into.insert(address["value"].get<std::string>());
}

// Assigned and learned addresses of a v4 NIC in whichever form it has.
std::pair<std::set<std::string>, std::set<std::string>> addresses_of(const json& info) {
    std::set<std::string> assigned, learned;
    if (info.contains("ipv4Config")) {
        const json& config = info["ipv4Config"];
        assigned.insert(config["ipAddress"]["value"].get<std::string>());
        add_ipv4(config.value("secondaryIpAddressList", json::array()), assigned);
    }
    if (info.contains("ipv4Info")) add_ipv4(info["ipv4Info"]["learnedIpAddresses"], learned);
    if (info.contains("ipv6Info")) add_ipv4(info["ipv6Info"]["learnedIpv6Addresses"], learned);
    for (const std::string& address : assigned) learned.erase(address);
    return {assigned, learned};
}

void compare_nics(const json& resources, const json& v4, const Names& names) {
    const json nics = v4.value("nics", json::array());
    REQUIRE(resources["nic_list"].size() == nics.size());
    for (std::size_t i = 0; i < nics.size(); ++i) {
        const json& v3 = resources["nic_list"][i];
        const bool is_new = nics[i].contains("nicNetworkInfo");
        const json& info = nics[i][is_new ? "nicNetworkInfo" : "networkInfo"];
        const json& backing = nics[i][is_new ? "nicBackingInfo" : "backingInfo"];
        CHECK(v3["uuid"] == nics[i]["extId"]);
        CHECK(v3["mac_address"] == backing["macAddress"]);
        CHECK(v3["is_connected"] == backing["isConnected"]);
        CHECK(v3["model"] == (backing["model"] == "VIRTIO" ? "virtio" : "e1000"));
        CHECK(v3["nic_type"] == info["nicType"]);
        CHECK(v3["vlan_mode"] == (info["vlanMode"] == "TRUNK" ? "TRUNKED" : "ACCESS"));
        CHECK(v3["trunked_vlan_list"] == info["trunkedVlans"]);
        CHECK(v3["subnet_reference"]["uuid"] == info["subnet"]["extId"]);
        CHECK(v3["subnet_reference"]["name"] == names.subnets.at(info["subnet"]["extId"]));
        std::set<std::string> assigned, learned;
        for (const json& endpoint : v3["ip_endpoint_list"])
            CHECK((endpoint["type"] == "ASSIGNED" ? assigned : learned)
                      .insert(endpoint["ip"].get<std::string>())
                      .second);
        CHECK(std::pair(assigned, learned) == addresses_of(info));
    }
}

void compare_gpus(const json& resources, const json& v4) {
    const json gpus = v4.value("gpus", json::array());
    REQUIRE(resources["gpu_list"].size() == gpus.size());
    for (std::size_t i = 0; i < gpus.size(); ++i) {
        const json& v3 = resources["gpu_list"][i];
        CHECK(v3["uuid"] == gpus[i]["extId"]);
        CHECK(v3["name"] == gpus[i]["name"]);
        CHECK(v3["mode"] == gpus[i]["mode"]);
        CHECK(v3["vendor"] == gpus[i]["vendor"]);
        CHECK(v3["device_id"] == gpus[i]["deviceId"]);
        CHECK(v3.value("frame_buffer_size_mib", 0ULL) * kMiB ==
              gpus[i].value("frameBufferSizeBytes", 0ULL));
    }
}

void compare_guest_tools(const json& resources, const json& v4) {
    REQUIRE(resources.contains("guest_tools") == v4.contains("guestTools"));
    if (!v4.contains("guestTools")) return;
    const json& v3 = resources["guest_tools"]["nutanix_guest_tools"];
    const json& tools = v4["guestTools"];
    CHECK((v3["ngt_state"] == "INSTALLED") == tools["isInstalled"].get<bool>());
    CHECK((v3["state"] == "ENABLED") == tools["isEnabled"].get<bool>());
    CHECK((v3["iso_mount_state"] == "MOUNTED") == tools["isIsoInserted"].get<bool>());
    CHECK(v3["is_reachable"] == tools["isReachable"]);
    CHECK(v3["vss_snapshot_capable"] == tools["isVssSnapshotCapable"]);
    CHECK(v3.value("version", "") == tools.value("version", ""));
    CHECK(v3["available_version"] == tools["availableVersion"]);
    CHECK(v3.value("guest_os_version", "") == tools.value("guestOsVersion", ""));
    CHECK(v3.value("enabled_capability_list", json::array()) ==
          tools.value("capabilities", json::array()));
}

}  // namespace

TEST_CASE("v3 and v4 tell the same of every VM, also after churn and edits") {
    SimFixture sim({.seed = 21, .vms = 900});
    for (int i = 0; i < 9; ++i) sim.simulation.roster().churn();
    sim.simulation.roster().edit(5);
    const Names names = read_names(sim);
    const auto v3 = by_id_v3(sim.all_v3("vms"));
    const auto v4 = by_id_v4(sim.all(kVms));
    REQUIRE(v4.size() == 899);
    REQUIRE(keys_of(v3) == keys_of(v4));
    for (const auto& [id, vm] : v4) {
        INFO(id);
        const json& same = v3.at(id);
        const json& resources = same["status"]["resources"];
        compare_identity(same, vm);
        compare_categories(same, vm, names);
        compare_relations(same, vm, names);
        compare_shape(resources, vm);
        compare_boot(resources, vm);
        compare_disks(resources, vm, names);
        compare_nics(resources, vm, names);
        compare_gpus(resources, vm);
        compare_guest_tools(resources, vm);
    }
}

TEST_CASE("without IPv6 endpoints v3 knows the other addresses") {
    SimFixture with({.vms = 400}), without({.vms = 400, .v3 = {.shows_ipv6 = false}});
    const auto count = [](SimFixture& sim) {
        const std::string text = sim.all_v3("vms").dump();
        std::size_t found = 0;
        for (auto at = text.find("2001:db8"); at != std::string::npos;
             at = text.find("2001:db8", at + 1))
            ++found;
        return found;
    };
    CHECK(count(with) > 0);
    CHECK(count(without) == 0);
}

TEST_CASE("v3 and v4 tell the same of clusters and hosts") {
    SimFixture sim;
    const auto clusters = by_id_v3(sim.all_v3("clusters"));
    const auto clusters4 = by_id_v4(sim.all(kClusters));
    REQUIRE(keys_of(clusters) == keys_of(clusters4));
    for (const auto& [id, v4] : clusters4) {
        const json& status = clusters.at(id)["status"];
        const json& config = status["resources"]["config"];
        const json& network = status["resources"]["network"];
        if (v4["config"]["clusterFunction"][0] == "AOS") CHECK(status["name"] == v4["name"]);
        CHECK(config["service_list"] == v4["config"]["clusterFunction"]);
        CHECK(config["build"]["version"] == v4["config"]["buildInfo"]["version"]);
        CHECK(config["timezone"] == v4["config"]["timezone"]);
        CHECK(config["redundancy_factor"] == v4["config"]["redundancyFactor"]);
        CHECK(network["external_ip"] == v4["network"]["externalAddress"]["ipv4"]["value"]);
        CHECK(network["external_data_services_ip"] ==
              v4["network"]["externalDataServiceIp"]["ipv4"]["value"]);
        CHECK(network["external_subnet"] == v4["network"]["externalSubnet"]);
    }
    const auto hosts = by_id_v3(sim.all_v3("hosts"));
    const auto hosts4 = by_id_v4(sim.all(kHosts));
    REQUIRE(keys_of(hosts) == keys_of(hosts4));
    for (const auto& [id, v4] : hosts4) {
        const json& status = hosts.at(id)["status"];
        const json& resources = status["resources"];
        CHECK(status["name"] == v4["hostName"]);
        CHECK(status["cluster_reference"]["uuid"] == v4["cluster"]["uuid"]);
        CHECK(resources["hypervisor"]["num_vms"] == v4["hypervisor"]["numberOfVms"]);
        CHECK(resources["hypervisor"]["ip"] ==
              v4["hypervisor"]["externalAddress"]["ipv4"]["value"]);
        CHECK(resources["hypervisor"]["hypervisor_full_name"] == v4["hypervisor"]["fullName"]);
        CHECK(resources["controller_vm"]["ip"] ==
              v4["controllerVm"]["externalAddress"]["ipv4"]["value"]);
        CHECK(resources["ipmi"]["ip"] == v4["ipmi"]["ip"]["ipv4"]["value"]);
        CHECK(resources["serial_number"] == v4["nodeSerial"]);
        CHECK(resources["cpu_model"] == v4["cpuModel"]);
        CHECK(resources["num_cpu_cores"] == v4["numberOfCpuCores"]);
        CHECK(resources["num_cpu_sockets"] == v4["numberOfCpuSockets"]);
        CHECK(resources["cpu_capacity_hz"] == v4["cpuCapacityHz"]);
        CHECK(resources["memory_capacity_mib"] ==
              v4["memorySizeBytes"].get<std::uint64_t>() / kMiB);
        CHECK(resources["block"]["block_model"] == v4["blockModel"]);
        CHECK(resources["gpu_list"] == v4["gpuList"]);
    }
}

TEST_CASE("v3 and v4 tell the same of images and projects") {
    SimFixture sim;
    const auto images = by_id_v3(sim.all_v3("images"));
    const auto images4 = by_id_v4(sim.all(kImages));
    REQUIRE(keys_of(images) == keys_of(images4));
    for (const auto& [id, v4] : images4) {
        const json& status = images.at(id)["status"];
        CHECK(status["name"] == v4["name"]);
        CHECK(status["description"] == v4.value("description", ""));
        CHECK(status["resources"]["image_type"] == v4["type"]);
        CHECK(status["resources"]["size_bytes"] == v4["sizeBytes"]);
        const std::string url = v4.contains("source") ? v4["source"]["url"] : json("");
        CHECK(status["resources"].value("source_uri", "") == url);
        json clusters = json::array();
        for (const json& cluster : status["resources"]["current_cluster_reference_list"])
            clusters.push_back(cluster["uuid"]);
        CHECK(clusters == v4["clusterLocationExtIds"]);
        CHECK(images.at(id)["metadata"]["owner_reference"]["uuid"] == v4["ownerExtId"]);
    }
    const auto projects = by_id_v3(sim.all_v3("projects"));
    const auto projects4 = by_id_v4(sim.all(kProjects));
    REQUIRE(keys_of(projects) == keys_of(projects4));
    for (const auto& [id, v4] : projects4) CHECK(projects.at(id)["status"]["name"] == v4["name"]);
}

TEST_CASE("v3 and v4 tell the same of subnets") {
    SimFixture sim;
    const auto subnets = by_id_v3(sim.all_v3("subnets"));
    const auto subnets4 = by_id_v4(sim.all(kSubnets));
    REQUIRE(keys_of(subnets) == keys_of(subnets4));
    for (const auto& [id, v4] : subnets4) {
        const json& status = subnets.at(id)["status"];
        const json& resources = status["resources"];
        CHECK(status["name"] == v4["name"]);
        CHECK(resources["subnet_type"] == v4["subnetType"]);
        if (v4["subnetType"] == "VLAN") CHECK(resources["vlan_id"] == v4["networkId"]);
        CHECK(id_at(status, "cluster_reference", "uuid") == v4.value("clusterReference", "none"));
        CHECK(id_at(resources, "vpc_reference", "uuid") == v4.value("vpcReference", "none"));
        CHECK(resources.contains("ip_config") == v4.contains("ipConfig"));
        if (!v4.contains("ipConfig")) continue;
        const json& config = resources["ip_config"];
        const json& config4 = v4["ipConfig"][0]["ipv4"];
        CHECK(config["subnet_ip"] == config4["ipSubnet"]["ip"]["value"]);
        CHECK(config["prefix_length"] == config4["ipSubnet"]["prefixLength"]);
        CHECK(config["default_gateway_ip"] == config4["defaultGatewayIp"]["value"]);
        CHECK(config["pool_list"][0]["range"] ==
              config4["poolList"][0]["startIp"]["value"].get<std::string>() + " " +
                  config4["poolList"][0]["endIp"]["value"].get<std::string>());
        CHECK(resources["ip_usage_stats"]["num_free_ips"] == v4["ipUsage"]["numFreeIPs"]);
        CHECK(resources["ip_usage_stats"]["num_assigned_ips"] == v4["ipUsage"]["numAssignedIPs"]);
    }
}
