#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "host/cli/columns.hpp"
#include "host/cli/ledger_text.hpp"
#include "host/cli/row_writer.hpp"

namespace cli = pf::host::cli;
namespace fs = std::filesystem;
using nlohmann::json;

namespace {

constexpr const char* view = R"({"view":{"table":{"layout":{"options":{"fields":[
  {"key":"data.compute.state","name":"State","type":"enum","options":{"items":{
    "RUNNING":{"type":"state","name":"Running","options":{"icon":{"color":"green.500"}}}}}},
  {"key":"data.core","name":"vCPU","type":"text"},
  {"key":"data.memory","name":"Memory","type":"size","options":{"source_unit":"GB"}},
  {"key":"ip_addresses","name":"IPs","type":"list","options":{"is_optional":true,"delimiter":"<br>"}},
  {"key":"data.categories","name":"Categories","type":"list","options":{"sub_key":"value"}},
  {"key":"data.nics.mac","name":"MAC","type":"text"},
  {"key":"data.at","name":"Created","type":"datetime","options":{"source_type":"iso8601"}}]}}}}})";

constexpr const char* first =
    R"({"name":"=web,1","cloud_service_group":"AHV","cloud_service_type":"VM",
"ip_addresses":["10.0.0.1","10.0.0.2"],"reference":{"resource_id":"id-1"},"data":{"compute":{"state":"RUNNING"},
"core":4,"memory":8.0,"categories":[{"key":"k","value":"Web"},{"key":"k","value":"Prod"}],
"nics":[{"mac":"aa"},{"mac":"bb"}],"at":"2026-11-23T08:15:00Z"}})";
constexpr const char* second =
    R"({"name":"db","cloud_service_group":"AHV","cloud_service_type":"VM",
"ip_addresses":[],"reference":{"resource_id":"id-2"},"json_data":"{\"compute\":{\"state\":\"ODD\"},\"core\":16,\"memory\":null}"})";

// What a writer makes of the two resources.
std::string written(cli::RowWishes wishes, std::vector<const char*> resources = {first, second}) {
    std::string name = (fs::temp_directory_path() / "pf-rows-XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    const std::string file = name + "/out";
    {
        cli::ColumnCatalogue catalogue;
        catalogue.learn("AHV", "VM", view);
        auto output = cli::Output::open(file);
        REQUIRE(output.ok());
        const auto writer = cli::make_row_writer(wishes, **output, catalogue);
        for (const char* resource : resources) {
            REQUIRE(writer->put(resource).ok());
        }
        REQUIRE(writer->finish(R"({"complete":true})").ok());
        CHECK_FALSE(fs::exists(file));
        REQUIRE((*output)->commit().ok());
    }
    std::stringstream text;
    text << std::ifstream(file).rdbuf();
    fs::remove_all(name);
    return text.str();
}

cli::RowWishes form(cli::RowForm form) {
    cli::RowWishes wishes;
    wishes.form = form;
    wishes.is_utc = true;
    return wishes;
}

}  // namespace

TEST_CASE("a table shows what the console's table shows") {
    CHECK(written(form(cli::RowForm::table)) ==
          "Name    State    vCPU  Memory  Categories  MAC     Created\n"
          "=web,1  Running     4   8 GiB  Web, Prod   aa, bb  2026-11-23 08:15Z\n"
          "db      ODD        16       -  -           -       -\n");
    CHECK(written(form(cli::RowForm::wide)).find("10.0.0.1, 10.0.0.2") != std::string::npos);
}

TEST_CASE("columns are chosen by title, by path, and in any case") {
    auto wishes = form(cli::RowForm::table);
    wishes.columns = {"vcpu", "NAME", "data.nics.mac", "reference.resource_id"};
    wishes.has_heading = false;
    CHECK(written(wishes) == "   4  =web,1  aa, bb  id-1\n  16  db      -       id-2\n");
    const auto wrong = cli::choose_columns(cli::columns_of(view), {"Memroy"});
    CHECK(wrong.status().message() == "there is no column Memroy; did you mean 'Memory'?");
    CHECK(wrong.status().reason() == "ERROR_USAGE");
}

