// The storage module by API v3: what differs from v4, side by side, and golden rows.
#include <catch2/catch.hpp>
#include <prismforet/testing.hpp>

#include "tests/abi/proxy/proxy.hpp"

namespace {

using pf::testing::FakeHost;
using pf::testing::Run;
using pf::testing::SideBySide;

const std::string testdata = PF_MODULE_SOURCE_DIRECTORY "/testdata/";
constexpr const char* vg_db = "86541531-2fc0-4913-a519-5a1b5e896217";

std::string page(const std::string& name) {
    return pf::testing::read_file(testdata + name + ".json");
}

void script_v3(FakeHost& host) {
    host.dialect(3);
    for (const char* endpoint : {"containers", "volume_groups", "clusters"}) {
        host.page(endpoint, page(std::string("v3/") + endpoint));
    }
}

// The first `count` entities of a v4 page, as an array.
std::string first_of(const std::string& name, std::size_t count) {
    const auto all = pf::testing::Json::parse(page(name));
    std::string text = "[";
    for (std::size_t i = 0; i < count; ++i) {
        text += (i == 0 ? "" : ",") + all["data"].at(i).dump();
    }
    return text + "]";
}

// v4's word for what the rows of groups say of the same containers.
std::string stats(std::int64_t capacity, std::int64_t free) {
    const auto series = [](std::int64_t value) {
        return R"([{"timestamp":"2026-11-23T10:00:00Z","value":)" + std::to_string(value) + "}]";
    };
    return R"({"data":{"storageCapacityBytes":)" + series(capacity) + R"(,"storageUsageBytes":)" +
           series(capacity - free) + R"(,"storageFreeBytes":)" + series(free) + "}}";
}

}  // namespace

TEST_CASE("by v3 rows are the golden rows") {
    FakeHost host(pf_module_entry_v0());
    script_v3(host);
    host.page("volume_groups", page("v3/volume_groups_odd"));
    for (const std::string kind : {"storage_container", "volume_group"}) {
        CAPTURE(kind);
        const Run run = host.collect(kind);
        CHECK(run.status == PF_OK);
        CHECK(run.problems.empty());
        CHECK(run.refused.empty());
        CHECK(run.lost.empty());
        // One in a state of error, one odd: neither says where it lies.
        CHECK(run.notes_of("volume_group.no_cluster") == (kind == "volume_group" ? 2 : 0));
        CHECK(run.skips.size() == (kind == "volume_group" ? 1 : 0));
        CHECK(run.expected.empty());
        CHECK(pf::testing::golden_difference(testdata + "v3/rows_" + kind + ".json", run.rows()) ==
              "");
    }
}

TEST_CASE("side by side: a container by v3 equals the container by v4 where both know") {
    FakeHost v4(pf_module_entry_v0());
    v4.page("containers", first_of("containers", 2)).page("clusters", page("clusters"));
    v4.detail("container_stats", "39aa2a82-6af6-427f-844c-6ce7bf495587",
              stats(8738404051028, 4369202025514));
    v4.detail("container_stats", "e560fdb2-3dc4-4e36-bf48-df28f0c06dc7",
              stats(4365702025514, 2182851012757));
    FakeHost v3(pf_module_entry_v0());
    script_v3(v3);
    const std::string facts = "$.data.storage_container.";
    std::vector<std::string> allowed;
    for (const char* key :
         {"replication_factor", "compression", "compression_delay_seconds", "deduplication",
          "cache_deduplication", "erasure_coding", "inline_erasure_coding", "encrypted",
          "software_encryption", "reserved_bytes", "implicit_reserved_bytes",
          "nfs_whitelist_inherited", "nfs_whitelist", "marked_for_removal", "internal",
          "storage_pool_uuid"}) {
        allowed.push_back(facts + key);
    }
    SideBySide sides(allowed);
    CHECK(sides.compare(v4.collect("storage_container"), v3.collect("storage_container")) == "");
    CHECK(sides.unused() == "");
}

TEST_CASE("side by side: a volume group by v3 equals the group by v4 where both know") {
    FakeHost v4(pf_module_entry_v0());
    v4.page("volume_groups", first_of("volume_groups", 2));
    v4.page("containers", page("containers")).page("clusters", page("clusters"));
    v4.detail("volume_group_disks", vg_db, page("volume_group_disks"));
    v4.detail("volume_group_attachments", vg_db, page("volume_group_attachments"));
    FakeHost v3(pf_module_entry_v0());
    script_v3(v3);
    const std::string facts = "$.data.volume_group.";
    SideBySide sides({"$.data.attachments[*].index", "$.data.disks[*].flash_mode",
                      facts + "attachment_type", facts + "authentication", facts + "created_by",
                      facts + "hidden", facts + "load_balance", facts + "protocol",
                      facts + "target_name", facts + "target_prefix", facts + "usage_type"});
    CHECK(sides.compare(v4.collect("volume_group"), v3.collect("volume_group")) == "");
    CHECK(sides.unused() == "");
}

TEST_CASE("by v3: what a group in a state of error does not show is unknown, never none") {
    FakeHost host(pf_module_entry_v0());
    script_v3(host);
    host.page("volume_groups", page("v3/volume_groups_odd"));
    const Run run = host.collect("volume_group");
    CHECK(run.record("00000000-0000-4000-8000-000000000b02").unknown ==
          std::vector<std::string>{"totals", "disks", "attachments"});
    // A disk whose size nobody understands: there is no sum.
    const auto& iscsi = run.record("00000000-0000-4000-8000-000000000b03").content;
    CHECK(iscsi["instance_size"].kind == PF_KIND_ABSENT);
    CHECK(iscsi["data"]["totals"].dump() == R"({"disk_count":1,"attachment_count":0})");
}

TEST_CASE("by v3 through the proxy everything is the same") {
    for (const char* kind : {"storage_container", "volume_group"}) {
        FakeHost direct(pf_module_entry_v0());
        script_v3(direct);
        const pf::test::Proxy proxy(pf_module_entry_v0());
        FakeHost behind(proxy.module());
        script_v3(behind);
        CHECK(behind.collect(kind).text() == direct.collect(kind).text());
    }
}
