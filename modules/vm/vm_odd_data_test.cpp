// Machines of which one value is missing or odd, each in turn, by v4 and by v3.
#include <catch2/catch.hpp>
#include <prismforet/testing/odd_data.hpp>

namespace {

using pf::testing::FakeHost;

std::string page(const std::string& name) {
    return pf::testing::read_file(PF_MODULE_SOURCE_DIRECTORY "/testdata/" + name + ".json");
}

void script_v4(FakeHost& host) {
    host.page("vms", page("vms_1")).page("vms", page("vms_3"));
    for (const char* endpoint : {"clusters", "hosts", "subnets", "categories", "storage_containers",
                                 "projects", "images"}) {
        host.page(endpoint, page(endpoint));
    }
}

void script_v3(FakeHost& host) {
    host.dialect(3).page("vms", page("v3/vms_1"));
    for (const char* endpoint : {"clusters", "hosts", "subnets", "projects", "images"}) {
        host.page(endpoint, page(std::string("v3/") + endpoint));
    }
}

// Values that only point to something: pointing nowhere is no loss to tell.
const pf::testing::SilentLoss boot_v4 = {"bootConfig.bootDevice.diskAddress.busType",
                                         "no disk of the machine has that address"};
const pf::testing::SilentLoss boot_v3 = {
    "status.resources.boot_config.boot_device.disk_address.adapter_type",
    "no disk of the machine has that address"};
const pf::testing::SilentLoss hypervisor = {"status.resources.hypervisor_type",
                                            "a machine of another hypervisor is of another kind"};

}  // namespace

TEST_CASE("odd data by v4: every machine goes out, and no loss is silent") {
    const auto result =
        pf::testing::try_odd_data({pf_module_entry_v0(), "vm", script_v4, {}, {}, {boot_v4}});
    CHECK(result.complaints == "");
    CHECK(result.entities == 3);
    CHECK(result.changes > 1000);
    CHECK(result.told > 100);
}

TEST_CASE("odd data by v3: every machine goes out, and no loss is silent") {
    const auto result = pf::testing::try_odd_data(
        {pf_module_entry_v0(), "vm", script_v3, {}, {}, {boot_v3, hypervisor}});
    CHECK(result.complaints == "");
    CHECK(result.entities == 3);
    CHECK(result.changes > 1000);
    CHECK(result.told > 100);
}
