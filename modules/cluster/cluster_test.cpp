// The cluster module as a whole, by v4: golden rows, directly, from the library, by proxy.
#include <catch2/catch.hpp>
#include <prismforet/testing.hpp>

#include "tests/abi/proxy/proxy.hpp"

namespace {

using pf::testing::FakeHost;
using pf::testing::Record;
using pf::testing::Run;

const std::string testdata = PF_MODULE_SOURCE_DIRECTORY "/testdata/";

std::string page(const std::string& name) {
    return pf::testing::read_file(testdata + name + ".json");
}

void script(FakeHost& host) {
    host.page("clusters", page("clusters"))
        .page("hosts", page("hosts_1"))
        .page("hosts", page("hosts_2"))
        .page("disks", page("disks"))
        .page("categories", page("categories"));
}

constexpr const char* cluster_a = "00061f7f-44f7-19dc-0000-000000000a01";
constexpr const char* cluster_b = "00061f7f-44f7-19dc-0000-000000000b02";

Run collect(const char* kind, const std::function<void(FakeHost&)>& change = {}) {
    FakeHost host(pf_module_entry_v0());
    script(host);
    if (change) change(host);
    return host.collect(kind);
}

struct Expected {
    const char* kind;
    std::size_t filtered;
    const char* skip;
    const char* note;
};
// Prism Central is no cluster; the hosts of clusters are no resources of that kind.
const Expected kinds[] = {{"cluster", 1 + 5, "cluster.no_id", nullptr},
                          {"host", 0, "host.no_id", "host.no_cluster"},
                          {"disk", 0, "disk.no_id", "disk.no_cluster"}};

}  // namespace

TEST_CASE("rows are the golden rows") {
    for (const Expected& expected : kinds) {
        CAPTURE(expected.kind);
        const Run run = collect(expected.kind);
        CHECK(run.status == PF_OK);
        CHECK(run.problems.empty());
        CHECK(run.refused.empty());
        CHECK(run.lost.empty());
        CHECK(run.odd_reads == 0);
        CHECK(run.filtered == expected.filtered);
        REQUIRE(run.skips.size() == 1);
        CHECK(run.skips[0].code == expected.skip);
        CHECK(run.notes.size() == (expected.note == nullptr ? 0 : 1));
        if (expected.note != nullptr) CHECK(run.notes_of(expected.note) == 1);
        CHECK(run.rows().dump().find("never-emitted") == std::string::npos);
        const std::string golden = testdata + expected.kind + "_rows.json";
        CHECK(pf::testing::golden_difference(golden, run.rows()) == "");
    }
}

TEST_CASE("the library and the proxy give what the sources give") {
    const pf::testing::ModuleLibrary library(PF_MODULE_LIBRARY);
    const pf::test::Proxy proxy(pf_module_entry_v0());
    for (const Expected& expected : kinds) {
        CAPTURE(expected.kind);
        const std::string direct = collect(expected.kind).text();
        FakeHost loaded(library.module());
        script(loaded);
        CHECK(loaded.collect(expected.kind).text() == direct);
        FakeHost behind(proxy.module());
        script(behind);
        CHECK(behind.collect(expected.kind).text() == direct);
    }
    CHECK(proxy.frames() > 30);
}

TEST_CASE("the embedded descriptor is the file beside the library, with the consoles in it") {
    const std::string_view embedded = pf::to_view(pf_module_entry_v0()->descriptor);
    const std::string library = PF_MODULE_LIBRARY;
    const std::string sidecar = library.substr(0, library.size() - 3) + ".module.json";
    CHECK(pf::testing::read_file(sidecar) == embedded);
    const auto descriptor = pf::testing::Json::parse(embedded);
    for (std::size_t i = 0; i < 3; ++i) {
        CHECK(descriptor["outputs"].at(i)["console"]["tabs"].children.size() > 1);
        CHECK(descriptor["outputs"].at(i)["console"]["metrics"].children.size() > 1);
    }
}

TEST_CASE("the enums are in the descriptor's order") {
    FakeHost host(pf_module_entry_v0());
    const auto& descriptor = host.descriptor();
    CHECK(pf::testing::order_difference(descriptor, "endpoints",
                                        {"clusters", "hosts", "disks", "categories"}) == "");
    CHECK(pf::testing::order_difference(descriptor, "lookups", {"clusters", "categories"}) == "");
    CHECK(pf::testing::order_difference(descriptor, "outputs", {"cluster", "host", "disk"}) == "");
}

