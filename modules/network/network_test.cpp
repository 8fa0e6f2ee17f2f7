// The network module as a whole: golden rows, directly, from the library and through the proxy.
#include <catch2/catch.hpp>
#include <prismforet/testing.hpp>

#include "testdata_pages.hpp"
#include "tests/abi/proxy/proxy.hpp"

namespace {

using network::test::kinds;
using network::test::script_v4;
using network::test::testdata;
using pf::testing::FakeHost;
using pf::testing::Record;
using pf::testing::Run;

constexpr const char* vlan_110 = "a01d66ed-d538-4d71-8372-415461513e3a";
constexpr const char* overlay_web = "aed7cf2d-aac3-4de5-bb74-e6a84bbb35b9";
constexpr const char* vpc_web = "2739e833-a3e9-498a-abd2-190b79757a5e";
constexpr const char* fip_web_01 = "ecaa4b8a-2aa1-4136-bf21-2091300f6bf4";
constexpr const char* vs0 = "10f8d375-1d05-4dd5-bcef-9aabb344540c";
constexpr const char* bgp_web = "b4000000-0000-4000-8000-000000000001";
constexpr const char* web_shop = "b5000000-0000-4000-8000-000000000001";
constexpr const char* three_apart = "b5000000-0000-4000-8000-000000000004";
constexpr const char* cluster_a = "00061f7f-44f7-19dc-0000-000000000a01";

Run collect(const char* kind, pf::testing::CollectOptions how = {}) {
    FakeHost host(pf_module_entry_v0());
    script_v4(host, true);
    return host.collect(kind, how);
}

}  // namespace

TEST_CASE("rows are the golden rows") {
    for (const auto& each : kinds) {
        CAPTURE(each.kind);
        const Run run = collect(each.kind);
        CHECK(run.status == PF_OK);
        CHECK(run.problems.empty());
        CHECK(run.refused.empty());
        CHECK(run.lost.empty());
        CHECK(run.rows().dump().find("never-emitted") == std::string::npos);
        const std::string golden = testdata + "rows_" + each.kind + ".json";
        CHECK(pf::testing::golden_difference(golden, run.rows()) == "");
    }
}

TEST_CASE("what is missing or unknown is told") {
    const Run subnets = collect("subnet");
    REQUIRE(subnets.skips.size() == 1);
    CHECK(subnets.skips[0].code == "network.no_id");
    CHECK(subnets.notes_of("network.no_cluster") == 1);
    CHECK(subnets.notes_of("network.category_unknown") == 1);
    CHECK(subnets.notes.size() == 2);
    CHECK(collect("virtual_switch").notes_of("network.no_cluster") == 1);
    CHECK(collect("gateway").notes_of("network.service_kind") == 1);
    CHECK(collect("security_policy").notes_of("network.category_unknown") == 1);
    CHECK(collect("vpc").notes.empty());
    CHECK(collect("floating_ip").notes.empty());
}

TEST_CASE("regions: VLANs and virtual switches are in their cluster, the rest is Prism Central's") {
    const auto region = [](const char* kind, const char* id) {
        return collect(kind).record(id).content["region"].text;
    };
    CHECK(region("subnet", vlan_110) == cluster_a);
    CHECK(region("subnet", overlay_web) == "prism-central");
    CHECK(region("subnet", "b1000000-0000-4000-8000-000000000002") == "prism-central");
    CHECK(region("subnet", "b1000000-0000-4000-8000-000000000003") == cluster_a);
    CHECK(region("subnet", "b1000000-0000-4000-8000-000000000004").empty());
    CHECK(region("vpc", vpc_web) == "prism-central");
    CHECK(region("floating_ip", fip_web_01) == "prism-central");
    CHECK(region("virtual_switch", vs0) == cluster_a);
    CHECK(region("virtual_switch", "b3000000-0000-4000-8000-000000000001") == "prism-central");
    CHECK(region("gateway", bgp_web) == cluster_a);
    CHECK(region("gateway", "b4000000-0000-4000-8000-000000000002") == "prism-central");
    CHECK(region("security_policy", web_shop) == "prism-central");
}

