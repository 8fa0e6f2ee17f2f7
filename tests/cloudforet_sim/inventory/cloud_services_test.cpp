#include "tests/cloudforet_sim/inventory/cloud_services.hpp"

#include <catch2/catch.hpp>

#include "tests/cloudforet_sim/inventory/sample_rows.hpp"

using namespace pf::cloudforet_sim;
using nlohmann::json;

TEST_CASE("top-level keys of data are merged: present ones replace, absent ones stay") {
    TimedInventory cf;
    cf.run({vm_row()});
    json row = vm_row();
    row["resource"]["data"] = {{"compute", {{"az", "host-1"}}}};
    cf.run({row});
    CHECK(cf.only()["data"]["compute"] == json{{"az", "host-1"}});
    CHECK(cf.only()["data"]["hardware"]["core"] == 4);
    row["resource"]["data"] = {{"hardware", json::object()}};
    cf.run({row});
    CHECK(cf.only()["data"]["hardware"] == json::object());
}

TEST_CASE("tags are kept by provider and merged by key, so a removed one stays") {
    TimedInventory cf;
    json row = vm_row();
    row["resource"]["tags"] = json::array({{{"key", "a.b"}, {"value", "1"}}});
    cf.run({row});
    row["resource"]["tags"] = {{"Owner", "x"}};
    cf.run({row});
    CHECK(cf.only()["tags"] == json{{"nutanix", {{"a.b", "1"}, {"Owner", "x"}}}});
    row["resource"]["tags"] = json::array({{{"key", "a"}}});
    CHECK(cf.run({row}).failed == 1);
}

TEST_CASE("other fields are replaced when present; absent or null means unchanged") {
    TimedInventory cf;
    cf.run({vm_row()});
    json row = vm_row();
    row["resource"].erase("name");
    row["resource"]["ip_addresses"] = nullptr;
    cf.run({row});
    CHECK(cf.only()["name"] == "web");
    CHECK(cf.only()["ip_addresses"] == json{"10.0.0.1"});
    row["resource"]["name"] = "web-2";
    row["resource"]["ip_addresses"] = json::array();
    cf.run({row});
    CHECK(cf.only()["name"] == "web-2");
    CHECK(cf.only()["ip_addresses"] == json::array());
}

TEST_CASE("json_data is parsed and wins; what is no object is refused") {
    TimedInventory cf;
    json row = vm_row();
    row["resource"]["json_data"] = R"({"compute": {"az": "text"}})";
    cf.run({row});
    CHECK(cf.only()["data"] == json{{"compute", {{"az", "text"}}}});
    row["resource"]["json_data"] = "[]";
    CHECK(TimedInventory::code(cf.run({row})) == "ERROR_INVALID_PARAMETER_TYPE");
    row["resource"]["json_data"] = "{";
    CHECK(TimedInventory::code(cf.run({row})) == "ERROR_UNKNOWN");
}

TEST_CASE("json_metadata is kept under the provider's name") {
    TimedInventory cf;
    json row = vm_row();
    row["resource"]["json_metadata"] = R"({"view": {}})";
    cf.run({row});
    CHECK(cf.only()["metadata"] == json{{"nutanix", {{"view", json::object()}}}});
}

TEST_CASE("a create needs its fields, an update does not") {
    for (const char* key : {"cloud_service_type", "cloud_service_group", "provider", "data"}) {
        TimedInventory cf;
        json row = vm_row();
        row["resource"].erase(key);
        INFO(key);
        CHECK(TimedInventory::code(cf.run({row})) == "ERROR_REQUIRED_PARAMETER");
        CHECK(cf.inventory.services().empty());
    }
    TimedInventory cf;
    cf.run({vm_row()});
    json row = vm_row();
    row["resource"].erase("data");
    CHECK(cf.run({row}).updated == 1);
}

TEST_CASE("instance_size must be a number, unless it is falsy") {
    TimedInventory cf;
    json row = vm_row();
    row["resource"]["instance_size"] = "4";
    CHECK(TimedInventory::code(cf.run({row})) == "ERROR_INVALID_PARAMETER_TYPE");
    row["resource"]["instance_size"] = 4;
    CHECK(cf.run({row}).created == 1);
}

TEST_CASE("provider is never changed, group and type are when the rules leave them out") {
    TimedInventory cf;
    cf.run({vm_row()});
    json row = vm_row();
    row["match_rules"] = {{"1", {"reference.resource_id"}}};
    row["resource"]["provider"] = "aws";
    row["resource"]["cloud_service_type"] = "Instance";
    CHECK(cf.run({row}).updated == 1);
    CHECK(cf.only()["provider"] == "nutanix");
    CHECK(cf.only()["cloud_service_type"] == "Instance");
}

TEST_CASE("a deleted service matches nothing: it comes back as a new one") {
    TimedInventory cf;
    cf.run({vm_row()});
    cf.now += std::chrono::hours(49);
    cf.inventory.clean_by_age();
    CHECK(cf.inventory.services().empty());
    CHECK(cf.run({vm_row()}).created == 1);
    CHECK(cf.inventory.find("vm-1").size() == 1);
}
