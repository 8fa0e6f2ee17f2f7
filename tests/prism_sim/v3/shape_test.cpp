// Every v3 answer has only fields, kinds of values and enum words known from the golden shapes.

#include <fstream>
#include <map>
#include <set>

#include "tests/prism_sim/sim_fixture.hpp"

using namespace pf::sim;
using nlohmann::json;

namespace {

// Path of a field to the JSON kinds seen: "entities[].status.name" to "string".
using Shapes = std::map<std::string, std::set<std::string>>;

std::string kind_of(const json& value) { return value.is_number() ? "number" : value.type_name(); }

bool has_free_keys(const std::string& path) {
    return path.ends_with("metadata.categories") || path.ends_with("metadata.categories_mapping") ||
           path.ends_with(".params");
}

void collect(const json& value, const std::string& path, Shapes& shapes) {
    if (value.is_object()) {
        for (const auto& [key, member] : value.items()) {
            const std::string name = has_free_keys(path) ? "*" : key;
            const std::string below = path.empty() ? name : path + "." + name;
            shapes[below].insert(kind_of(member));
            collect(member, below, shapes);
        }
    } else if (value.is_array()) {
        for (const json& element : value) {
            shapes[path + "[]"].insert(kind_of(element));
            collect(element, path + "[]", shapes);
        }
    }
}

json golden() {
    std::ifstream file(PF_SIM_TESTDATA "/v3_shapes.json");
    REQUIRE(file);
    return json::parse(file);
}

// Documented as v3's, but in none of the golden shapes.
const std::set<std::string> kDocumented = {
    "entities[].metadata.categories.*",
    "entities[].metadata.categories_mapping.*",
    "entities[].metadata.categories_mapping.*[]",
    "entities[].status.resources.parent_reference",
    "entities[].status.resources.parent_reference.kind",
    "entities[].status.resources.parent_reference.uuid",
    "entities[].#.resources.disk_list[].volume_group_reference",
    "entities[].#.resources.disk_list[].volume_group_reference.kind",
    "entities[].#.resources.disk_list[].volume_group_reference.uuid",
    "entities[].#.resources.gpu_list[].pci_address",
    "entities[].#.resources.serial_port_list[]",
    "entities[].#.resources.serial_port_list[].index",
    "entities[].#.resources.serial_port_list[].is_connected",
    "entities[].#.resources.nic_list[].trunked_vlan_list[]",
    "entities[].status.resources.gpu_list[]",
    "entities[].#.resources.is_external",
    "entities[].#.resources.enable_nat",
};

// Spec and status have the same resources.
std::string without_side(std::string path) {
    for (const std::string side : {"entities[].status.", "entities[].spec."})
        if (path.starts_with(side)) path.replace(0, side.size(), "entities[].#.");
    return path;
}

void check(const char* name, const json& answer, const json& shapes,
           const std::set<std::string>& may_stay_unseen) {
    Shapes simulated;
    collect(answer, "", simulated);
    const json& known = shapes.at(name);
    for (const auto& [path, kinds] : simulated) {
        INFO(name << ": " << path);
        if (kDocumented.contains(path) || kDocumented.contains(without_side(path))) continue;
        REQUIRE(known.contains(path));
        for (const std::string& kind : kinds) CHECK(known[path] == kind);
    }
    for (const auto& [path, kind] : known.items()) {
        if (may_stay_unseen.contains(path)) continue;
        INFO(name << ", never simulated: " << path);
        CHECK(simulated.contains(path));
    }
}

void collect_words(const json& value, const std::string& key,
                   std::map<std::string, std::set<std::string>>& words) {
    if (value.is_object()) {
        for (const auto& [name, member] : value.items()) collect_words(member, name, words);
    } else if (value.is_array()) {
        for (const json& element : value) collect_words(element, key, words);
    } else if (value.is_string()) {
        words[key].insert(value.get<std::string>());
    }
}

}  // namespace