TEST_CASE("the library gives what the sources give") {
    FakeHost loaded(pf::testing::ModuleLibrary(PF_MODULE_LIBRARY).module());
    script_v4(loaded, true);
    for (const auto& each : kinds) {
        CAPTURE(each.kind);
        CHECK(loaded.collect(each.kind).text() == collect(each.kind).text());
    }
}

TEST_CASE("through the proxy everything is the same") {
    const pf::test::Proxy proxy(pf_module_entry_v0());
    FakeHost behind(proxy.module());
    script_v4(behind, true);
    for (const auto& each : kinds) {
        CAPTURE(each.kind);
        const pf::testing::CollectOptions how = {R"({"categories":["Environment:Production"]})",
                                                 cluster_a};
        const Run run = behind.collect(each.kind, how);
        CHECK(run.text() == collect(each.kind, how).text());
        CHECK(run.problems.empty());
        CHECK(run.requests.at(0).cluster == cluster_a);
    }
    CHECK(proxy.frames() > 60);
}

TEST_CASE("the embedded descriptor is the file beside the library, with the console in it") {
    const std::string_view embedded = pf::to_view(pf_module_entry_v0()->descriptor);
    const std::string library = PF_MODULE_LIBRARY;
    const std::string sidecar = library.substr(0, library.size() - 3) + ".module.json";
    CHECK(pf::testing::read_file(sidecar) == embedded);
    const auto descriptor = pf::testing::Json::parse(embedded);
    for (const auto& output : descriptor["outputs"].children) {
        CAPTURE(output["kind"].text);
        CHECK(output["console"]["tabs"].children.size() >= 3);
        CHECK(output["console"]["metrics"].at(0)["id"].text == "count");
    }
}

TEST_CASE("the enums are in the descriptor's order") {
    FakeHost host(pf_module_entry_v0());
    const auto& descriptor = host.descriptor();
    CHECK(pf::testing::order_difference(descriptor, "outputs",
                                        {"subnet", "vpc", "floating_ip", "virtual_switch",
                                         "gateway", "security_policy"}) == "");
    CHECK(pf::testing::order_difference(
              descriptor, "endpoints",
              {"subnets", "vpcs", "floating_ips", "virtual_switches", "gateways",
               "security_policies", "clusters", "hosts", "categories"}) == "");
    CHECK(pf::testing::order_difference(
              descriptor, "lookups",
              {"clusters", "hosts", "subnets", "categories", "vpcs", "virtual_switches"}) == "");
}

TEST_CASE("a failed look-up keeps what CloudForet has and spares the rest") {
    struct Case {
        const char* kind;
        const char* id;
        const char* lookup;
        std::vector<std::string> unknown;
    };
    const Case cases[] = {
        {"subnet", vlan_110, "clusters", {}},  // the names stand in the subnet
        {"subnet", vlan_110, "virtual_switches", {"virtual_switch"}},
        {"subnet", vlan_110, "categories", {"categories"}},
        {"subnet", overlay_web, "vpcs", {"vpc"}},
        {"vpc", vpc_web, "subnets", {"external_subnets"}},
        {"vpc", vpc_web, "hosts", {"external_subnets"}},
        {"floating_ip", fip_web_01, "subnets", {"external_subnet"}},
        {"floating_ip", fip_web_01, "vpcs", {"vpc"}},
        {"virtual_switch", vs0, "clusters", {"clusters"}},
        {"virtual_switch", vs0, "hosts", {"hosts"}},
        {"gateway", bgp_web, "clusters", {"cluster"}},
        {"gateway", bgp_web, "vpcs", {"vpc"}},
        {"gateway", bgp_web, "subnets", {"interfaces"}},
        {"gateway", bgp_web, "categories", {"categories"}},
        {"security_policy", web_shop, "categories", {"rules", "secured_groups"}},
        {"security_policy", three_apart, "vpcs", {"vpcs"}},
    };
    for (const Case& each : cases) {
        CAPTURE(each.kind, each.lookup);
        FakeHost host(pf_module_entry_v0());
        script_v4(host, true);
        const Record whole = host.collect(each.kind).record(each.id);
        host.fail_lookup(each.lookup, PF_UNAVAILABLE);
        const Run run = host.collect(each.kind);
        CHECK(run.status == PF_OK);
        CHECK(run.problems.empty());
        const Record& record = run.record(each.id);
        CHECK(record.unknown == each.unknown);
        CHECK(record.content["name"].text == whole.content["name"].text);
        const bool has_tags = record.content["tags"].kind == PF_KIND_OBJECT;
        const bool hides_tags =
            std::string(each.lookup) == "categories" && std::string(each.kind) != "security_policy";
        CHECK(has_tags != hides_tags);
    }
}