TEST_CASE("rows are ordered by number where there are numbers") {
    auto wishes = form(cli::RowForm::ndjson);
    wishes.sort_by = "vCPU";
    CHECK(written(wishes, {second, first}).find("=web") < written(wishes).find("\"db\""));
    wishes.sort_by = "Name";
    CHECK(written(wishes, {second, first}) == written(wishes));
}

TEST_CASE("CSV has raw values, safe texts and one heading") {
    CHECK(written(form(cli::RowForm::csv)) ==
          "Name,Resource ID,State,vCPU,Memory,IPs,Categories,MAC,Created\n"
          "\"'=web,1\",id-1,RUNNING,4,8589934592,\"10.0.0.1, 10.0.0.2\",\"Web, Prod\",\"aa, bb\","
          "2026-11-23T08:15:00Z\n"
          "db,id-2,ODD,16,,,,,\n");
}

TEST_CASE("JSON is one document, NDJSON one per line, both end with the summary") {
    const json whole = json::parse(written(form(cli::RowForm::json)));
    CHECK(whole["schema"] == "prismforet/v1");
    CHECK(whole["items"].size() == 2);
    CHECK(whole["items"][0]["name"] == "=web,1");
    CHECK(whole["summary"]["complete"] == true);
    CHECK(json::parse(written(form(cli::RowForm::json), {}))["items"].empty());

    std::istringstream lines(written(form(cli::RowForm::ndjson), {R"({"name":"a"})"}));
    std::string line;
    std::getline(lines, line);
    CHECK(line == R"({"name":"a"})");
    std::getline(lines, line);
    CHECK(line == R"({"schema":"prismforet/v1","summary":{"complete":true}})");
}

TEST_CASE("names are a line each, and nothing else") {
    CHECK(written(form(cli::RowForm::name), {first, second, R"({"name":"a\u001b[31m\nb"})"}) ==
          "=web,1\ndb\na?[31m b\n");
    CHECK(written(form(cli::RowForm::name), {}).empty());
    auto wishes = form(cli::RowForm::name);
    wishes.sort_by = "vCPU";
    CHECK(written(wishes, {second, first}) == "=web,1\ndb\n");
}

TEST_CASE("YAML is one document with the summary at its end") {
    const std::string text = written(form(cli::RowForm::yaml));
    CHECK(text.find(
              "schema: prismforet/v1\nitems:\n- name: \"=web,1\"\n  cloud_service_group: AHV\n") ==
          0);
    // Data that came as text is an object all the same.
    CHECK(text.find("\n  data:\n    compute:\n      state: ODD\n") != std::string::npos);
    CHECK(text.find("\nsummary:\n  complete: true\n") != std::string::npos);
    CHECK(written(form(cli::RowForm::yaml), {}) ==
          "schema: prismforet/v1\nitems: []\nsummary:\n  complete: true\n");
}

TEST_CASE("where several kinds may come, CSV has what all have, and tables what each has") {
    const char* const odd = R"({"name":"x","cloud_service_group":"G","cloud_service_type":"Odd",
"region_code":"r1","instance_type":"big","reference":{"resource_id":"id-3"}})";
    auto wishes = form(cli::RowForm::csv);
    wishes.is_mixed = true;
    CHECK(written(wishes, {first, odd}) ==
          "Name,Resource ID,Group,Type,Size,IP Addresses,Region,Account\n"
          "\"'=web,1\",id-1,AHV,VM,,\"10.0.0.1, 10.0.0.2\",,\n"
          "x,id-3,G,Odd,big,,r1,\n");
    wishes.columns = {"name", "vCPU", "Region"};
    CHECK(written(wishes, {first, odd}) == "Name,vCPU,Region\n\"'=web,1\",4,\nx,,r1\n");
    wishes.form = cli::RowForm::table;
    wishes.columns = {"name", "vCPU"};
    CHECK(written(wishes, {first, odd}) ==
          "AHV/VM\nName    vCPU\n=web,1     4\n\nG/Odd\nName\nx\n");
    wishes.columns = {"vCPU"};
    wishes.sort_by = "vCPU";
    CHECK(written(wishes, {odd, second, first}) == "AHV/VM\nvCPU\n   4\n  16\n\nG/Odd\nName\nx\n");
    wishes.is_descending = true;
    CHECK(written(wishes, {odd, first, second}).find("  16\n   4\n") != std::string::npos);
}