TEST_CASE("v3 entities have only known fields and kinds, and all of them occur") {
    SimFixture sim({.vms = 1500});
    const json shapes = golden();
    json vms = sim.post("vms/list", {{"length", 500}});
    vms["entities"] = sim.all_v3("vms");
    check("vm", vms, shapes, {});
    check("cluster", sim.post("clusters/list", json::object()), shapes, {});
    check("host", sim.post("hosts/list", json::object()), shapes, {});
    check("subnet", sim.post("subnets/list", json::object()), shapes, {});
    check("vpc", sim.post("vpcs/list", json::object()), shapes, {});
    check("floating_ip", sim.post("floating_ips/list", json::object()), shapes, {});
    check("network_security_rule", sim.post("network_security_rules/list", json::object()), shapes,
          {});
    check("image", sim.post("images/list", json::object()), shapes, {});
    // The simulator has no quotas and no members.
    std::set<std::string> quotas;
    for (const auto& [path, kind] : shapes["project"].items())
        if (path.find("resource_domain") != std::string::npos ||
            path.find("user_") != std::string::npos)
            quotas.insert(path);
    check("project", sim.post("projects/list", json::object()), shapes, quotas);
    check("category_keys", sim.post("categories/list", json::object()), shapes, {});
    check("category_values", sim.post("categories/AppTier/list", json::object()), shapes, {});
    const json attributes = json::array({{{"attribute", "container_name"}}});
    check("groups",
          sim.post("groups",
                   {{"entity_type", "storage_container"}, {"group_member_attributes", attributes}}),
          shapes, {});
}

TEST_CASE("v3 errors have the known shape") {
    SimFixture sim({.faults = {"forbidden:path=/vms/"}});
    const json shapes = golden();
    sim.ask_as({}, "/api/nutanix/v3/users/me");
    CHECK(sim.response.status == 401);
    check("error_401", json::parse(sim.response.body.view()), shapes, {});
    check("error_403", sim.post("vms/list", json::object()), shapes, {});
    CHECK(sim.response.status == 403);
}

TEST_CASE("v3 enum words are the known ones") {
    SimFixture sim({.vms = 1500});
    std::map<std::string, std::set<std::string>> words;
    for (const char* plural : {"vms", "clusters", "hosts", "subnets", "images", "projects"})
        collect_words(sim.all_v3(plural), "", words);
    const std::map<std::string, std::set<std::string>> known = {
        // UNDETERMINED is v4's word for what v3 has none for; a client must accept others.
        {"power_state", {"ON", "OFF", "PAUSED", "UNDETERMINED"}},
        {"state", {"COMPLETE", "ENABLED", "DISABLED"}},
        {"hypervisor_type", {"AHV"}},
        {"device_type", {"DISK", "CDROM", "VOLUME_GROUP"}},
        {"adapter_type", {"SCSI", "IDE", "PCI", "SATA"}},
        {"nic_type", {"NORMAL_NIC", "DIRECT_NIC"}},
        {"vlan_mode", {"ACCESS", "TRUNKED"}},
        {"boot_type", {"LEGACY", "UEFI", "SECURE_BOOT"}},
        {"machine_type", {"PC", "Q35"}},
        {"protection_type", {"UNPROTECTED", "PD_PROTECTED", "RULE_PROTECTED"}},
        {"subnet_type", {"VLAN", "OVERLAY"}},
        {"image_type", {"DISK_IMAGE", "ISO_IMAGE"}},
        {"mode", {"PASSTHROUGH_GRAPHICS", "PASSTHROUGH_COMPUTE", "VIRTUAL"}},
        {"vendor", {"NVIDIA"}},
        {"service_list", {"AOS", "PRISM_CENTRAL"}},
        {"type", {"ASSIGNED", "LEARNED", "AHV"}},
    };
    for (const auto& [key, values] : known) {
        INFO(key);
        CHECK(words[key] == values);
    }
}
