// The small JSON document of testing.hpp, and its reader.
#include <catch2/catch.hpp>
#include <prismforet/module.hpp>
#include <prismforet/testing.hpp>

using pf::testing::Document;
using pf::testing::Json;

TEST_CASE("documents read back as they were") {
    const std::string text =
        R"({"b":[1,-2,1.5,1e+300,true,false,null,"x\"\\\n\u0001"],"a":{"":{}},"a":[]})";
    CHECK(Json::parse(text).dump() == text);
    CHECK(Json::parse(Json::parse(text).pretty()).dump() == text);
    CHECK(Json::parse("  [ ]  ").dump() == "[]");
    CHECK(Json::parse(R"("\u00e9\ud83d\ude00\ud800")").text == "é😀\xEF\xBF\xBD");
}

TEST_CASE("whole numbers and others are told apart") {
    CHECK(Json::parse("9223372036854775807").kind == PF_KIND_INT);
    CHECK(Json::parse("9223372036854775808").kind == PF_KIND_FLOAT);
    CHECK(Json::parse("1.0").kind == PF_KIND_FLOAT);
    CHECK(Json::parse("1.0").dump() == "1.0");
}

TEST_CASE("what is no JSON is refused") {
    for (const char* text : {"", "{", "[1,]", "{\"a\"}", "{a:1}", "01", "1.", "+1", "nul",
                             "\"\\x\"", "\"a", "\"\n\"", "[] []", "1e999", "\"\\u12\"", "-"}) {
        CAPTURE(text);
        CHECK_THROWS_AS(Json::parse(text), std::invalid_argument);
    }
    CHECK_THROWS_AS(Json::parse(std::string(5000, '[')), std::invalid_argument);
}

TEST_CASE("values: absent is a value, and wrong types say no") {
    const Document document(R"({"text":"x","int":7,"float":2.5,"yes":true,"null":null,
                                "list":[1,2],"object":{"a":1,"b":2}})");
    const pf::Value root(pf::testing::document_reader(), document.root());
    CHECK(root["text"].str() == "x");
    CHECK(root["int"].str("fallback") == "fallback");
    CHECK(root["int"].i64() == 7);
    CHECK(root["int"].f64() == 7.0);
    CHECK_FALSE(root["float"].i64().has_value());
    CHECK(root["float"].f64(0) == 2.5);
    CHECK(root["yes"].boolean() == true);
    CHECK_FALSE(root["none"]["deeper"]["still"].exists());
    CHECK(root["none"].kind() == pf::Kind::absent);
    CHECK(root["null"].kind() == pf::Kind::null);
    CHECK_FALSE(root["null"].exists());
    CHECK(pf::Value{}["x"].str() == "");
    std::int64_t sum = 0;
    for (pf::Value each : root["list"]) sum += each.i64(0);
    for (pf::Value each : root["text"]) sum += each.i64(100);
    for (auto [key, value] : root["object"].members())
        sum += value.i64(0) * (key == "a" ? 10 : 100);
    for (pf::Member member : root["list"].members()) sum += member.value.i64(1000);
    CHECK(sum == 213);
}

TEST_CASE("a value of a document that is gone reads as absent and is counted") {
    pf_val kept{0, 0};
    {
        const Document document(R"({"a":1})");
        kept = document.root();
    }
    const auto before = pf::testing::stale_reads();
    CHECK(pf::Value(pf::testing::document_reader(), kept).kind() == pf::Kind::absent);
    CHECK(pf::testing::stale_reads() == before + 1);
}

TEST_CASE("differences are told by place") {
    const Json a = Json::parse(R"({"x":[1,2],"y":"a"})");
    CHECK(pf::testing::difference(a, Json::parse(R"({"y":"a","x":[1,2]})")) == "");
    CHECK(pf::testing::difference(a, Json::parse(R"({"x":[1,3,4],"z":null,"y":"a"})")) ==
          "$.x[1]: expected 2, got 3\n$.x[2]: expected nothing, got 4\n"
          "$.z: expected nothing, got null\n");
}