TEST_CASE("a column that no kind has is known before anybody is asked") {
    cli::ColumnCatalogue catalogue;
    catalogue.learn("AHV", "VM", view);
    auto wishes = form(cli::RowForm::table);
    wishes.columns = {"vCPU", "Region", "data.any.path"};
    CHECK(cli::check_columns(wishes, catalogue).ok());
    wishes.sort_by = "Memroy";
    CHECK(cli::check_columns(wishes, catalogue).message() ==
          "there is no column Memroy; did you mean 'Memory'?");
}

TEST_CASE("resources of a kind nobody described have general columns") {
    CHECK(written(form(cli::RowForm::table),
                  {R"({"name":"x","cloud_service_type":"Odd","region_code":"r1"})"}) ==
          "Name  Type  Size  IP Addresses  Region\nx     Odd   -     -             r1\n");
    CHECK(cli::columns_of("no json").size() == 1);
    CHECK(cli::columns_of("{\"view\":{\"table\":{\"layout\":7}}}").size() == 1);
}

TEST_CASE("a row is taken apart without being parsed") {
    const auto row = cli::split_row(
        R"({"state":"SUCCESS","message":"\",\"resource\":{","resource_type":"inventory.CloudService","match_rules":{"1":["reference.resource_id"]},"resource":{"name":"\",\"resource\":{}"}})");
    REQUIRE(row.has_value());
    CHECK(row->state == "SUCCESS");
    CHECK(row->resource_type == "inventory.CloudService");
    CHECK(json::parse(row->resource)["name"] == "\",\"resource\":{}");
    for (const char* wrong : {"", "{}", R"({"state":"SUCCESS"})",
                              R"({"state":"A","resource_type":"b","resource":7})"}) {
        CHECK_FALSE(cli::split_row(wrong).has_value());
    }
}

TEST_CASE("the ledger reads the same for people and programs") {
    pf::host::runtime::RunReport report;
    report.lists.push_back(
        {"pc1:9440", "uuid-1", "vm", "vm", "v4.3", 10, 10, 10, 0, 8, 0, 1, 1, false});
    report.missing.push_back({"ERROR_LIST_CHANGED", "pc1:9440", "vm", "gap\x1b", 2, {}});
    report.prism_calls = 3;
    report.elapsed_ms = 1200;
    CHECK(cli::outcome_of(report, false, false) == cli::Outcome::partial);
    CHECK(cli::outcome_of(report, true, false) == cli::Outcome::limited);
    CHECK(cli::outcome_of(report, true, true) == cli::Outcome::interrupted);
    CHECK(cli::summary_line(report, 8, cli::Outcome::partial) ==
          "8 of 10 rows · partial · 3 calls to Prism, 0 retries · 1.2 s");
    const json summary = json::parse(cli::summary_json(report, 8, cli::Outcome::partial));
    CHECK(summary["outcome"] == "partial");
    CHECK(summary["complete"] == false);
    CHECK(summary["items"] == 8);
    CHECK_FALSE(summary.contains("selection"));
    CHECK(json::parse(cli::summary_json(report, 8, cli::Outcome::partial,
                                        {"vCPU>1"}))["selection"] == json::array({"vCPU>1"}));
    const std::string lines = cli::ledger_lines(report.to_json());
    CHECK(lines.find("server total                10\n") == 0);
    CHECK(lines.find("result                 partial\n") != std::string::npos);
    CHECK(lines.find("missing: ERROR_LIST_CHANGED: pc1:9440: vm: gap? (2 times)\n") !=
          std::string::npos);
    CHECK(cli::ledger_lines("nonsense").empty());
}
