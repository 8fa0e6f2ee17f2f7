#include "tests/cloudforet_sim/inventory/storage_rules.hpp"

#include <catch2/catch.hpp>

#include "tests/cloudforet_sim/inventory/sample_rows.hpp"

using namespace pf::cloudforet_sim;
using nlohmann::json;

namespace {

// The error of a VM row with this value in its resource.
std::string code_with(const char* pointer, const json& value) {
    TimedInventory cf;
    json row = vm_row();
    row["resource"][json::json_pointer(pointer)] = value;
    return TimedInventory::code(cf.run({row}));
}

}  // namespace

TEST_CASE("texts longer than their field fail the save; characters count, not bytes") {
    const std::string fits(255, 'x');
    std::string umlauts;
    for (int i = 0; i < 255; ++i) umlauts += "\xc3\xbc";
    for (const char* field : {"/cloud_service_type", "/cloud_service_group", "/account",
                              "/instance_type", "/region_code"}) {
        INFO(field);
        CHECK(code_with(field, fits) == "");
        CHECK(code_with(field, umlauts) == "");
        CHECK(code_with(field, fits + "x") == "ERROR_DB_QUERY");
    }
    CHECK(code_with("/ip_addresses", json::array({fits + "x"})) == "ERROR_DB_QUERY");
    CHECK(code_with("/project_id", std::string(41, 'x')) == "ERROR_DB_QUERY");
    CHECK(code_with("/name", std::string(1000, 'x')) == "");
}

TEST_CASE("values of another type fail the save") {
    CHECK(code_with("/name", 1) == "ERROR_DB_QUERY");
    CHECK(code_with("/ip_addresses", "10.0.0.1") == "ERROR_DB_QUERY");
    CHECK(code_with("/data", json::array({1})) == "ERROR_DB_QUERY");
}

TEST_CASE("reference holds resource_id and external_link and nothing else") {
    CHECK(code_with("/reference/external_link", "https://pc") == "");
    CHECK(code_with("/reference/href", "https://pc") == "ERROR_DB_QUERY");
}

TEST_CASE("keys inside data hold no dot and do not begin with a dollar, at any depth") {
    CHECK(code_with("/data/nics", json::array({{{"a.b", 1}}})) == "ERROR_DB_QUERY");
    CHECK(code_with("/data/$set", 1) == "ERROR_DB_QUERY");
    CHECK(code_with("/data/a$", 1) == "");
}

TEST_CASE("a document of more than 16 MiB fails the save") {
    CHECK(code_with("/data/text", std::string(17U << 20U, 'x')) == "ERROR_DB_QUERY");
}

TEST_CASE("top-level keys that are not declared are dropped in silence") {
    TimedInventory cf;
    json row = vm_row();
    row["resource"]["launched_at"] = "2024-01-01T00:00:00Z";
    CHECK(cf.run({row}).failed == 0);
    CHECK_FALSE(cf.only().contains("launched_at"));
}

TEST_CASE("a failed update leaves the document as it was") {
    TimedInventory cf;
    cf.run({vm_row()});
    const json before = cf.only();
    json row = vm_row();
    row["resource"]["instance_type"] = std::string(300, 'x');
    CHECK(cf.run({row}).failed == 1);
    CHECK(cf.only() == before);
    CHECK(cf.inventory.history(1).empty());
}
