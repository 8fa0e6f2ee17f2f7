#include "tests/cloudforet_sim/inventory/match_rules.hpp"

#include <catch2/catch.hpp>

#include "tests/cloudforet_sim/inventory/sample_rows.hpp"

using namespace pf::cloudforet_sim;
using nlohmann::json;

TEST_CASE("rules are tried by their number, not by their text") {
    const json rules = {{"10", {"c"}}, {"9", {"b"}}, {"1", {"a"}}};
    const auto queries = make_queries(rules, {{"a", 1}, {"b", 1}, {"c", 1}});
    REQUIRE(queries.size() == 3);
    CHECK(queries[0].wanted("a") != nullptr);
    CHECK(queries[1].wanted("b") != nullptr);
    CHECK(queries[2].wanted("c") != nullptr);
}

TEST_CASE("a missing or falsy value is left out of the query") {
    const json rules = {{"1", {"reference.resource_id", "account", "provider"}}};
    const auto queries =
        make_queries(rules, {{"reference", {{"resource_id", ""}}}, {"provider", "nutanix"}});
    REQUIRE(queries.size() == 1);
    REQUIRE(queries[0].conditions.size() == 1);
    CHECK(queries[0].matches({{"provider", "nutanix"}, {"account", "other"}}));
    CHECK_FALSE(queries[0].matches({{"provider", "aws"}}));
}

TEST_CASE("a service is found again by every value of its rule, and by each of them") {
    TimedInventory cf;
    REQUIRE(cf.run({vm_row()}).created == 1);
    CHECK(cf.run({vm_row()}).updated == 1);
    for (const char* path : {"/reference/resource_id", "/provider", "/cloud_service_type",
                             "/cloud_service_group", "/account"}) {
        json other = vm_row();
        other["resource"][json::json_pointer(path)] = "another";
        INFO(path);
        CHECK(cf.run({other}).created == 1);
    }
}

TEST_CASE("the next rule is tried when one finds nothing") {
    TimedInventory cf;
    cf.run({vm_row()});
    json row = vm_row("vm-2");
    row["match_rules"]["2"] = {"name"};
    CHECK(cf.run({row}).updated == 1);
    CHECK(cf.inventory.services().size() == 1);
}

TEST_CASE("too many matches is an error for data, and a silent failure for json_data") {
    TimedInventory cf;
    cf.run({vm_row("vm-1"), vm_row("vm-2")});
    json row = vm_row("");
    const JobTask& with_data = cf.run({row});
    CHECK(with_data.failed == 1);
    CHECK(TimedInventory::code(with_data) == "ERROR_TOO_MANY_MATCH");
    row["resource"]["json_data"] = row["resource"]["data"].dump();
    row["resource"].erase("data");
    const JobTask& with_text = cf.run({row});
    CHECK(with_text.failed == 1);
    CHECK(with_text.errors.empty());
    row["match_rules"]["2"] = {"account", "name"};
    row["resource"]["name"] = "nobody";
    CHECK(cf.run({row}).created == 1);
}

TEST_CASE("rules that list data find nothing for a row with json_data") {
    TimedInventory cf;
    json row = vm_row();
    row["match_rules"] = {{"1", {"data.hardware.core"}}};
    row["resource"]["data"]["hardware"]["core"] = 77;
    cf.run({vm_row("vm-0"), row});
    CHECK(cf.run({row}).updated == 1);
    row["resource"]["json_data"] = row["resource"]["data"].dump();
    row["resource"].erase("data");
    const JobTask& task = cf.run({row});  // an empty query matches every service
    CHECK(task.updated == 0);
    CHECK(task.failed == 1);
}

TEST_CASE("a row without match rules is an error") {
    TimedInventory cf;
    json row = vm_row();
    row["match_rules"] = json::object();
    CHECK(TimedInventory::code(cf.run({row})) == "ERROR_MATCH_RULE");
}
