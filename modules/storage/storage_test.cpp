// The storage module by API v4: golden rows, directly, from the library and through the proxy.
#include <catch2/catch.hpp>
#include <prismforet/testing.hpp>

#include "tests/abi/proxy/proxy.hpp"

namespace {

using pf::testing::FakeHost;
using pf::testing::Run;

const std::string testdata = PF_MODULE_SOURCE_DIRECTORY "/testdata/";
constexpr const char* cluster_a = "00061f7f-44f7-19dc-0000-000000000a01";
constexpr const char* vg_db = "86541531-2fc0-4913-a519-5a1b5e896217";
constexpr const char* default_container = "39aa2a82-6af6-427f-844c-6ce7bf495587";
constexpr const char* self_service = "e560fdb2-3dc4-4e36-bf48-df28f0c06dc7";

std::string page(const std::string& name) {
    return pf::testing::read_file(testdata + name + ".json");
}

void script(FakeHost& host) {
    for (const char* endpoint : {"containers", "volume_groups", "clusters"}) {
        host.page(endpoint, page(endpoint));
    }
    host.detail("container_stats", default_container, page("container_stats"));
    host.detail("container_stats", self_service, page("container_stats_none"));
    host.detail("volume_group_disks", vg_db, page("volume_group_disks"));
    host.detail("volume_group_attachments", vg_db, page("volume_group_attachments"));
}

}  // namespace

TEST_CASE("rows are the golden rows") {
    FakeHost host(pf_module_entry_v0());
    script(host);
    for (const std::string kind : {"storage_container", "volume_group"}) {
        CAPTURE(kind);
        const Run run = host.collect(kind);
        CHECK(run.status == PF_OK);
        CHECK(run.problems.empty());
        CHECK(run.refused.empty());
        CHECK(run.lost.empty());
        REQUIRE(run.skips.size() == 1);
        CHECK(run.skips[0].code == kind + ".no_id");
        CHECK(run.notes_of("storage_container.no_usage") == (kind == "volume_group" ? 0 : 3));
        CHECK(run.rows().dump().find("never-emitted") == std::string::npos);
        CHECK(pf::testing::golden_difference(testdata + "rows_" + kind + ".json", run.rows()) ==
              "");
    }
}

TEST_CASE("the library and the proxy give what the sources give") {
    for (const char* kind : {"storage_container", "volume_group"}) {
        CAPTURE(kind);
        FakeHost direct(pf_module_entry_v0());
        script(direct);
        FakeHost loaded(pf::testing::ModuleLibrary(PF_MODULE_LIBRARY).module());
        script(loaded);
        CHECK(loaded.collect(kind).text() == direct.collect(kind).text());
        const pf::test::Proxy proxy(pf_module_entry_v0());
        FakeHost behind(proxy.module());
        script(behind);
        const Run run = behind.collect(kind, {"{}", cluster_a});
        CHECK(run.text() == direct.collect(kind, {"{}", cluster_a}).text());
        CHECK(run.problems.empty());
        CHECK(run.requests.at(0).cluster == cluster_a);
        CHECK(run.expected.size() >= 3);
    }
}

TEST_CASE("positions are those of the descriptor") {
    FakeHost host(pf_module_entry_v0());
    const auto& descriptor = host.descriptor();
    CHECK(pf::testing::order_difference(
              descriptor, "endpoints",
              {"containers", "container_stats", "volume_groups", "volume_group_disks",
               "volume_group_attachments", "clusters"}) == "");
    CHECK(pf::testing::order_difference(descriptor, "lookups", {"clusters", "containers"}) == "");
    CHECK(pf::testing::order_difference(descriptor, "outputs",
                                        {"storage_container", "volume_group"}) == "");
}

TEST_CASE("the identity of a container is containerExtId") {
    FakeHost host(pf_module_entry_v0());
    host.page("containers", R"([{"extId":"other","containerExtId":"own","name":"a"},
                                {"extId":"only","name":"b"}])");
    const Run run = host.collect("storage_container", {R"({"detail":false})", ""});
    CHECK(run.record("own").content["name"].text == "a");
    CHECK(run.record("only").content["name"].text == "b");
    CHECK(run.record("other").content.kind == PF_KIND_ABSENT);
}

TEST_CASE("a failed look-up keeps what CloudForet has and spares the rest") {
    FakeHost host(pf_module_entry_v0());
    script(host);
    host.fail_lookup("clusters", PF_UNAVAILABLE);
    // The list brings the cluster's name with most containers.
    CHECK(host.collect("storage_container").record(default_container).unknown.empty());
    CHECK(
        host.collect("storage_container").record("00000000-0000-4000-8000-000000000a03").unknown ==
        std::vector<std::string>{"usage", "cluster"});
    CHECK(host.collect("volume_group").record(vg_db).unknown ==
          std::vector<std::string>{"cluster"});
    host.fail_lookup("containers", PF_UNAVAILABLE);
    const Run run = host.collect("volume_group");
    CHECK(run.status == PF_OK);
    CHECK(run.record(vg_db).unknown == std::vector<std::string>{"disks", "cluster"});
    CHECK(run.record(vg_db).content["instance_size"].number == 214748364800.0);
}

TEST_CASE("a cancelled call ends with its status wherever it stands") {
    for (const char* kind : {"storage_container", "volume_group"}) {
        for (std::size_t calls = 1; calls <= 12; ++calls) {
            CAPTURE(kind, calls);
            FakeHost host(pf_module_entry_v0());
            script(host);
            host.cancel_after(calls, PF_DEADLINE_EXCEEDED);
            const Run run = host.collect(kind);
            CHECK(run.status == PF_DEADLINE_EXCEEDED);
            CHECK(run.problems.empty());
        }
    }
}
