// Every object the simulator sends has a type, fields and value kinds known from the golden shapes.

#include <fstream>
#include <map>
#include <set>

#include "tests/prism_sim/sim_fixture.hpp"

using namespace pf::sim;
using nlohmann::json;

namespace {

constexpr const char* kLists[] = {kVms,         kClusters,        kHosts,    kDisks,    kContainers,
                                  kSubnets,     kCategories,      kProjects, kImages,   kVpcs,
                                  kFloatingIps, kVirtualSwitches, kGateways, kPolicies, kEsxiVms,
                                  kTemplates,   kRecoveryPoints};

// Type and field name to the JSON kinds seen.
using Shapes = std::map<std::pair<std::string, std::string>, std::set<std::string>>;

std::string kind_of(const json& value) { return value.is_number() ? "number" : value.type_name(); }

void collect(const json& value, Shapes& shapes) {
    if (value.is_object()) {
        const std::string type = value.value("$objectType", "");
        for (const auto& [key, member] : value.items()) {
            if (!type.empty()) shapes[{type, key}].insert(kind_of(member));
            if (key != "argumentsMap") collect(member, shapes);
        }
    } else if (value.is_array()) {
        for (const json& element : value) collect(element, shapes);
    }
}

// Documented field by field, but in none of the golden objects. The names of the types of an ESXi
// machine's NIC are not verified.
struct Documented {
    const char* type;
    std::set<std::string> texts, objects, arrays, booleans;
};
const Documented kDocumented[] = {
    {"vmm.v4.content.Template",
     {"extId", "templateName", "templateDescription", "createTime", "updateTime"},
     {"createdBy", "templateVersionSpec"},
     {},
     {}},
    {"vmm.v4.content.TemplateVersionSpec",
     {"extId", "versionName", "versionDescription", "createTime"},
     {"createdBy", "vmSpec"},
     {},
     {"isActiveVersion", "isGcOverrideEnabled"}},
    {"vmm.v4.content.TemplateUser", {"extId", "username"}, {}, {}, {}},
    {"vmm.v4.content.Image", {"projectExtId"}, {}, {}, {}},
    {"vmm.v4.esxi.config.Vm",
     {"description"},
     {"ownershipInfo", "nutanixGuestTools"},
     {"nics"},
     {}},
    {"vmm.v4.esxi.config.OwnershipInfo", {}, {"owner"}, {}, {}},
    {"vmm.v4.esxi.config.OwnerReference", {"extId"}, {}, {}, {}},
    {"vmm.v4.esxi.config.CategoryReference", {"extId"}, {}, {}, {}},
    {"vmm.v4.esxi.config.NutanixGuestTools",
     {"version", "availableVersion"},
     {},
     {"capabilities"},
     {"isInstalled", "isEnabled", "isIsoInserted", "isReachable"}},
    {"vmm.v4.esxi.config.CdRom", {}, {"diskAddress"}, {}, {}},
    {"vmm.v4.esxi.config.CdRomAddress", {"busType"}, {}, {}, {}},
    {"vmm.v4.esxi.config.Nic", {"extId"}, {"backingInfo", "networkInfo"}, {}, {}},
    {"vmm.v4.esxi.config.NicBackingInfo", {"adapterType", "macAddress"}, {}, {}, {"isConnected"}},
    {"vmm.v4.esxi.config.NicNetworkInfo", {}, {"portGroupInfo", "ipAddressInfo"}, {}, {}},
    {"vmm.v4.esxi.config.PortGroupInfo", {"name"}, {}, {}, {}},
    {"vmm.v4.esxi.config.IpAddressInfo", {}, {}, {"ipv4Addresses"}, {}},
    {"dataprotection.v4.config.RecoveryPoint", {}, {}, {}, {"isSecure"}},
    {"dataprotection.v4.config.VmRecoveryPoint", {"consistencyGroupExtId"}, {}, {}, {}},
    {"dataprotection.v4.config.VolumeGroupRecoveryPoint",
     {"extId", "volumeGroupExtId"},
     {},
     {},
     {}},
};

void add_documented(Shapes& shapes) {
    const auto add = [&](const char* type, const std::set<std::string>& names, const char* kind) {
        for (const std::string& name : names) shapes[{type, name}].insert(kind);
    };
    for (const Documented& each : kDocumented) {
        add(each.type, {"$objectType"}, "string");
        add(each.type, {"$reserved"}, "object");
        add(each.type, each.texts, "string");
        add(each.type, each.objects, "object");
        add(each.type, each.arrays, "array");
        add(each.type, each.booleans, "boolean");
    }
    shapes[{"vmm.v4.esxi.config.CdRomAddress", "index"}].insert("number");
}

Shapes golden_shapes() {
    std::ifstream file(PF_SIM_TESTDATA "/v4_shapes.json");
    REQUIRE(file);
    Shapes shapes;
    collect(json::parse(file), shapes);
    add_documented(shapes);
    shapes[{"vmm.v4.ahv.config.Ipv4Config", "secondaryIpAddressList"}].insert("array");
    // The envelope of an answer to an unknown path, which no endpoint's type fits.
    for (const char* name : {"metadata", "data"})
        shapes[{"vmm.v4.error.ErrorResponse", name}].insert("object");
    shapes[{"vmm.v4.error.ErrorResponse", "$dataItemDiscriminator"}].insert("string");
    return shapes;
}

void require_typed(const json& value, const std::string& where) {
    if (value.is_object()) {
        INFO(where << ": " << value.dump().substr(0, 200));
        REQUIRE(value.contains("$objectType"));
        REQUIRE(value.contains("$reserved"));
        for (const auto& [key, member] : value.items())
            if (key != "$reserved") require_typed(member, where + "." + key);
    } else if (value.is_array()) {
        for (const json& element : value) require_typed(element, where);
    }
}

Shapes simulated_shapes(SimFixture& sim) {
    Shapes shapes;
    for (const char* path : kLists) {
        collect(sim.all(path), shapes);
        collect(sim.json(path), shapes);
    }
    for (const char* target : {kDomainManagers, kVms, "/api/vmm/v4.3/ahv/config/vms?$limit=101",
                               "/api/vmm/v4.3/ahv/config/unknown"})
        collect(sim.json(target), shapes);
    const std::string id = to_text(sim.simulation.roster().ids().front());
    collect(sim.json(std::string(kVms) + "/" + id), shapes);
    collect(sim.json(std::string(kVms) + "/00000000-0000-4000-8000-000000000000"), shapes);
    return shapes;
}

}  // namespace

