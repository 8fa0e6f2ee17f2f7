#include "tests/cloudforet_sim/inventory/resolution.hpp"

#include <catch2/catch.hpp>

#include "tests/cloudforet_sim/inventory/sample_rows.hpp"

using namespace pf::cloudforet_sim;
using nlohmann::json;

namespace {

json type_with(const char* key, const char* root_path = nullptr) {
    json layout = {{"name", "Tab"}, {"type", "table"}, {"options", {{"fields", {{{"key", key}}}}}}};
    if (root_path != nullptr) layout["options"]["root_path"] = root_path;
    return {{"metadata", {{"view", {{"sub_data", {{"layouts", {layout}}}}}}}}};
}

json vm_with_nics() {
    json row = vm_row();
    row["resource"]["data"]["nics"] = json::array({{{"mac", "x"}}, {{"ip", ""}}});
    row["resource"]["data"]["gpus"] = json::array();
    return row;
}

}  // namespace

TEST_CASE("fields resolve in some service, through root paths and lists; what is empty does not") {
    TimedInventory cf;
    cf.run({vm_row("vm-2"), vm_with_nics()});
    const auto services = services_of(cf.inventory, "AHV", "VirtualMachine");
    REQUIRE(services.size() == 2);
    CHECK(services_of(cf.inventory, "AHV", "Image").empty());
    CHECK(unresolved_fields(type_with("mac", "data.nics"), services).empty());
    CHECK(unresolved_fields(type_with("name"), services).empty());
    CHECK(unresolved_fields(type_with("ip", "data.nics"), services) ==
          std::vector<std::string>{"tabs/Tab: data.nics.ip"});
    CHECK(unresolved_fields(type_with("x", "data.gpus"), services).size() == 2);
    CHECK(unresolved_fields(type_with("data.compute.none"), services).size() == 1);
}

TEST_CASE("a metric resolves when its keys have values and its sum a number outside of lists") {
    TimedInventory cf;
    cf.run({vm_with_nics()});
    const auto services = cf.inventory.services();
    const json good = metric_row()["resource"];
    CHECK(unresolved_keys(good, services).empty());
    const auto problems = [&](const char* pointer, const json& value) {
        json metric = good;
        metric[json::json_pointer(pointer)] = value;
        return unresolved_keys(metric, services).size();
    };
    CHECK(problems("/query_options/group_by/0/key", "data.compute.none") == 1);
    CHECK(problems("/query_options/group_by/0", "data.none") == 1);
    CHECK(problems("/query_options/filter", {{{"key", "data.none"}, {"value", 1}}}) == 1);
    CHECK(problems("/query_options/fields/value/key", "data.compute.instance_state") == 1);
    CHECK(problems("/query_options/fields/value/key", "data.nics.mac") == 1);
    CHECK(problems("/query_options/fields/value/operator", "median") == 1);
    CHECK(problems("/query_options/fields/value", {{"operator", "count"}}) == 0);
    CHECK(problems("/date_field", "data.compute.none") == 1);
    CHECK(problems("/date_field", "created_at") == 0);
}
