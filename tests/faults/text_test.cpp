// F16 to F18: answers that are no JSON, JSON without measure, and names nobody wants to print.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/faults/fault_case.hpp"

namespace pf::test {
namespace {

auto with(const std::string& name, const std::string& keys = "") {
    return [name, keys](Scene& scene) { scene.fault(name, keys); };
}

FaultCase refused(const std::string& title, const std::string& name, const std::string& keys,
                  std::vector<std::string> words) {
    return {title, with(name, keys), stops_at_page("ERROR_PRISM_ANSWER", std::move(words))};
}

FaultCase of(Generation generation, FaultCase what) {
    what.generations = {generation};
    return what;
}

// The one VM whose name holds `part` is called so in its row.
auto named(const std::string& part, const std::string& name) {
    return [part, name](Scene&, const Outcome& outcome) {
        const auto row = nlohmann::json::parse(outcome.row_with(part));
        REQUIRE(row.is_object());
        CHECK(row["name"] == name);
        CHECK(row["data"]["compute"]["instance_name"] == name);
    };
}

}  // namespace

TEST_CASE("F16 JSON without measure is refused, or only its VM is", "[F16]") {
    play("F16",
         {refused("100,000 levels", "deep", "", {"deep"}),
          refused("a number of 4,096 digits", "huge-number", "", {"JSON", "number"}),
          refused("a number of 1e400", "set-field", "field=memorySizeBytes:json=1e400",
                  {"JSON", "number"}),
          {"a name of 2 MiB", with("huge-string", "bytes=2097152"),
           lacks(1, "ERROR_MODULE_RECORD", {"1 MiB"})},
          {"a name of 300 characters", with("huge-string", "bytes=300"), complete()},
          {"a description with 1,000,000 keys", with("many-keys", "field=description"), complete()},
          {"a name with 1,000,000 keys", with("many-keys"), complete()}});
}

TEST_CASE("F17 what is no JSON, or not this list, is named", "[F17]") {
    play("F17",
         {refused("an HTML page with 200", "html", "", {"text/html", "login page"}),
          refused("an empty body", "empty-body", "", {"empty answer"}),
          refused("a byte order mark", "bom", "", {"JSON"}),
          refused("garbage behind it", "trailing-garbage", "", {"JSON"}),
          refused("NaN", "nan", "", {"JSON"}),
          refused("Infinity", "infinity", "", {"JSON"}),
          refused("plain text", "body", "json=upstream connect error", {"upstream connect error"}),
          refused("null", "body", "json=null", {"JSON"}),
          refused("a number", "body", "json=17", {"JSON"}),
          refused("an array", "body", "json=[]", {"no list answer"}),
          of(Generation::v4, refused("data is an object", "body",
                                     "json={\"data\":{},\"metadata\":{}}", {"no list answer"})),
          of(Generation::v4,
             refused("data is a text", "body", "json={\"data\":\"none\",\"metadata\":{}}",
                     {"no list answer"})),
          of(Generation::v3, refused("entities is an object", "body",
                                     "json={\"entities\":{},\"metadata\":{}}", {"no list answer"})),
          of(Generation::v3,
             refused("entities is a text", "body", "json={\"entities\":\"none\",\"metadata\":{}}",
                     {"no list answer"})),
          {"neither entities nor a total, at first",
           with("body", "json={\"metadata\":{}}"),
           fails("ERROR_PRISM_ANSWER", {"no list answer"}),
           {},
           {},
           false}});
}

TEST_CASE("F18 a VM with an odd name arrives, with what cannot be kept replaced", "[F18]") {
    const std::string r = "\xef\xbf\xbd";
    play("F18",
         {{"half a surrogate pair", with("lone-surrogate"), complete(),
           named(r + " end", "web " + r + " end " + r)},
          {"invalid UTF-8", with("invalid-utf8"), complete(),
           named(r + " end", "web" + r + " " + r + " " + r + r + r + " end")},
          {"raw control characters", with("raw-control"), complete(),
           [](Scene&, const Outcome& outcome) { CHECK(outcome.row_with("[31m red") != "null"); }},
          {"escaped control characters", with("control"), complete(),
           [](Scene&, const Outcome& outcome) { CHECK(outcome.row_with("[31m red") != "null"); }},
          {"NUL", with("nul"), complete(),
           [](Scene&, const Outcome& outcome) { CHECK(outcome.row_with("hidden") != "null"); }},
          {"right-to-left override", with("rtl"), complete(),
           [](Scene&, const Outcome& outcome) { CHECK(outcome.row_with("cod.exe") != "null"); }}});
}

}  // namespace pf::test
