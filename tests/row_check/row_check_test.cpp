#include "tests/row_check/row_check.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <random>
#include <set>

#include "tests/row_check/clean_run.hpp"
#include "tests/row_check/resource_info_encoder.hpp"

namespace pf::test {
namespace {

using nlohmann::json;

RowCheck check_of(const CleanRun& run, RowCheckOptions options = {}) {
    options.forbidden_texts = {"planted-secret"};
    RowCheck check(std::move(options));
    for (const std::string& row : run.bytes()) check.add(row);
    return check;
}

std::vector<Plant> all_plants() {
    std::vector<Plant> plants;
    for (const auto& part : {envelope_plants(), payload_plants(), document_plants(),
                             catalogue_plants(), console_plants()}) {
        plants.insert(plants.end(), part.begin(), part.end());
    }
    return plants;
}

bool is_note(const std::string& id) {
    for (const Rule& rule : all_rules()) {
        if (rule.id == id) return rule.is_note;
    }
    return false;
}

std::set<std::string> rules_in(const std::vector<Violation>& found) {
    std::set<std::string> rules;
    for (const Violation& each : found) rules.insert(each.rule);
    return rules;
}

TEST_CASE("a clean run breaks no rule and is counted") {
    const RowCheck check = check_of(make_clean_run());
    CHECK(describe(check.finish()).empty());
    CHECK(describe(check.notes()).empty());
    CHECK(check.rows() == 7);
    CHECK(check.bytes() > 1000);
    CHECK(check.rows_by_type().at("inventory.CloudService") == 2);
    CHECK(check.rows_by_type().at("inventory.Region") == 1);
    CHECK(check.rows_by_state().at("SUCCESS") == 6);
    CHECK(check.rows_by_state().at("FAILURE") == 1);
    CHECK(check.unique_services() == 2);
    CHECK(check.service_ids() == std::vector<std::string>{"vm-1", "vm-2"});
    CHECK(check.service_ids("AHV", "VirtualMachine").size() == 2);
    CHECK(check.service_ids("AHV", "Image").empty());
    CHECK(check.failure_messages() == std::vector<std::string>{"disks could not be listed"});
}

TEST_CASE("each planted violation gives its rule and no other") {
    for (const Plant& plant : all_plants()) {
        CAPTURE(plant.rule, plant.title);
        CleanRun run = make_clean_run();
        plant.change(run);
        const RowCheck check = check_of(run);
        const std::vector<Violation> violations = check.finish();
        INFO(describe(violations));
        if (is_note(plant.rule)) {
            INFO(describe(check.notes()));
            CHECK(violations.empty());
            CHECK(rules_in(check.notes()) == std::set<std::string>{plant.rule});
        } else {
            CHECK(rules_in(violations) == std::set<std::string>{plant.rule});
        }
    }
}

TEST_CASE("every rule has an id of its own, a section, a meaning and a planted violation") {
    std::set<std::string> planted;
    for (const Plant& plant : all_plants()) planted.insert(plant.rule);
    std::set<std::string> known;
    for (const Rule& rule : all_rules()) {
        CAPTURE(rule.id);
        CHECK(known.insert(std::string(rule.id)).second);
        CHECK_FALSE(rule.section.empty());
        CHECK_FALSE(rule.meaning.empty());
    }
    CHECK(planted == known);
}

TEST_CASE("the limits themselves are allowed") {
    CleanRun run = make_clean_run();
    json deep = json::object();
    for (int i = 1; i < 32; ++i) deep = json{{"n", deep}};
    run.data()["n"] = deep["n"];
    run.set_text_data(deep);
    run.payload()["account"] = std::string(254, 'a') + "\xc3\xa9";
    run.data()["largest"] = 9007199254740992.0;
    run.data()["smallest"] = -9007199254740992.0;
    run.payload()["ip_addresses"] = json::array();
    run.payload()["tags"]["any.dotted"] = "x";
    CHECK(describe(check_of(run).finish()).empty());
}

TEST_CASE("rows of one task are not asked for the rows of other tasks") {
    CleanRun run = make_clean_run();
    RowCheckOptions options;
    options.whole_run = false;
    RowCheck check(options);
    check.add(encode_resource_info(run.vm));
    check.add(encode_resource_info(run.metric));
    CHECK(describe(check.finish()).empty());
}

TEST_CASE("provider and pointer follow the options") {
    CleanRun run = make_clean_run();
    run.payload().erase("metadata");
    RowCheckOptions options;
    options.require_pointer = false;
    CHECK(describe(check_of(run, options).finish()).empty());
    options.provider = "other";
    CHECK(rules_in(check_of(run, options).finish()).count("payload.provider") == 1);
}

TEST_CASE("repeated violations are kept up to a number and counted all") {
    CleanRun run = make_clean_run();
    run.vm["state"] = 0;
    RowCheckOptions options;
    options.kept_per_rule = 3;
    RowCheck check(options);
    for (int i = 0; i < 10; ++i) {
        run.payload()["reference"]["resource_id"] = "vm-" + std::to_string(i);
        check.add(encode_resource_info(run.vm));
    }
    std::size_t kept = 0;
    for (const Violation& each : check.finish()) kept += each.rule == "row.state" ? 1 : 0;
    CHECK(kept == 3);
    CHECK(check.count_of("row.state") == 10);
    CHECK(check.count_of("row.size") == 0);
}

TEST_CASE("a violation names the row, the place and the finding") {
    CleanRun run = make_clean_run();
    run.data()["disks"][0]["a.b"] = 1;
    const std::vector<Violation> found = check_of(run).finish();
    REQUIRE(found.size() == 1);
    CHECK(found[0].where == "row 1 inventory.CloudService AHV VirtualMachine web-1: data.disks[0]");
    CHECK(found[0].what == "key 'a.b' holds a dot");
}

TEST_CASE("a row can be read as JSON") {
    CleanRun run = make_clean_run();
    const json row = json::parse(row_as_json(encode_resource_info(run.failure)));
    CHECK(row["state"] == "FAILURE");
    CHECK(row["resource"] == run.failure["resource"]);
    const json text_row = json::parse(row_as_json(encode_resource_info(run.text_vm)));
    CHECK(text_row["resource"] == run.text_vm["resource"]);
    CHECK(json::parse(row_as_json("\xff")).contains("error"));
}

TEST_CASE("no damage to the bytes makes the check itself fail") {
    const std::vector<std::string> rows = make_clean_run().bytes();
    std::mt19937 random(7);
    RowCheck check;
    for (int round = 0; round < 3000; ++round) {
        std::string row = rows[random() % rows.size()];
        for (int i = 0; i < 3; ++i) row[random() % row.size()] = static_cast<char>(random());
        check.add(row);
    }
    CHECK(check.rows() == 3000);
    CHECK_FALSE(check.finish().empty());
    CHECK_NOTHROW(check.notes());
}

TEST_CASE("no change of a value's type makes the check itself fail") {
    const std::vector<json> values{
        nullptr, true, 7, "", "x", json::array(), json::array({1}), json::object(), json{{"a", 1}}};
    CleanRun run = make_clean_run();
    RowCheck check;
    for (const json* row : {&run.vm, &run.type, &run.region, &run.name_space, &run.metric}) {
        const json flat = (*row)["resource"].flatten();
        std::set<std::string> places;
        for (const auto& [place, value] : flat.items()) {
            std::string prefix = place;
            while (!prefix.empty()) {
                places.insert(prefix);
                prefix.resize(prefix.rfind('/'));
            }
        }
        for (const std::string& place : places) {
            for (const json& value : values) {
                json changed = *row;
                changed["resource"][json::json_pointer(place)] = value;
                REQUIRE_NOTHROW(check.add(encode_resource_info(changed)));
            }
        }
    }
    CHECK_FALSE(check.finish().empty());
    CHECK_NOTHROW(check.notes());
}

}  // namespace
}  // namespace pf::test
