#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "host/cli/filter/row_filter.hpp"
#include "host/cli/human.hpp"

namespace cli = pf::host::cli;
using nlohmann::ordered_json;

namespace {

constexpr const char* vm_view = R"({"view":{"table":{"layout":{"options":{"fields":[
  {"key":"data.state","name":"Power State","type":"enum","options":{"items":{
    "ON":{"type":"state","name":"Running"}}}},
  {"key":"data.core","name":"vCPU","type":"text"},
  {"key":"data.memory","name":"Memory","type":"size","options":{"source_unit":"GB"}},
  {"key":"data.nics.ip","name":"IPs","type":"list"},
  {"key":"data.at","name":"Created At","type":"datetime","options":{"source_type":"iso8601"}}]}}}}})";
constexpr const char* host_view = R"({"view":{"table":{"layout":{"options":{"fields":[
  {"key":"data.model","name":"Model","type":"text"},
  {"key":"data.ram","name":"Memory","type":"size","options":{"source_unit":"MB"}}]}}}}})";

const cli::TimePoint now = *cli::parse_time("2026-11-23T12:00:00Z");

std::string resource(const std::string& type, const std::string& name, ordered_json data) {
    return ordered_json{{"name", name},
                        {"cloud_service_group", "G"},
                        {"cloud_service_type", type},
                        {"data", std::move(data)}}
        .dump();
}

const std::string web = resource("VM", "Web-01",
                                 {{"state", "ON"},
                                  {"core", 8},
                                  {"memory", 753.85},
                                  {"nics", {{{"ip", "10.0.0.1"}}, {{"ip", "10.0.0.2"}}}},
                                  {"at", "2026-11-22T11:00:00Z"}});
const std::string db = resource("VM", "db", {{"state", "OFF"}, {"core", "16"}, {"memory", 8}});
const std::string host = resource("Host", "node-a", {{"model", "NX"}, {"ram", 524288}});

cli::ColumnCatalogue catalogue() {
    cli::ColumnCatalogue known;
    known.learn("G", "VM", vm_view);
    known.learn("G", "Host", host_view);
    return known;
}

pf::host::Result<cli::RowFilter> filter(std::vector<std::string> conditions,
                                        const std::string& since = "") {
    return cli::RowFilter::make({std::move(conditions), since}, catalogue(), now);
}

// Which of web, db and host a filter wants: "w", "d", "h".
std::string wanted(const std::vector<std::string>& conditions, const std::string& since = "") {
    auto made = filter(conditions, since);
    REQUIRE(made.ok());
    return std::string(made->wants(web) ? "w" : "") + (made->wants(db) ? "d" : "") +
           (made->wants(host) ? "h" : "");
}

std::string refusal(const std::string& condition) {
    const auto made = filter({condition});
    CHECK(made.status().reason() == "ERROR_USAGE");
    return made.status().message();
}

}  // namespace

TEST_CASE("texts are equal or contained, whatever their capitals") {
    CHECK(wanted({}) == "wdh");
    CHECK(wanted({"name=web-01"}) == "w");
    CHECK(wanted({"Name != WEB-01"}) == "dh");
    CHECK(wanted({"name~b"}) == "wd");
    CHECK(wanted({"name!~b"}) == "h");
    CHECK(wanted({"IPs=10.0.0.2"}) == "w");
    CHECK(wanted({"IPs!=10.0.0.2"}) == "dh");
    CHECK(wanted({"data.nics.ip~10.0."}) == "w");
}

TEST_CASE("a word of an enum is known by its code and by its title") {
    CHECK(wanted({"Power State=on"}) == "w");
    CHECK(wanted({"power state=Running"}) == "w");
    CHECK(wanted({"state=OFF"}) == "d");
}

