#include "tests/cloudforet_sim/inventory/document.hpp"

#include <catch2/catch.hpp>

using namespace pf::cloudforet_sim;
using nlohmann::json;

TEST_CASE("a path runs through objects and lists, and names the element of a list by its number") {
    const json document = json::parse(
        R"({"data": {"nics": [{"ip": "a"}, {"mac": 1}, {"ip": "b"}], "empty": []}, "name": "x"})");
    REQUIRE(values_at(document, "data.nics.ip").size() == 2);
    CHECK(*values_at(document, "data.nics.ip")[1] == "b");
    REQUIRE(values_at(document, "data.nics.1.mac").size() == 1);
    CHECK(values_at(document, "data.nics.7.mac").empty());
    CHECK(values_at(document, "data.nics").size() == 1);
    CHECK(values_at(document, "data.empty.ip").empty());
    CHECK(values_at(document, "name.ip").empty());
    CHECK(values_at(document, "data.none").empty());
}

TEST_CASE("match rules do not look through lists") {
    const json document = json::parse(R"({"a": {"b": [{"c": 1}], "d": 2}})");
    CHECK(value_at(document, "a.d") == 2);
    CHECK(value_at(document, "a.b.c").is_null());
    CHECK(value_at(document, "a.x").is_null());
}

TEST_CASE("falsy is what Python calls false") {
    for (const char* text : {"null", "false", "0", "0.0", "\"\"", "[]", "{}"}) {
        INFO(text);
        CHECK(is_falsy(json::parse(text)));
    }
    for (const char* text : {"true", "1", "0.5", "\"0\"", "[0]", "{\"a\": null}"}) {
        INFO(text);
        CHECK_FALSE(is_falsy(json::parse(text)));
    }
}
