// Storage of which one value is missing or odd, each in turn, by v4 and by v3.
#include <catch2/catch.hpp>
#include <prismforet/testing/odd_data.hpp>

namespace {

using pf::testing::FakeHost;

std::string page(const std::string& name) {
    return pf::testing::read_file(PF_MODULE_SOURCE_DIRECTORY "/testdata/" + name + ".json");
}

void script_v4(FakeHost& host) {
    for (const char* endpoint : {"containers", "volume_groups", "clusters"}) {
        host.page(endpoint, page(endpoint));
    }
    host.detail("container_stats", "39aa2a82-6af6-427f-844c-6ce7bf495587", page("container_stats"));
    host.detail("volume_group_disks", "86541531-2fc0-4913-a519-5a1b5e896217",
                page("volume_group_disks"));
    host.detail("volume_group_attachments", "86541531-2fc0-4913-a519-5a1b5e896217",
                page("volume_group_attachments"));
}

void script_v3(FakeHost& host) {
    host.dialect(3);
    for (const char* endpoint : {"containers", "volume_groups", "clusters"}) {
        host.page(endpoint, page(std::string("v3/") + endpoint));
    }
}

void check(const pf::testing::OddData& what, std::size_t least) {
    const auto result = pf::testing::try_odd_data(what);
    CHECK(result.complaints == "");
    CHECK(result.changes > least);
}

}  // namespace

TEST_CASE("odd data by v4: every container and volume group goes out") {
    check({pf_module_entry_v0(), "storage_container", script_v4}, 300);
    check({pf_module_entry_v0(), "volume_group", script_v4}, 200);
}

TEST_CASE("odd data by v3: every container and volume group goes out") {
    check({pf_module_entry_v0(), "storage_container", script_v3}, 50);
    check({pf_module_entry_v0(), "volume_group", script_v3}, 200);
}