TEST_CASE("numbers, sizes and times have an order") {
    CHECK(wanted({"vCPU>=8"}) == "wd");
    CHECK(wanted({"vCPU>8"}) == "d");
    CHECK(wanted({"vCPU<16"}) == "w");
    CHECK(wanted({"vCPU<=16"}) == "wd");
    CHECK(wanted({"vCPU=8.0"}) == "w");
    CHECK(wanted({"Memory>8GiB"}) == "wh");
    CHECK(wanted({"Memory <= 8 GiB"}) == "d");
    CHECK(wanted({"Memory=8GiB"}) == "d");
    CHECK(wanted({"Memory>=753.85GiB"}) == "w");
    CHECK(wanted({"Created At>=2026-11-22"}) == "w");
    CHECK(wanted({"Created At>2026-11-22T11:00:00Z"}).empty());
    CHECK(wanted({"Created At=2026-11-22T12:00:00+01:00"}) == "w");
    CHECK(wanted({"Created At<24h"}) == "w");
    CHECK(wanted({"data.at<2026-11-23T00:00:00Z"}) == "w");
}

TEST_CASE("what has no value is empty, unequal to all, and in no order") {
    CHECK(wanted({"Created At="}) == "dh");
    CHECK(wanted({"Created At!="}) == "w");
    CHECK(wanted({"Model!=NX"}) == "wd");
    CHECK(wanted({"vCPU<1000000"}) == "wd");
}

TEST_CASE("all conditions have to hold, each for the column its kind has") {
    CHECK(wanted({"vCPU>=8", "name~db"}) == "d");
    CHECK(wanted({"Memory=512GiB"}) == "h");
    CHECK(wanted({"Model=nx"}) == "h");
}

TEST_CASE("since is about the time of creation") {
    CHECK(wanted({}, "2d") == "w");
    CHECK(wanted({}, "24h").empty());
    CHECK(wanted({"vCPU=8"}, "2026-11-01") == "w");
    CHECK(filter({"vCPU>1"}, "2d")->texts() ==
          std::vector<std::string>{"vCPU>1", "Created At>=2026-11-21T12:00:00Z"});
    CHECK(filter({}, "yesterday").status().message() ==
          "--since yesterday is no time; write 24h, 7d, 2026-11-23 or 2026-11-23T08:15:00Z");
    CHECK(cli::tells_creation(cli::columns_of(vm_view)));
    CHECK_FALSE(cli::tells_creation(cli::columns_of(host_view)));
}

TEST_CASE("a condition that cannot be meant is refused before anybody is asked") {
    for (const char* text : {"vCPU", "=8", "", "vCPU!8"}) {
        CHECK(refusal(text).find("is no condition; write COLUMN") != std::string::npos);
    }
    CHECK(refusal("vCPV>8") == "--filter: there is no column vCPV; did you mean 'vCPU'?");
    CHECK(refusal("Memory>8").find("a size needs a unit, e.g. 8GiB") != std::string::npos);
    CHECK(refusal("Created At>soon").find("a time is written") != std::string::npos);
    CHECK(refusal("name>b").find("only numbers, sizes and times") != std::string::npos);
}

TEST_CASE("a comparison has to be right for every kind that has the column") {
    auto known = catalogue();
    known.learn("G", "Image", R"({"view":{"table":{"layout":{"options":{"fields":[
        {"key":"data.size","name":"Size","type":"size"},
        {"key":"data.memory","name":"Memory","type":"text"}]}}}}})");
    // "Size" is also the title of a text that every resource has.
    CHECK(cli::RowFilter::make({{"Size>1GiB"}, ""}, known, now).ok());
    CHECK(cli::RowFilter::make({{"Size>1"}, ""}, known, now).status().reason() == "ERROR_USAGE");
    CHECK(cli::RowFilter::make({{"Memory>1GiB"}, ""}, known, now).status().reason() ==
          "ERROR_USAGE");
    CHECK(cli::RowFilter::make({{"Memory=1GiB"}, ""}, known, now).ok());
}

TEST_CASE("what is no resource is not wanted") {
    auto made = filter({"name=a"});
    REQUIRE(made.ok());
    CHECK_FALSE(made->wants("no json"));
}
