#include "host/document/json_schema.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "host/document/nearest.hpp"

using nlohmann::json;
using pf::host::document::JsonSchema;
using pf::host::document::nearest_name;

TEST_CASE("what is no schema is refused and ends nothing") {
    for (const char* text : {"3", "[]", R"({"type": "strin"})", R"({"$ref": "#"})",
                             R"({"properties": []})", R"({"items": {"$ref": "http://x/"}})"}) {
        INFO(text);
        CHECK_FALSE(JsonSchema::compile(json::parse(text)).ok());
    }
    const auto odd_pattern = JsonSchema::compile(json::parse(R"({"pattern": "("})"));
    if (odd_pattern.ok()) {
        CHECK(odd_pattern->check(json("text")).has_value());
    }
}

TEST_CASE("open objects may hold anything, closed ones what they name") {
    const auto schema = JsonSchema::compile(json::parse(
        R"({"type": "object", "properties": {"a": {"type": "object", "additionalProperties": false,
            "properties": {"first": {}}}}})"));
    REQUIRE(schema.ok());
    CHECK_FALSE(schema->check(json::parse(R"({"b": 1, "a": {"first": 1}})")).has_value());
    CHECK(schema->check(json::parse(R"({"a": {"frist": 1}})"))->text() ==
          "a.frist: unknown key; did you mean 'first'?");
}

TEST_CASE("texts and keys that are no UTF-8 are refused before they are measured") {
    const auto schema = JsonSchema::compile(
        json::parse(R"({"type": "object", "additionalProperties": {"maxLength": 5}})"));
    REQUIRE(schema);
    for (const char* text : {"\x80", "a\xc3", "\xed\xa0\x80", "\xff\xff\xff\xff\xff\xff\xff"}) {
        const auto problem = schema->check({{"a", text}});
        REQUIRE(problem);
        CHECK(problem->path == "a");
        CHECK_THAT(problem->reason, Catch::Contains("UTF-8"));
        CHECK(schema->check({{text, 1}}));
    }
    CHECK_FALSE(schema->check({{"a", "\xf0\x9f\x98\x80"}}));
}

TEST_CASE("a misspelt name is recognised, another word is not") {
    CHECK(nearest_name("endpoint", {"endpoints", "outputs"}) == "endpoints");
    CHECK(nearest_name("vn", {"vm", "cluster"}) == "vm");
    CHECK(nearest_name("storage", {"vm", "cluster"}) == "");
    CHECK(nearest_name(std::string(1000, 'a'), {"a"}) == "");
}
