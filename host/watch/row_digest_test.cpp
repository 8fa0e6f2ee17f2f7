#include "host/watch/row_digest.hpp"

#include <catch2/catch.hpp>

#include "host/watch/testing_rows.hpp"

using namespace pf::test;
namespace state = pf::host::state;
using pf::host::watch::RowDigest;

namespace {

state::SnapshotRow digest(const std::string& line, const std::vector<std::string>& ignored = {}) {
    const auto module = vm_module();
    RowDigest digests({&module}, ignored);
    auto row = digests.read(line);
    REQUIRE(row.status().text() == "OK");
    REQUIRE(row->has_value());
    return **row;
}

std::string text_of(const state::SnapshotRow& row) {
    std::string text;
    for (const state::SnapshotField& field : row.content.fields) {
        text += field.name + ": " + field.value + "\n";
    }
    return text;
}

}  // namespace

TEST_CASE("a row becomes what is kept of it") {
    const auto row = digest(vm_row("1", R"({"hardware":{"core":4.0,"memory":1.5},"list":["b","a"],
        "empty":{},"primary":"10.0.0.1","off":null,"on":true,
        "nics":[{"mac":"b","n":{"y":1,"x":"\u0001\"\\"}},{"mac":"a"}],
        "categories":[{"key":"Env","value":"Prod"},{"key":"App","value":"a\nb"}]})"));
    CHECK(row.account == "pc1");
    CHECK(row.kind == "vm");
    CHECK(row.id == "1");
    CHECK(row.name == "vm 1");
    CHECK(row.region == "r1");
    CHECK(row.categories == std::vector<std::string>{"App=a?b", "Env=Prod"});
    CHECK(row.content.form.find("vm 1.2.3 ") == 0);
    CHECK(text_of(row) ==
          "data.categories: [{\"key\":\"App\",\"value\":\"a\\u000ab\"},"
          "{\"key\":\"Env\",\"value\":\"Prod\"}]\n"
          "data.empty: {}\n"
          "data.hardware.core: 4\n"
          "data.hardware.memory: 1.5\n"
          "data.list: [\"b\",\"a\"]\n"
          "data.nics: [{\"mac\":\"a\"},{\"mac\":\"b\",\"n\":{\"x\":\"\\u0001\\\"\\\\\",\"y\":1}}]\n"
          "data.off: null\n"
          "data.on: true\n"
          "data.primary: \"10.0.0.1\"\n"
          "name: \"vm 1\"\n"
          "region_code: \"r1\"\n");
}

TEST_CASE("the order of members and of objects in lists does not count") {
    CHECK(text_of(digest(vm_row("1", R"({"a":{"x":1,"y":2},"l":[{"p":1,"q":2},{"p":0}]})"))) ==
          text_of(digest(vm_row("1", R"({"l":[{"p":0},{"q":2,"p":1}],"a":{"y":2,"x":1}})"))));
    CHECK(text_of(digest(vm_row("1", R"({"l":[1,2]})"))) !=
          text_of(digest(vm_row("1", R"({"l":[2,1]})"))));
}

TEST_CASE("what is ignored is left out with all below it") {
    const std::string data =
        R"({"usage":{"a":1},"x":{"a":1,"b":{"c":1,"d":2}},"l":[{"a":1,"b":2}],"u":5})";
    const auto row = digest(vm_row("1", data), {"data.usage", "data.x.b.c", "data.l.b", "data.u"});
    CHECK(text_of(row) ==
          "data.l: [{\"a\":1}]\ndata.x.a: 1\ndata.x.b: {\"d\":2}\n"
          "name: \"vm 1\"\nregion_code: \"r1\"\n");
    CHECK(row.content.form != digest(vm_row("1", data)).content.form);
}

TEST_CASE("an object of very many members is compared as a whole, and odd keys do no harm") {
    std::string members;
    for (int i = 0; i < 65; ++i) {
        members += (i == 0 ? "" : ",") + ("\"k" + std::to_string(i)) + "\":1";
    }
    const auto row = digest(
        vm_row("1", "{\"t\":{" + members + R"(},"a\nb":{"c\u0000":1,"c\u0001":2},"":{"":3}})"));
    REQUIRE(row.content.fields.size() == 5);
    CHECK(row.content.fields[0].name == "data..");
    CHECK(row.content.fields[1].name == "data.a?b.c?");
    CHECK(row.content.fields[2].name == "data.t");
}

TEST_CASE("what is no resource of an installed kind is none; a broken one is an error") {
    const auto module = vm_module();
    RowDigest digests({&module}, {});
    for (const char* line :
         {"{}", "[]", R"({"state":"FAILURE","resource_type":"inventory.CloudService"})",
          R"({"state":"SUCCESS","resource_type":"inventory.Region","resource":{}})",
          R"({"state":"SUCCESS","resource_type":"inventory.CloudService","resource":{}})"}) {
        const auto row = digests.read(line);
        REQUIRE(row.ok());
        CHECK_FALSE(row->has_value());
    }
    for (const std::string& line : {std::string("{"), std::string(), vm_row("", "{}")}) {
        CHECK(digests.read(line).status().reason() == "ERROR_WATCH_ROW");
    }
}
