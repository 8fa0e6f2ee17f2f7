#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "host/document/json_document.hpp"
#include "host/document/yaml_document.hpp"

using namespace pf::host::document;
using nlohmann::json;

namespace {

const json schema = json::parse(R"({"properties": {
    "price": {"type": ["string", "number"]}, "life": {"type": "integer"},
    "on": {"type": "boolean"}, "list": {"items": {"properties": {"rate": {}}}}}})");
constexpr DocumentRules exact{"ERROR_SAMPLE", Scalars::exact};

}  // namespace

TEST_CASE("exact scalars keep every digit in YAML and in JSON") {
    const char* const digits = "123456789012345678901234567890.10";
    const auto yaml =
        parse_yaml(std::string("price: ") + digits + "\nlife: 60\non: true\n", "f", schema, exact);
    const auto text = parse_json(std::string("{\"price\": ") + digits +
                                     ", \"life\": 60,\n \"on\": true, \"list\": [{\"rate\": 1e3}]}",
                                 "f", schema, exact);
    REQUIRE(yaml);
    REQUIRE(text);
    for (const auto* document : {&*yaml, &*text}) {
        CHECK(document->root->at("price") == digits);
        CHECK(document->root->at("life") == 60);
        CHECK(document->root->at("on") == true);
    }
    CHECK(text->root->at("list")[0].at("rate") == "1e3");
    CHECK(parse_yaml("price: .nan", "f", schema, exact)->root->at("price") == ".nan");
}

TEST_CASE("typed scalars are what YAML says") {
    const auto document = parse_yaml("a: 0.5\nb: 7\nc: no\nprice: '1'\n", "f", schema);
    REQUIRE(document);
    CHECK(document->root->at("a") == 0.5);
    CHECK(document->root->at("b") == 7);
    CHECK(document->root->at("c") == "no");
    CHECK(document->root->at("price") == "1");
}

TEST_CASE("keys of JSON have lines, and so have elements") {
    const auto document = parse_json("{\n \"price\": 1,\n \"list\": [\n  {\"rate\":\n 2},\n 3]\n}",
                                     "f.json", schema, exact);
    REQUIRE(document);
    CHECK(document->lines.at("price") == 2);
    CHECK(document->lines.at("list") == 3);
    CHECK(document->lines.at("list[0]") == 4);
    CHECK(document->lines.at("list[0].rate") == 4);
    CHECK(document->lines.at("list[1]") == 6);
    CHECK(nearest_line(document->lines, "list[0].more.less") == 4);
    CHECK(nearest_line(document->lines, "other") == 0);
}

TEST_CASE("a JSON text that is no object, cut, doubled or too deep is refused with its line") {
    const auto refused = [](const std::string& text) {
        const auto document = parse_json(text, "f.json", schema, exact);
        REQUIRE_FALSE(document);
        CHECK(document.status().reason() == "ERROR_SAMPLE");
        CHECK_THAT(document.status().message(), Catch::StartsWith("f.json:"));
        return document.status().message();
    };
    CHECK_THAT(refused("[1]"), Catch::Contains("must be an object"));
    CHECK_THAT(refused("{\"a\": 1,\n\n \"b\": "), Catch::StartsWith("f.json:3: is not valid JSON"));
    CHECK_THAT(refused("{\"a\": 1,\n \"a\": 2}"), Catch::StartsWith("f.json:2: a: is given twice"));
    CHECK_THAT(refused(""), Catch::Contains("not valid JSON"));
    CHECK_THAT(refused("{\"a\": NaN}"), Catch::Contains("not valid JSON"));
    CHECK_THAT(refused("{\"a\": " + std::string(100, '[')), Catch::Contains("nested too deeply"));
    std::string many = "{\"a\": [0";
    for (std::size_t i = 0; i <= most_yaml_values; ++i) {
        many += ",0";
    }
    CHECK_THAT(refused(many + "]}"), Catch::Contains("too many values"));
    CHECK_THAT(refused(std::string(largest_yaml + 1, ' ')), Catch::Contains("larger than 1 MiB"));
}

TEST_CASE("numbers of programs that know doubles only are written out") {
    for (const auto& [text, plain] :
         std::vector<std::pair<std::string, std::string>>{{"1e-05", "0.00001"},
                                                          {"1.25e3", "1250"},
                                                          {"60.0", "60.0"},
                                                          {"1E+2", "100"},
                                                          {"0.05", "0.05"},
                                                          {"123e-2", "1.23"},
                                                          {"0.0", "0.0"},
                                                          {"1e99", "1e99"},
                                                          {"1e-99", "1e-99"},
                                                          {"-1e2", "-1e2"},
                                                          {"1.2.3", "1.2.3"},
                                                          {"1e", "1e"},
                                                          {"12.50e1", "125"},
                                                          {"1e40", "1" + std::string(40, '0')},
                                                          {"0.5e-1", "0.05"},
                                                          {"5e0", "5"},
                                                          {"e5", "e5"}}) {
        INFO(text);
        const auto document = parse_yaml("price: " + text, "f", schema, exact);
        REQUIRE(document);
        CHECK(document->root->at("price") == plain);
    }
    CHECK(parse_json(R"({"life": 60.0})", "f", schema, exact)->root->at("life") == 60);
    CHECK(parse_json(R"({"life": 60.5})", "f", schema, exact)->root->at("life") == "60.5");
}
