// What operators do to a VM between two collections: afterwards CloudForet shows the VM as it is,
// with nothing left of what it was, and the history says what happened.
#include <algorithm>
#include <catch2/catch.hpp>
#include <functional>
#include <nlohmann/json.hpp>

#include "tests/cloudforet_sim/inventory/document.hpp"
#include "tests/integration/cloudforet_site.hpp"
#include "tests/prism_sim/sim_fixture.hpp"

using namespace pf::test;
using nlohmann::json;
using pf::cloudforet_sim::Collection;
using pf::cloudforet_sim::value_at;

namespace {

// One page by each API, so that a list can be replaced as a whole.
pf::sim::Config world() {
    pf::sim::Config config;
    config.vms = 95;
    return config;
}

// How one generation of the API writes a VM.
struct Form {
    const char* api;      // option api_version
    const char* list;     // part of the list's path
    const char* entries;  // member of the answer that holds the VMs
    json (*all)(pf::sim::SimFixture&);
    // Where the parts of a VM are.
    json::json_pointer id, power, host, nics, disks, gpus;
};

const std::vector<Form> forms{
    {"v4", "/ahv/config/vms", "data",
     [](pf::sim::SimFixture& prism) { return prism.all(pf::sim::kVms, "&$orderby=extId"); },
     json::json_pointer("/extId"), json::json_pointer("/powerState"), json::json_pointer("/host"),
     json::json_pointer("/nics"), json::json_pointer("/disks"), json::json_pointer("/gpus")},
    {"v3", "/vms/list", "entities",
     [](pf::sim::SimFixture& prism) {
         return prism.all_v3("vms", {{"kind", "vm"}, {"sort_attribute", "name"}});
     },
     json::json_pointer("/metadata/uuid"), json::json_pointer("/status/resources/power_state"),
     json::json_pointer("/status/resources/host_reference"),
     json::json_pointer("/status/resources/nic_list"),
     json::json_pointer("/status/resources/disk_list"),
     json::json_pointer("/status/resources/gpu_list")}};

void erase(json& vm, const json::json_pointer& at) {
    if (vm.contains(at)) vm[at.parent_pointer()].erase(at.back());
}

// Takes every address of every NIC away, in whatever form it has them.
void erase_addresses(json& value) {
    for (const char* key : {"ipv4Config", "ipv4Info", "ipv6Config", "ipv6Info", "ip_endpoint_list",
                            "secondary_ip_address_list"}) {
        if (value.is_object()) value.erase(key);
    }
    if (value.is_structured()) {
        for (json& member : value) erase_addresses(member);
    }
}

struct Change {
    const char* what;
    std::size_t nics, disks, gpus;  // the VM has at least so many
    void (*apply)(json& vm, const Form& form);
    void (*check)(const json& before, const json& now);
    const char* key;  // the history names it
};

bool has(const json& vm, const json::json_pointer& at, std::size_t count) {
    return count == 0 || (vm.contains(at) && vm[at].size() >= count);
}

std::size_t count_of(const json& document, const char* path) {
    const json& value = value_at(document, path);
    return value.is_array() ? value.size() : 0;
}

const std::vector<Change> changes{
    {"powered off", 1, 1, 0,
     [](json& vm, const Form& form) {
         vm[form.power] = "OFF";
         erase(vm, form.host);
     },
     [](const json&, const json& now) {
         CHECK(value_at(now, "data.compute.instance_state") == "STOPPED");
         CHECK(value_at(now, "data.host") == json::object());
     },
     "data.compute.instance_state"},
    {"one of its NICs removed", 2, 1, 0,
     [](json& vm, const Form& form) { vm[form.nics].erase(vm[form.nics].size() - 1); },
     [](const json& before, const json& now) {
         CHECK(count_of(now, "data.nics") == count_of(before, "data.nics") - 1);
         CHECK(count_of(now, "ip_addresses") <= count_of(before, "ip_addresses"));
     },
     "data.nics"},
    {"its NICs removed", 1, 0, 0, [](json& vm, const Form& form) { vm[form.nics] = json::array(); },
     [](const json&, const json& now) {
         CHECK(value_at(now, "data.nics") == json::array());
         CHECK(value_at(now, "ip_addresses") == json::array());
         CHECK(value_at(now, "data.primary_ip_address") == "");
         CHECK(value_at(now, "data.subnet") == json::object());
         CHECK(value_at(now, "data.vpc") == json::object());
     },
     "data.nics"},
    {"its addresses removed", 1, 0, 0,
     [](json& vm, const Form& form) { erase_addresses(vm[form.nics]); },
     [](const json& before, const json& now) {
         CHECK(count_of(now, "data.nics") == count_of(before, "data.nics"));
         CHECK(value_at(now, "ip_addresses") == json::array());
         CHECK(value_at(now, "data.primary_ip_address") == "");
         for (const json& nic : value_at(now, "data.nics")) CHECK(nic["ip_addresses"].empty());
     },
     "ip_addresses"},
    {"one of its disks removed", 0, 2, 0,
     [](json& vm, const Form& form) { /* v3: CD-ROMs come last */
                                      vm[form.disks].erase(0);
     },
     [](const json& before, const json& now) {
         CHECK(count_of(now, "data.disks") == count_of(before, "data.disks") - 1);
     },
     "data.disks"},
    {"its GPUs removed", 0, 0, 1, [](json& vm, const Form& form) { erase(vm, form.gpus); },
     [](const json& before, const json& now) {
         CHECK(count_of(before, "data.nutanix.gpus") > 0);
         CHECK(count_of(now, "data.nutanix.gpus") == 0);
     },
     "data.nutanix.gpus"},
};

const json& document_of(CloudForetSite& site, const std::string& id) {
    const auto found = site.inventory().find(id);
    REQUIRE(found.size() == 1);
    return found.front()->document;
}

// The place of a running VM with an address that has what the change needs.
std::size_t find_vm(const json& vms, const Form& form, const Change& change) {
    for (std::size_t i = 0; i < vms.size(); ++i) {
        if (vms[i].value(form.power, "") != "ON") continue;
        if (change.nics > 0 && vms[i].dump().find("10.") == std::string::npos) continue;
        if (has(vms[i], form.nics, change.nics) && has(vms[i], form.disks, change.disks) &&
            has(vms[i], form.gpus, change.gpus)) {
            return i;
        }
    }
    FAIL("no VM for: " << change.what);
    return 0;
}

void check_change(const Form& form, const Change& change, const json& vms) {
    const json options = {{"api_version", form.api}, {"kinds", {"vm"}}};
    const std::size_t place = find_vm(vms, form, change);
    const std::string id = vms[place][form.id];
    CloudForetSite site(world());
    REQUIRE(site.job(site.collect(options, false)).failed == 0);
    const json before = document_of(site, id);
    json changed = vms;
    change.apply(changed[place], form);
    const std::vector<std::string> faults{std::string("set-field:path=") + form.list + ":field=/" +
                                          form.entries + ":json=" + changed.dump()};
    site.prism().set_faults(faults);
    site.wait(std::chrono::hours(2));
    const Collection second = site.collect(options, false);
    INFO(site.job(second).describe());
    REQUIRE(site.job(second).failed == 0);
    const json now = document_of(site, id);
    change.check(before, now);
    const auto history = site.history(second);
    INFO(pf::cloudforet_sim::keys_in_words(history));
    REQUIRE(history.size() == 1);
    CHECK(history[0].resource_id == id);
    CHECK(std::any_of(history[0].differences.begin(), history[0].differences.end(),
                      [&](const auto& each) { return each.key == change.key; }));
    CloudForetSite fresh(world());
    fresh.prism().set_faults(faults);
    REQUIRE(fresh.job(fresh.collect(options, false)).failed == 0);
    CHECK(differences_of({{id, document_of(fresh, id)}}, {{id, now}}) == "");
}

}  // namespace

TEST_CASE("a VM that is changed is shown as it is, and the history says so") {
    pf::sim::SimFixture prism(world());
    for (const Form& form : forms) {
        const json vms = form.all(prism);
        REQUIRE(vms.size() == 95);
        for (const Change& change : changes) {
            INFO(form.api << ": " << change.what);
            check_change(form, change, vms);
        }
    }
}