TEST_CASE("hosts that cannot be read are unknown, never gone") {
    const std::vector<std::string> unknown = {"hosts", "capacity"};
    for (const std::size_t at : {0U, 1U}) {
        const Run run = collect(
            "cluster", [at](FakeHost& host) { host.fail_page("hosts", at, PF_UNAVAILABLE); });
        CHECK(run.status == PF_OK);
        CHECK(run.problems.empty());
        CHECK(run.record(cluster_a).unknown == unknown);
        CHECK(run.record(cluster_a).content["data"]["cluster"]["state"].text == "AVAILABLE");
    }
    const Run absent = collect("cluster", [](FakeHost& host) { host.absent("hosts"); });
    CHECK(absent.record(cluster_a).unknown == unknown);
}

TEST_CASE("fewer hosts than Prism counts are a note, and no sum is made of them") {
    const Run run = collect("cluster", [](FakeHost& host) {
        auto& script = host.script();
        script.endpoints[script.index("endpoints", "hosts")].pages.erase(
            script.endpoints[script.index("endpoints", "hosts")].pages.begin());
    });
    CHECK(run.notes_of("cluster.hosts_hidden") == 2);
    CHECK(run.record(cluster_a).unknown == std::vector<std::string>{"hosts", "capacity"});
    CHECK(run.record(cluster_b).unknown == std::vector<std::string>{"hosts", "capacity"});
}

TEST_CASE("a failed look-up keeps what CloudForet has and spares the rest") {
    const Run clusters =
        collect("cluster", [](FakeHost& host) { host.fail_lookup("categories", PF_UNAVAILABLE); });
    const Record& a = clusters.record(cluster_a);
    CHECK(a.unknown == std::vector<std::string>{"categories"});
    CHECK(a.content["tags"].kind == PF_KIND_ABSENT);
    CHECK(clusters.record(cluster_b).unknown.empty());
    // By v4 the name of its cluster comes with the host.
    const Run hosts =
        collect("host", [](FakeHost& host) { host.fail_lookup("clusters", PF_UNAVAILABLE); });
    for (const Record& record : hosts.records) CHECK(record.unknown.empty());
}

TEST_CASE("only clusters of the categories asked for go out") {
    const pf::testing::CollectOptions production = {R"({"categories":["Environment:Production"]})"};
    FakeHost host(pf_module_entry_v0());
    script(host);
    const Run run = host.collect("cluster", production);
    REQUIRE(run.records.size() == 1);
    CHECK(run.records[0].id == cluster_a);
    CHECK(run.filtered == 1 + 5 + 1);
    CHECK(host.collect("cluster", {R"({"categories":["Environment:Prod"]})"}).records.empty());
    CHECK(host.collect("cluster", {R"({"categories":[]})"}).records.size() == 2);

    FakeHost without(pf_module_entry_v0());
    script(without);
    without.fail_lookup("categories", PF_UNAVAILABLE);
    const Run hidden = without.collect("cluster", production);
    CHECK(hidden.records.empty());
    REQUIRE(hidden.skips.size() == 2);
    CHECK(hidden.skips[0].code == "cluster.category_hidden");
}

TEST_CASE("a category that is in no list is noted") {
    const Run run = collect("cluster", [](FakeHost& host) {
        auto& script = host.script();
        script.endpoints[script.index("endpoints", "categories")].pages = {"[]"};
    });
    CHECK(run.notes_of("cluster.category_unknown") == 2);
    CHECK(run.record(cluster_a).content["data"]["categories"].children.empty());
}

TEST_CASE("a list that is cut short ends the call with its status") {
    for (const auto& [kind, endpoint] : {std::pair("cluster", "clusters"),
                                         std::pair("host", "hosts"), std::pair("disk", "disks")}) {
        CAPTURE(kind);
        const Run run = collect(
            kind, [name = endpoint](FakeHost& host) { host.fail_page(name, 1, PF_UNAVAILABLE); });
        CHECK(run.status == PF_UNAVAILABLE);
        CHECK(run.why.empty());
        CHECK_FALSE(run.records.empty());
    }
}

TEST_CASE("a cancelled call ends with its status wherever it stands") {
    for (const Expected& expected : kinds) {
        for (std::size_t calls = 1; calls <= 6; ++calls) {
            CAPTURE(expected.kind, calls);
            const Run run = collect(expected.kind, [calls](FakeHost& host) {
                host.cancel_after(calls, PF_DEADLINE_EXCEEDED);
            });
            CHECK(run.status == PF_DEADLINE_EXCEEDED);
            CHECK(run.problems.empty());
        }
    }
}
