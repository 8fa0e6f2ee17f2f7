#include <algorithm>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "host/cli/overview/metric_sum.hpp"
#include "host/cli/overview/overview_text.hpp"

namespace cli = pf::host::cli;
using nlohmann::json;
using nlohmann::ordered_json;

namespace {

constexpr const char* vm_view = R"({"view":{"table":{"layout":{"options":{"fields":[
  {"key":"data.os","type":"enum","options":{"L":{"type":"badge","name":"Linux"}}},
  {"key":"data.state","type":"enum","options":{"items":{"ON":{"type":"state","name":"Running"}}}}]}}}}})";

std::vector<cli::CountedKind> kinds() {
    const std::string sum = R"({"fields":{"value":{"operator":"sum","key":"data.)";
    return {{"vm",
             "AHV virtual machine",
             "AHV",
             "VM",
             cli::read_view(vm_view),
             {{"VM Count", "Count", R"({"fields":{"value":{"operator":"count"}}})"},
              {"VM Core Sum", "Core", sum + R"(core"}}})"},
              {"VM Memory Sum", "GB", sum + R"(memory"}}})"},
              {"Running Core Sum", "Core",
               sum + R"(core"}},"filter":[{"key":"data.state","value":"ON","operator":"eq"}]})"},
              {"Odd Sum", "Core",
               sum + R"(core"}},"filter":[{"key":"a","value":1,"operator":"regex"}]})"}}},
            {"host", "Host", "Cluster", "Host", {}, {}},
            {"subnet", "Subnet", "Network", "Subnet", {}, {}}};
}

ordered_json vm(const std::string& region, const std::string& state, double memory) {
    return {{"cloud_service_group", "AHV"},
            {"cloud_service_type", "VM"},
            {"region_code", region},
            {"data", {{"state", state}, {"core", 700}, {"memory", memory}, {"os", "L"}}}};
}

void fill(cli::InventoryCounts& counts) {
    counts.add_region(R"({"name":"east","region_code":"r1"})");
    counts.add(vm("r1", "ON", 1.5));
    counts.add(vm("r1", "ON", 1022));
    counts.add(vm("r2", "ODD\x1b", 0.5));
    counts.add({{"cloud_service_group", "Cluster"},
                {"cloud_service_type", "Host"},
                {"region_code", "r1"}});
}

}  // namespace

TEST_CASE("an overview counts by kind, state and region, and sums up what metrics sum up") {
    cli::InventoryCounts counts(kinds());
    fill(counts);
    pf::host::runtime::RunReport report;
    report.lists.resize(3);
    report.lists[2].kind = "subnet";  // asked for, and not there
    report.lists[0].kind = "vm";
    report.lists[1].kind = "host";
    report.lists[1].is_complete = true;
    report.missing.push_back({"ERROR_PRISM_PERMISSION", "pc1", "vm", "no", 1, {}});
    report.missing.push_back({"ERROR_MODULE_UNAVAILABLE", "", "volume_group", "no", 1, {}});
    counts.close(report);
    std::vector<std::string> hidden;
    CHECK(cli::overview_text(counts, {}, hidden) ==
          "Kind                 Count  Collected    States\n"
          "AHV virtual machine      3  partial      Running 2, ODD? 1\n"
          "Host                     1  complete     -\n"
          "Subnet                   0  not offered  -\n"
          "volume_group             0  missing      -\n"
          "\n"
          "Region  vm  host\n"
          "east     2     1\n"
          "r2       1     -\n"
          "\n"
          "Capacity               Total\n"
          "VM Core Sum       2,100 Core\n"
          "VM Memory Sum          1 TiB\n"
          "Running Core Sum  1,400 Core\n");
    CHECK(hidden.empty());
    CHECK(counts.kinds()[0]->uncounted ==
          std::vector<std::string>{"Odd Sum: its filter uses the operator regex"});
    static_cast<void>(cli::overview_text(counts, {12, false, true}, hidden));
    CHECK(std::count(hidden.begin(), hidden.end(), "States") == 1);

    const json document = json::parse(
        cli::overview_json(counts, {"pc1:9440"}, R"({"complete":false,"outcome":"partial"})"));
    CHECK(document["targets"] == json({"pc1:9440"}));
    CHECK(document["kinds"][0]["states"] == json({{"Running", 2}, {"ODD?", 1}}));
    CHECK(document["kinds"][0]["regions"] == json({{"r1", 2}, {"r2", 1}}));
    CHECK(document["kinds"][0]["capacities"][1]["regions"]["r1"] == 1023.5);
    CHECK(document["kinds"][3]["result"] == "missing");
    CHECK(document["regions"] == json({{"r1", "east"}, {"r2", "r2"}}));
    CHECK(document["summary"]["complete"] == false);
}

TEST_CASE("a target that is down makes every kind partial or missing") {
    cli::InventoryCounts counts(kinds());
    fill(counts);
    pf::host::runtime::RunReport report;
    report.missing.push_back({"ERROR_PRISM_UNREACHABLE", "pc2", "", "down", 1, {}});
    counts.close(report);
    CHECK(counts.kinds()[0]->result == cli::KindResult::partial);
    CHECK(counts.kinds()[2]->result == cli::KindResult::missing);
    report.missing.clear();
    report.end = pf::host::Status(pf::host::Code::cancelled, "ERROR_INTERRUPTED", "cut");
    counts.close(report);
    CHECK(counts.kinds()[0]->result == cli::KindResult::partial);
}

TEST_CASE("a resource of a kind nobody described is counted under its type") {
    cli::InventoryCounts counts({});
    counts.add({{"cloud_service_group", "G"}, {"cloud_service_type", "T"}});
    counts.close({});
    REQUIRE(counts.kinds().size() == 1);
    CHECK(counts.kinds()[0]->kind.title == "G/T");
    CHECK(counts.kinds()[0]->result == cli::KindResult::complete);
    CHECK(counts.region_name("") == "no region");
}

TEST_CASE("sums skip what is no number and what the filter leaves out") {
    const cli::MetricSum sum(
        R"({"fields":{"value":{"operator":"sum","key":"d.n"}},"filter":[
            {"key":"d.s","value":["A","B"],"operator":"in"},{"key":"d.x","value":1,"operator":"not"}]})");
    CHECK(sum.is_sum());
    CHECK(sum.obstacle().empty());
    const auto value = [&](const char* text) { return sum.value(ordered_json::parse(text)); };
    CHECK(value(R"({"d":{"s":"A","n":2}})") == 2);
    CHECK(value(R"({"d":{"s":"A","n":[1,"x",3]}})") == 4);
    CHECK(value(R"({"d":{"s":"A","n":2,"x":1}})") == 0);
    CHECK(value(R"({"d":{"s":"C","n":2}})") == 0);
    CHECK(value(R"({"d":7})") == 0);
    CHECK_FALSE(cli::MetricSum("nonsense").is_sum());
    CHECK_FALSE(cli::MetricSum(R"({"fields":{"value":{"operator":"count"}}})").is_sum());
}
