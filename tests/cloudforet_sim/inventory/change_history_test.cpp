#include "tests/cloudforet_sim/inventory/change_history.hpp"

#include <catch2/catch.hpp>

#include "tests/cloudforet_sim/inventory/sample_rows.hpp"

using namespace pf::cloudforet_sim;
using nlohmann::json;

namespace {

std::string keys_of(const std::vector<Difference>& differences) {
    std::string keys;
    for (const Difference& each : differences) keys += each.key + " ";
    return keys;
}

}  // namespace

TEST_CASE("the same row again writes no history, a changed one names the key") {
    TimedInventory cf;
    cf.run({vm_row()});
    REQUIRE(cf.inventory.history(0).size() == 1);
    CHECK(cf.inventory.history(0)[0].action == Action::create);
    cf.run({vm_row()});
    CHECK(cf.inventory.history(1).empty());
    json row = vm_row();
    row["resource"]["data"]["compute"]["instance_state"] = "STOPPED";
    cf.run({row});
    REQUIRE(cf.inventory.history(2).size() == 1);
    const ChangeRecord record = cf.inventory.history(2)[0];
    CHECK(record.action == Action::update);
    CHECK(record.resource_id == "vm-1");
    REQUIRE(record.differences.size() == 1);
    CHECK(record.differences[0].key == "data.compute.instance_state");
    CHECK(record.differences[0].before == "\"RUNNING\"");
    CHECK(record.differences[0].after == "\"STOPPED\"");
    CHECK(keys_in_words(cf.inventory.history(2)).find("data.compute.instance_state: 1") == 0);
}

TEST_CASE("keys are at most three levels deep") {
    const json old = {{"data", {{"a", {{"b", {{"c", 1}}}}}}}};
    const json now = {{"data", {{"a", {{"b", {{"c", 2}}}}}}}};
    CHECK(keys_of(differences(now, old)) == "data.a.b ");
}

TEST_CASE("a key that went is no difference, one that came is") {
    const json old = {{"data", {{"a", {{"b", 1}, {"c", 1}}}}}};
    CHECK(differences({{"data", {{"a", {{"b", 1}}}}}}, old).empty());
    CHECK(keys_of(differences({{"data", {{"a", {{"d", 1}}}}}}, old)) == "data.a.d ");
    CHECK(differences({{"data", {{"a", {{"d", nullptr}}}}}}, old).empty());
    CHECK(keys_of(differences({{"data", {{"a", {{"b", nullptr}}}}}}, old)) == "data.a.b ");
}

TEST_CASE("the order of a list is no difference where its elements can be sorted") {
    const json old = json::parse(R"({"ip_addresses": ["a", "b"],
        "data": {"nics": [{"ip": "1", "mac": "x"}, {"ip": "2", "mac": "y"}]}})");
    json now = json::parse(R"({"ip_addresses": ["b", "a"],
        "data": {"nics": [{"ip": "2", "mac": "y"}, {"ip": "1", "mac": "x"}]}})");
    CHECK(differences(now, old).empty());
    now["data"]["nics"][0]["mac"] = "z";
    CHECK(keys_of(differences(now, old)) == "data.nics ");
    const json mixed = json::parse(R"({"data": {"x": [{"a": null}, {"a": 1}]}})");
    const json turned = json::parse(R"({"data": {"x": [{"a": 1}, {"a": null}]}})");
    CHECK(keys_of(differences(turned, mixed)) == "data.x ");
}

TEST_CASE("a number that is written another way is another text") {
    CHECK(keys_of(differences({{"data", {{"a", 4.0}}}}, {{"data", {{"a", 4}}}})) == "data.a ");
}

TEST_CASE("fields that the history does not follow make no record") {
    TimedInventory cf;
    cf.run({vm_row()});
    json row = vm_row();
    row["resource"]["metadata"] = {{"view", 1}};
    cf.run({row});
    CHECK(cf.inventory.history(1).empty());
    row["resource"]["tags"] = {{"Stage", "live"}};
    row["resource"]["name"] = "web-2";
    cf.run({row});
    REQUIRE(cf.inventory.history(2).size() == 1);
    CHECK(keys_of(cf.inventory.history(2)[0].differences) == "name tags.nutanix.Stage ");
}