TEST_CASE("an API this Prism does not have leaves ids without names") {
    FakeHost host(pf_module_entry_v0());
    script_v4(host);
    host.absent("virtual_switches").absent("vpcs");
    const Run run = host.collect("subnet");
    CHECK(run.record(vlan_110).unknown.empty());
    CHECK(run.record(vlan_110).content["data"]["virtual_switch"].dump() ==
          std::string(R"({"uuid":")") + vs0 + "\"}");
    CHECK(run.record(overlay_web).content["data"]["vpc"].dump() ==
          std::string(R"({"uuid":")") + vpc_web + "\"}");
    CHECK(host.collect("virtual_switch").status == PF_NOT_FOUND);
}

TEST_CASE("a list that is cut short ends the call with its status") {
    for (const auto& each : kinds) {
        CAPTURE(each.kind);
        FakeHost host(pf_module_entry_v0());
        script_v4(host, true);
        host.fail_page(each.endpoint, 1, PF_UNAVAILABLE);
        const Run run = host.collect(each.kind);
        CHECK(run.status == PF_UNAVAILABLE);
        CHECK(run.why.empty());
        CHECK_FALSE(run.records.empty());
    }
}

TEST_CASE("a cancelled call ends with its status wherever it stands") {
    for (const auto& each : kinds) {
        for (std::size_t calls = 1; calls <= 8; ++calls) {
            CAPTURE(each.kind, calls);
            FakeHost host(pf_module_entry_v0());
            script_v4(host, true);
            host.cancel_after(calls, PF_DEADLINE_EXCEEDED);
            const Run run = host.collect(each.kind);
            if (run.status != PF_OK) CHECK(run.status == PF_DEADLINE_EXCEEDED);
            if (calls <= 3) CHECK(run.status == PF_DEADLINE_EXCEEDED);
            CHECK(run.problems.empty());
        }
    }
}

TEST_CASE("the option categories leaves out what does not carry one of them") {
    const auto ids = [](const Run& run) {
        std::vector<std::string> all;
        for (const Record& record : run.records) all.push_back(record.id);
        return all;
    };
    const Run web = collect("subnet", {R"({"categories":["Tier:None","AppTier:Web"]})"});
    CHECK(ids(web) == std::vector<std::string>{vlan_110});
    CHECK(web.filtered == 7);
    CHECK(web.skips.size() == 1);
    CHECK(collect("vpc", {R"({"categories":["Environment:Production"]})"}).records.size() == 1);
    CHECK(collect("vpc", {R"({"categories":["Environment:Prod"]})"}).records.empty());
    // A policy speaks of categories and carries none.
    CHECK(collect("security_policy", {R"({"categories":["AppTier:Web"]})"}).records.size() == 5);

    FakeHost host(pf_module_entry_v0());
    script_v4(host);
    host.fail_lookup("categories", PF_UNAVAILABLE);
    const Run hidden = host.collect("vpc", {R"({"categories":["Environment:Production"]})"});
    CHECK(hidden.records.empty());
    CHECK(hidden.filtered == 1);
    REQUIRE(hidden.skips.size() == 1);
    CHECK(hidden.skips[0].code == "network.categories_hidden");
}
