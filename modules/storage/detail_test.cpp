// Disks, attachments and usage, which v4 tells of one entity after the other: what is asked, and
// what becomes of an entity whose details cannot be had.
#include <catch2/catch.hpp>
#include <prismforet/testing.hpp>

namespace {

using pf::testing::FakeHost;
using pf::testing::Record;
using pf::testing::Run;

std::string groups(int from, int to) {
    std::string text = "[";
    for (int i = from; i < to; ++i) {
        text += std::string(i == from ? "" : ",") + R"({"extId":"g)" + std::to_string(i) +
                R"(","name":"n"})";
    }
    return text + "]";
}

std::vector<std::string> parents(const std::vector<pf::testing::ListRequest>& requests,
                                 std::uint32_t endpoint) {
    std::vector<std::string> found;
    for (const auto& each : requests) {
        if (each.endpoint == endpoint && !each.parent.empty()) found.push_back(each.parent);
    }
    return found;
}

}  // namespace

TEST_CASE("what is expected is what is asked for, page by page, in order") {
    FakeHost host(pf_module_entry_v0());
    host.page("volume_groups", groups(0, 3)).page("volume_groups", groups(3, 5));
    const Run run = host.collect("volume_group");
    const std::vector<std::string> all = {"g0", "g1", "g2", "g3", "g4"};
    for (const char* endpoint : {"volume_group_disks", "volume_group_attachments"}) {
        const std::uint32_t number = host.script().index("endpoints", endpoint);
        CHECK(parents(run.expected, number) == all);
        CHECK(parents(run.requests, number) == all);
    }
    CHECK(run.problems.empty());
    CHECK(run.record("g4").content["data"]["totals"].dump() ==
          R"({"disk_count":0,"attachment_count":0,"size_bytes":0})");
}

TEST_CASE("disks that stand in the list are not asked for") {
    FakeHost host(pf_module_entry_v0());
    host.page("volume_groups",
              R"([{"extId":"g0","disks":[{"extId":"d","index":0,"diskSizeBytes":5}]},
                  {"extId":"g1","disks":[]}])");
    const Run run = host.collect("volume_group");
    const std::uint32_t disks = host.script().index("endpoints", "volume_group_disks");
    CHECK(parents(run.requests, disks) == std::vector<std::string>{"g1"});
    CHECK(parents(run.expected, disks) == std::vector<std::string>{"g1"});
    CHECK(run.record("g0").content["instance_size"].number == 5.0);
}

TEST_CASE("a detail that cannot be had is unknown for that entity alone") {
    for (const pf_status failure : {PF_UNAVAILABLE, PF_PERMISSION_DENIED, PF_ABORTED, PF_NOT_FOUND,
                                    PF_DATA_LOSS, PF_RESOURCE_EXHAUSTED}) {
        CAPTURE(failure);
        FakeHost host(pf_module_entry_v0());
        host.page("volume_groups", groups(0, 3));
        // One disk came before the list was cut: it is not the whole, so it does not go out.
        host.detail("volume_group_disks", "g1", R"([{"extId":"d","diskSizeBytes":5}])");
        host.fail_detail("volume_group_disks", "g1", failure);
        host.fail_detail("volume_group_attachments", "g2", failure);
        const Run run = host.collect("volume_group");
        CHECK(run.status == PF_OK);
        CHECK(run.problems.empty());
        REQUIRE(run.records.size() == 3);
        CHECK(run.record("g0").unknown.empty());
        const Record& g1 = run.record("g1");
        CHECK(g1.unknown == std::vector<std::string>{"totals", "disks"});
        CHECK(g1.content["instance_size"].kind == PF_KIND_ABSENT);
        CHECK(run.record("g2").unknown == std::vector<std::string>{"totals", "attachments"});
    }
}

TEST_CASE("a detail cut by the end of the call ends the call") {
    FakeHost host(pf_module_entry_v0());
    host.page("volume_groups", groups(0, 3));
    host.fail_detail("volume_group_disks", "g1", PF_CANCELLED);
    CHECK(host.collect("volume_group").status == PF_CANCELLED);
}

TEST_CASE("a detail of several pages is read to its end and sorted") {
    FakeHost host(pf_module_entry_v0());
    host.page("volume_groups", groups(0, 1));
    host.detail("volume_group_disks", "g0",
                R"([{"extId":"b","index":2,"diskSizeBytes":1},{"extId":"a","index":1}])");
    host.detail("volume_group_disks", "g0", R"([{"extId":"c","index":0,"diskSizeBytes":2}])");
    const auto content = host.collect("volume_group").record("g0").content;
    const auto& disks = content["data"]["disks"];
    REQUIRE(disks.children.size() == 3);
    CHECK(disks.at(0)["uuid"].text == "c");
    CHECK(disks.at(2)["uuid"].text == "b");
    // The size of one is not known, so there is no sum that looks like one.
    CHECK(content["instance_size"].kind == PF_KIND_ABSENT);
}

TEST_CASE("with the option detail: false nothing is asked for one entity after the other") {
    FakeHost host(pf_module_entry_v0());
    host.page("volume_groups", groups(0, 2));
    host.page("containers", R"([{"containerExtId":"c0","maxCapacityBytes":1000}])");
    const Run run = host.collect("volume_group", {R"({"detail":false})", ""});
    CHECK(run.expected.empty());
    CHECK(run.requests.size() == 1);
    CHECK(run.record("g0").unknown == std::vector<std::string>{"totals", "disks", "attachments"});
    const Run containers = host.collect("storage_container", {R"({"detail":false})", ""});
    CHECK(containers.requests.size() == 1);
    CHECK(containers.record("c0").unknown == std::vector<std::string>{"usage"});
    CHECK(containers.record("c0").content["instance_size"].number == 1000.0);
    CHECK(containers.notes_of("storage_container.no_usage") == 0);
}

TEST_CASE("a container whose usage cannot be read goes out without it") {
    FakeHost host(pf_module_entry_v0());
    host.page("containers", R"([{"containerExtId":"c0"},{"containerExtId":"c1"}])");
    host.detail("container_stats", "c0",
                R"({"data":{"storageCapacityBytes":[{"timestamp":"t","value":1000}],
                            "storageUsageBytes":[{"timestamp":"t","value":456}]}})");
    host.fail_detail("container_stats", "c1", PF_UNAVAILABLE);
    const Run run = host.collect("storage_container");
    CHECK(run.status == PF_OK);
    CHECK(run.record("c0").content["data"]["usage"].dump() ==
          R"({"used_bytes":450,"free_bytes":540,"used_percent":45})");
    CHECK(run.record("c1").unknown == std::vector<std::string>{"usage"});
    CHECK(run.notes_of("storage_container.no_usage") == 0);
}
