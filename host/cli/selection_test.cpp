#include <yaml-cpp/yaml.h>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "host/cli/bounded_json.hpp"
#include "host/cli/selection.hpp"
#include "host/cli/yaml_text.hpp"

namespace cli = pf::host::cli;
using nlohmann::ordered_json;

namespace {

std::string named(const std::string& name, const std::string& id) {
    return ordered_json{{"name", name}, {"reference", {{"resource_id", id}}}}.dump();
}

// What a reader of YAML makes of `text`, as JSON again.
ordered_json read_back(const YAML::Node& node) {
    if (node.IsMap()) {
        ordered_json object = ordered_json::object();
        for (const auto& entry : node) {
            object[entry.first.as<std::string>()] = read_back(entry.second);
        }
        return object;
    }
    if (node.IsSequence()) {
        ordered_json array = ordered_json::array();
        for (const auto& entry : node) {
            array.push_back(read_back(entry));
        }
        return array;
    }
    if (node.IsNull()) {
        return nullptr;
    }
    // A quoted scalar is a text, whatever it looks like.
    if (node.Tag() == "!") {
        return node.Scalar();
    }
    const ordered_json plain = ordered_json::parse(node.Scalar(), nullptr, false);
    return plain.is_discarded() ? ordered_json(node.Scalar()) : plain;
}

}  // namespace

TEST_CASE("resources are named by name or by id, and what is missing is told") {
    cli::Selection selection({"web", "ID-7", "dbx"});
    CHECK(selection.wants(named("web", "id-1")));
    CHECK_FALSE(selection.wants(named("Web", "id-2")));
    CHECK(selection.wants(named("other", "id-7")));
    CHECK_FALSE(selection.wants(named("db1", "id-3")));
    CHECK(selection.ambiguous().empty());
    CHECK(selection.missing().reason() == "ERROR_NOT_FOUND");
    CHECK(selection.missing().message() ==
          "there is no resource with the name or id dbx; did you mean 'db1'?");
    CHECK(selection.wants(named("web", "id-9")));
    CHECK(selection.wants(named("dbx", "id-4")));
    CHECK(selection.missing().ok());
    CHECK(selection.ambiguous() ==
          std::vector<std::string>{"\"web\" is 2 resources: id-1 id-9; give the id for one"});
    CHECK(cli::Selection({}).wants("no json"));
    CHECK_FALSE(cli::Selection({"a"}).wants("no json"));
}

TEST_CASE("a resource that is named and does not fit the filter is found and not wanted") {
    auto filter = cli::RowFilter::make({{"name!=web"}, ""}, {}, {});
    REQUIRE(filter.ok());
    cli::Selection selection({"web", "db"}, std::move(*filter));
    CHECK_FALSE(selection.wants(named("web", "id-1")));
    CHECK(selection.wants(named("db", "id-2")));
    CHECK(selection.missing().ok());
    CHECK(selection.texts() == std::vector<std::string>{"web", "db", "name!=web"});
    CHECK(cli::Selection({}).texts().empty());
}

TEST_CASE("YAML says what JSON says, to any reader") {
    const auto value = ordered_json::parse(R"({
        "plain":"web-01","empty":"","blank":" x ","colon":"a: b","hash":"a #b","dash":"- a","true":"true",
        "no":"no","null":"null","number":"12","float":"1e3","date":"2026-11-23","quote":"say \"hi\" \\ it's",
        "lines":"a\nb\tc","control":"\u001b[31m\u0000\u202e\ufeff","wide":"데이터 😀","star":"*a","amp":"&a",
        "list":[],"object":{},"a key: odd":1,"nested":[{"a":1,"b":[1,2.5,-3,true,null]},[["x"],{}],"y"],
        "big":18446744073709551615})");
    const std::string text = cli::yaml_text(value);
    CHECK(read_back(YAML::Load(text)) == value);
    CHECK(text.find("plain: web-01\nempty: \"\"\n") == 0);
    CHECK(text.find("nested:\n  - a: 1\n    b:\n      - 1\n") != std::string::npos);
    CHECK(text.find("\\u001B[31m\\u0000\\u202E\\uFEFF") != std::string::npos);
    const auto list = ordered_json::array({value, 1});
    CHECK(read_back(YAML::Load(cli::yaml_element(value) + cli::yaml_element(1))) == list);
    CHECK(cli::yaml_text("a") == "a\n");
    CHECK(cli::yaml_text(ordered_json::object()) == "{}\n");
}

TEST_CASE("JSON that is nested too deeply is refused before it is read") {
    const auto nested = [](std::size_t depth) {
        return std::string(depth, '[') + std::string(depth, ']');
    };
    CHECK_FALSE(cli::parse_bounded(nested(cli::deepest_json)).is_discarded());
    CHECK(cli::parse_bounded(nested(cli::deepest_json + 1)).is_discarded());
    CHECK_FALSE(cli::parse_bounded("[\"" + std::string(500, '[') + "\\\"[\"]").is_discarded());
    CHECK(cli::parse_bounded("[1").is_discarded());
    CHECK(cli::parse_bounded(R"({"b":1,"a":2})").dump() == R"({"b":1,"a":2})");
}