TEST_CASE("v4 objects have only known types, fields and kinds, and all of them occur") {
    SimFixture sim({.vms = 1500, .esxi_vms = 100, .recovery_points = 100, .subnets = 60});
    const Shapes golden = golden_shapes();
    const Shapes simulated = simulated_shapes(sim);
    for (const auto& [field, kinds] : simulated) {
        INFO(field.first << "." << field.second);
        const auto known = golden.find(field);
        REQUIRE(known != golden.end());
        for (const std::string& kind : kinds) CHECK(known->second.contains(kind));
    }
    for (const auto& [field, kinds] : golden) {
        // Prism's containers may leave extId out, and the simulator's always do.
        if (field.first == "clustermgmt.v4.config.StorageContainer" && field.second == "extId")
            continue;
        INFO("never simulated: " << field.first << "." << field.second);
        CHECK(simulated.contains(field));
    }
}

TEST_CASE("every object of every list carries its type and revision") {
    SimFixture sim({.vms = 150, .esxi_vms = 20});
    for (const char* path : kLists)
        require_typed(sim.json(std::string(path) + "?$limit=100"), path);
}

TEST_CASE("enum values are those of the AHV model unless asked otherwise") {
    const std::set<std::string> known = {"ON", "OFF", "PAUSED", "UNDETERMINED"};
    const auto states = [](const Config& config) {
        SimFixture sim(config);
        std::set<std::string> seen;
        for (const json& vm : sim.all(kVms)) seen.insert(vm["powerState"].get<std::string>());
        return seen;
    };
    CHECK(states({.vms = 1000}) == known);
    CHECK(states({.vms = 1000, .unknown_enums = true}).contains("SUSPENDED"));
}

TEST_CASE("an older version has neither newer fields nor newer revisions") {
    SimFixture sim({.vms = 200});
    const json vms = sim.all("/api/vmm/v4.0/ahv/config/vms");
    REQUIRE(vms.size() == 200);
    for (const json& vm : vms) {
        CHECK(vm["$reserved"]["$fv"] == "v4.r0");
        for (const char* name : {"project", "projectExtId", "customAttributes"})
            CHECK_FALSE(vm.contains(name));
        for (const json& nic : vm.value("nics", json::array())) {
            CHECK(nic.contains("networkInfo"));
            CHECK_FALSE(nic.contains("nicNetworkInfo"));
        }
        if (vm.contains("guestTools")) CHECK_FALSE(vm["guestTools"].contains("guestInfo"));
    }
    const json newer = sim.all("/api/vmm/v4.1/ahv/config/vms");
    CHECK(std::any_of(newer.begin(), newer.end(),
                      [](const json& vm) { return vm.contains("project"); }));
    CHECK_FALSE(newer[0].contains("projectExtId"));
}
