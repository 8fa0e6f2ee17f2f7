// Images, recovery points, templates and ESXi machines of which one value is missing or odd, each
// in turn, by v4 and by v3.
#include <catch2/catch.hpp>
#include <prismforet/testing/odd_data.hpp>

#include "tests/modules/pages.hpp"

namespace {

using pf::test::answer;
using pf::test::page;
using pf::testing::FakeHost;
using pf::testing::SilentLoss;

void esxi_v4(FakeHost& host) {
    host.page("esxi_vms", page("esxi_vm/vms"));
    answer(host, "", {"clusters", "hosts", "categories", "storage_containers"});
    answer(host, "esxi_vm/", {"clusters", "hosts"});
}

// Without the machine of AHV, which is none of the kind.
void esxi_v3(FakeHost& host) {
    host.dialect(3).page("esxi_vms", page("esxi_vm/vms_v3"));
    answer(host, "v3/", {"clusters", "hosts"});
    answer(host, "esxi_vm/v3/", {"clusters"});
}

void images_v4(FakeHost& host) {
    host.page("images", page("image/images"));
    answer(host, "", {"clusters", "categories", "projects"});
    answer(host, "esxi_vm/", {"clusters"});
}

void images_v3(FakeHost& host) {
    host.dialect(3).page("images", page("image/images_v3"));
    answer(host, "v3/", {"clusters", "projects"});
}

void points_v4(FakeHost& host) {
    host.page("recovery_points", page("recovery_point/points"));
    host.page("vms", page("vms_1"));
    answer(host, "", {"clusters"});
}

void points_v3(FakeHost& host) {
    host.dialect(3).page("recovery_points", page("recovery_point/points_v3"));
    host.page("vms", page("v3/vms_1"));
    answer(host, "v3/", {"clusters"});
}

void templates(FakeHost& host) {
    host.page("templates", page("template/templates"));
    answer(host, "", {"clusters", "subnets", "categories", "storage_containers"});
}

struct Trial {
    const char* kind;
    void (*script)(FakeHost&);
    std::size_t least_changes;
    std::vector<SilentLoss> silent = {};
};

const Trial trials[] = {
    {"esxi_vm", esxi_v4, 300},
    {"esxi_vm",
     esxi_v3,
     300,
     {{"status.resources.hypervisor_type", "a machine of another hypervisor is of another kind"}}},
    {"image", images_v4, 150},
    {"image", images_v3, 150},
    {"recovery_point",
     points_v4,
     150,
     {{"vmRecoveryPoints", "skipped with a reason: the identities are in it"},
      {"vmRecoveryPoints[*]", "skipped with a reason: the identity is in it"},
      {"vmRecoveryPoints[*].extId", "skipped with a reason: the identity"}}},
    {"recovery_point", points_v3, 150},
    {"template", templates, 300},
};

}  // namespace

TEST_CASE("odd data: every entity goes out, and no loss is silent") {
    for (const Trial& trial : trials) {
        CAPTURE(trial.kind);
        const auto result = pf::testing::try_odd_data(
            {pf_module_entry_v0(), trial.kind, trial.script, {}, {}, trial.silent});
        CHECK(result.complaints == "");
        CHECK(result.changes > trial.least_changes);
        CHECK(result.told > 20);
    }
}
