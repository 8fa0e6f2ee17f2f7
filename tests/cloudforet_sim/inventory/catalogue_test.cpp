#include "tests/cloudforet_sim/inventory/catalogue.hpp"

#include <catch2/catch.hpp>

#include "tests/cloudforet_sim/inventory/sample_rows.hpp"

using namespace pf::cloudforet_sim;
using nlohmann::json;

TEST_CASE("types and regions are made, found again, replaced and not counted") {
    TimedInventory cf;
    json type = type_row();
    json region = region_row();
    for (int i = 0; i < 2; ++i) {
        const JobTask& task = cf.run({type, region});
        CHECK(task.created + task.updated + task.failed == 0);
        CHECK(task.total == 2);
        type["resource"]["metadata"] = {{"view", {{"search", json::array()}}}};
        region["resource"]["name"] = "Two";
    }
    REQUIRE(cf.inventory.catalogue().types().size() == 1);
    CHECK(cf.inventory.catalogue().types().at("nutanix/AHV/VirtualMachine")["metadata"] ==
          type["resource"]["metadata"]);
    REQUIRE(cf.inventory.catalogue().regions().size() == 1);
    CHECK(cf.inventory.catalogue().regions().at("c-1")["name"] == "Two");
}

TEST_CASE("types and regions need their fields and fit into them") {
    for (const auto& [row, key] :
         std::vector<std::pair<json, const char*>>{{type_row(), "name"},
                                                   {type_row(), "group"},
                                                   {type_row(), "provider"},
                                                   {region_row(), "name"},
                                                   {region_row(), "region_code"},
                                                   {region_row(), "provider"}}) {
        TimedInventory cf;
        json broken = row;
        broken["resource"][key] = "";
        INFO(key);
        CHECK(TimedInventory::code(cf.run({broken})) == "ERROR_REQUIRED_PARAMETER");
        broken["resource"][key] = std::string(256, 'x');
        CHECK(TimedInventory::code(cf.run({broken})) == "ERROR_DB_QUERY");
        broken["resource"][key] = "x";
        CHECK(cf.run({broken}).failed == 0);
        broken["match_rules"] = json::object();
        CHECK(TimedInventory::code(cf.run({broken})) == "ERROR_MATCH_RULE");
    }
}

TEST_CASE("a namespace is written again when its version is another, whatever else changes") {
    TimedInventory cf;
    json row = namespace_row();
    cf.run({row});
    row["resource"]["name"] = "other";
    cf.run({row});
    const auto name = [&] {
        return cf.inventory.catalogue().namespaces().at("ns-nutanix-ahv-vm").document["name"];
    };
    CHECK(name() == "AHV/VirtualMachine");
    row["resource"]["version"] = "1.1";
    cf.run({row});
    CHECK(name() == "other");
}

TEST_CASE("a metric's data is thrown away when its version and its question are others") {
    TimedInventory cf;
    json row = metric_row();
    const auto resets = [&] {
        cf.run({row});
        return cf.inventory.catalogue().metrics().at("metric-nutanix-ahv-vm-core").data_resets;
    };
    CHECK(resets() == 0);
    row["resource"]["version"] = "1.1";
    CHECK(resets() == 0);
    row["resource"]["query_options"]["fields"]["value"]["operator"] = "max";
    CHECK(resets() == 0);
    row["resource"]["version"] = "1.2";
    CHECK(resets() == 1);
}

TEST_CASE("namespaces and metrics have no need of state and match rules, but of their fields") {
    TimedInventory cf;
    json name_space = namespace_row();
    name_space["state"] = 5;
    CHECK(cf.run({name_space, metric_row()}).failed == 0);
    CHECK(cf.inventory.catalogue().namespaces().size() == 1);
    for (const auto& [row, key, longest] : std::vector<std::tuple<json, const char*, std::size_t>>{
             {namespace_row(), "namespace_id", 80},
             {namespace_row(), "name", 40},
             {namespace_row(), "category", 40},
             {namespace_row(), "version", 40},
             {metric_row(), "metric_id", 80},
             {metric_row(), "name", 80},
             {metric_row(), "metric_type", 40},
             {metric_row(), "namespace_id", 80},
             {metric_row(), "version", 40}}) {
        INFO(key);
        json broken = row;
        broken["resource"]["namespace_id"] = "new";
        broken["resource"]["metric_id"] = "new";
        broken["resource"][key] = std::string(longest + 1, 'x');
        CHECK(TimedInventory::code(cf.run({broken})) == "ERROR_UNKNOWN");
        broken["resource"].erase(key);
        CHECK(TimedInventory::code(cf.run({broken})) == "ERROR_UNKNOWN");
    }
    json metric = metric_row();
    metric["resource"]["metric_id"] = "new";
    metric["resource"].erase("query_options");
    CHECK(cf.run({metric}).failed == 1);
}

TEST_CASE("types that no row wrote for 72 hours go, and regions after 48") {
    TimedInventory cf;
    cf.run({type_row(), region_row()});
    cf.now += std::chrono::hours(48);
    cf.inventory.clean_by_age();
    CHECK(cf.inventory.catalogue().regions().size() == 1);
    cf.now += std::chrono::hours(1);
    cf.inventory.clean_by_age();
    CHECK(cf.inventory.catalogue().regions().empty());
    CHECK(cf.inventory.catalogue().types().size() == 1);
    cf.now += std::chrono::hours(24);
    cf.inventory.clean_by_age();
    CHECK(cf.inventory.catalogue().types().empty());
}
