// Look-ups in both generations of the API, and what is counted by them.
#include "host/services/lookup.hpp"

#include <catch2/catch.hpp>

#include "host/prism/testing_target.hpp"
#include "host/services/cross_check.hpp"

using namespace pf::host;
using namespace pf::host::services;
using namespace pf::host::prism::testing;
using prism::ApiWish;

namespace {

LookupField at(std::vector<std::string> path) { return {{{"", std::move(path)}}}; }

Endpoint subnets() {
    Endpoint endpoint;
    endpoint.name = "subnets";
    endpoint.v4 = EndpointV4{"networking", "config/subnets", {"extId"}, {}, "", true, ""};
    endpoint.v3 = EndpointV3{"subnets/list", "subnet", {"metadata", "uuid"}, {}, true, ""};
    return endpoint;
}

Lookup fields_of_subnets() {
    Lookup lookup;
    lookup.name = "subnets";
    lookup.fields = {at({"name"}), at({"ipPrefix"}), at({"networkId"}), at({"types"}),
                     at({"dhcp"})};
    lookup.v3_fields = {
        at({"status", "name"}),
        {{{"", {"status", "ip"}}, {"/", {}}, {"", {"status", "length"}}}},
        at({"status", "vlan_id"}),
        at({"status", "hosts", "type"}),
        {},
    };
    return lookup;
}

using Answers = std::map<std::string, std::string>;

const Answers by_v4{
    {"OPTIONS /api/networking/unversioned/info", http(200, R"({"data":"v4.0"})")},
    {"GET /api/networking/v4.0/config/subnets",
     http(200, R"({"data":[{"extId":"s1","name":"a","ipPrefix":"10.0.0.0/24","networkId":7,
          "types":["AHV","ESX"],"dhcp":true},{"extId":"s2","types":[]}],
          "metadata":{"totalAvailableResults":2}})")}};
const Answers by_v3{
    {"POST /api/nutanix/v3/subnets/list", http(200, R"({"entities":[{"metadata":{"uuid":"s1"},
          "status":{"name":"a","ip":"10.0.0.0","length":24,"vlan_id":7,
          "hosts":[{"type":"AHV"},{},{"type":"ESX"},{"type":"AHV"},{"type":1}]}},
          {"metadata":{"uuid":"s2"},"status":{"ip":"10.0.0.0"}}],
          "metadata":{"total_matches":2}})")}};

std::shared_ptr<const Table> open(Stage& stage, ApiWish wish = ApiWish::automatic) {
    auto table = open_lookup(stage.target, subnets(), fields_of_subnets(), wish, Stop(),
                             std::make_shared<prism::Meter>());
    INFO(table.status().text());
    REQUIRE(table.ok());
    return *table;
}

std::string text(const Table& table, const char* id, std::uint32_t field) {
    std::string_view found;
    return table.get(id, field, found) ? std::string(found) : "-";
}

}  // namespace

TEST_CASE("a table is the same whichever generation fills it") {
    for (const Answers* answers : {&by_v4, &by_v3}) {
        Stage stage(answer_table(*answers));
        const auto table = open(stage);
        CHECK(table->size() == 2);
        CHECK(text(*table, "s1", 0) == "a");
        CHECK(text(*table, "s1", 1) == "10.0.0.0/24");
        CHECK(text(*table, "s1", 2) == "7");
        CHECK(text(*table, "s2", 1) == "-");
        CHECK(text(*table, "s3", 0) == "-");
        CHECK(text(*table, "s1", 9) == "-");
        const bool is_v4 = answers == &by_v4;
        CHECK(text(*table, "s1", 3) == "AHV,ESX");
        CHECK(text(*table, "s1", 4) == (is_v4 ? "true" : "-"));
        CHECK(text(*table, "s2", 3) == "-");
    }
}

TEST_CASE("a table is filled once per wish") {
    Answers both = by_v4;
    both.insert(by_v3.begin(), by_v3.end());
    Stage stage(answer_table(both));
    CHECK(open(stage) == open(stage));
    CHECK(stage.server.seen().size() == 2);
    CHECK(open(stage, ApiWish::v3) != open(stage));
    CHECK(stage.server.seen().size() == 3);
}

TEST_CASE("names of clusters come from either generation") {
    const Answers v4{{"OPTIONS /api/clustermgmt/unversioned/info", http(200, R"({"data":"v4.0"})")},
                     {"GET /api/clustermgmt/v4.0/config/clusters",
                      http(200, R"({"data":[{"extId":"c1","name":"one"}],
              "metadata":{"totalAvailableResults":1}})")}};
    const Answers v3{
        {"POST /api/nutanix/v3/clusters/list", http(200, R"({"entities":[{"metadata":{"uuid":"c1"},
                           "status":{"name":"one"}}],"metadata":{"total_matches":1}})")}};
    for (const Answers& answers : {v4, v3}) {
        Stage stage(answer_table(answers));
        const auto table = open_clusters(stage.target, ApiWish::automatic, Stop(),
                                         std::make_shared<prism::Meter>());
        REQUIRE(table.ok());
        CHECK(text(**table, "c1", 0) == "one");
    }
}

TEST_CASE("numbers are added up where a field says so") {
    Table table(3);
    table.add("c1", {"a", "120", "AHV"});
    table.add("c2", {"b", "30", "AHV"});
    table.add("c3", {"c", "1000", "AHV,ESX"});
    table.add("c4", {"d", "many", "AHV"});
    table.add("c5", {"e", {}, "AHV"});
    const auto open_first = [&](std::uint32_t lookup) { return lookup == 0 ? &table : nullptr; };
    const CountedBy ahv{0, 1, 2, "AHV"};
    CHECK(counted_elsewhere({ahv}, open_first) == 150);
    CHECK(counted_elsewhere({{0, 1, {}, ""}, ahv}, open_first) == 1150);
    CHECK_FALSE(counted_elsewhere({{1, 1, {}, ""}}, open_first).has_value());
    CHECK_FALSE(counted_elsewhere({{0, 1, 2, "XEN"}}, open_first).has_value());
    CHECK_FALSE(counted_elsewhere({}, open_first).has_value());
}

TEST_CASE("only a clear difference counts") {
    CHECK(is_clearly_fewer(0, 10));
    CHECK(is_clearly_fewer(70, 100));
    CHECK(is_clearly_fewer(7, 120));
    CHECK_FALSE(is_clearly_fewer(0, 9));
    CHECK_FALSE(is_clearly_fewer(80, 100));
    CHECK_FALSE(is_clearly_fewer(100, 100));
    CHECK_FALSE(is_clearly_fewer(120, 100));
    CHECK_FALSE(is_clearly_fewer(0, 0));
    CHECK_FALSE(is_clearly_fewer(100'000, 100'050));
}
