// Every module that loads well and behaves badly: its own readable outcome, while the vm module in
// the same process collects completely.
#include <catch2/catch.hpp>
#include <set>
#include <string>
#include <vector>

#include "tests/abi/log_watch.hpp"
#include "tests/abi/stage.hpp"

using namespace pf::test;
namespace rt = pf::host::runtime;

namespace {

constexpr std::uint32_t vms = 250;

struct Expected {
    std::string code;
    std::string words;  // in its text
    std::uint64_t count = 1;
};

struct Row {
    std::string module;
    std::uint64_t emitted;
    std::vector<Expected> missing;  // these and no others
};

const std::vector<Row>& table() {
    static const std::vector<Row> rows = {
        {"throws_error",
         3,
         {{"ERROR_MODULE_LOST", "module throws_error neither emitted nor skipped", 97},
          {"ERROR_MODULE_FAILED",
           "module throws_error failed with INTERNAL: the handler let an exception out: the third "
           "VM "
           "\xEF\xBF\xBD was too much"}}},
        {"throws_number",
         0,
         {{"ERROR_MODULE_FAILED", "failed with INTERNAL: the handler let an exception out"}}},
        {"status_garbage",
         vms,
         {{"ERROR_MODULE_FAILED", "module status_garbage failed with 4711, which is no status"}}},
        {"status_not_found",
         0,
         {{"ERROR_MODULE_LIST_LEFT", "ended without reading vms, of which status_not_found"},
          {"ERROR_MODULE_FAILED", "failed with NOT_FOUND and gave no reason"}}},
        {"unsettled", 0, {{"ERROR_MODULE_LOST", "module unsettled neither emitted", vms}}},
        {"list_left",
         5,
         {{"ERROR_MODULE_LIST_LEFT", "module list_left stopped reading vms before its end"}}},
        {"reads_nothing",
         0,
         {{"ERROR_MODULE_LIST_LEFT", "module reads_nothing ended without reading vms"}}},
        {"unbalanced",
         0,
         {{"ERROR_MODULE_RECORD", "module unbalanced: the record ends with", vms}}},
        {"odd_text", vms - 1, {{"ERROR_MODULE_RECORD", "the id must be 1 to 1024 bytes of UTF-8"}}},
        {"odd_keys", 50, {{"ERROR_MODULE_RECORD", "key \"a.b\": keys must be 1 to 1024", 200}}},
        {"huge_text",
         31,
         {{"ERROR_MODULE_RECORD", "the id must be 1 to 1024 bytes of UTF-8", 188},
          {std::string(64, 'x'), "xxxx", 31}}},
        {"deep", 0, {{"ERROR_MODULE_RECORD", "nested deeper than 32 levels", vms}}},
        {"odd_numbers", 124, {{"ERROR_MODULE_RECORD", "a number that is not finite", 126}}},
        {"wrong_index",
         vms - 1,
         {{"ERROR_MODULE_REQUEST", "asked for a page of a list it has not opened", 5},
          {"ERROR_MODULE_RECORD", "began a record of output 17, but its descriptor has 1"},
          {"ERROR_MODULE_THREAD", "used its call from another thread or with another's", 0},
          {"ERROR_MODULE_LOST", "module wrong_index neither emitted nor skipped"}}},
        {"many_lists",
         0,
         {{"ERROR_MODULE_REQUEST", "module many_lists reads more than 16 lists at once", 184},
          {"ERROR_MODULE_LIST_LEFT", "stopped reading clusters before its end", 17}}},
        {"null_text", 63, {{"ERROR_MODULE_RECORD", "the id must be 1 to 1024 bytes", 187}}},
        {"stale_values",
         0,
         {{"ERROR_MODULE_RECORD", "the entity is no item of a page this call still holds", 25},
          {"bad.late", "too late", 26},
          {"ERROR_MODULE_STALE_VALUE", "read values of a page it had given back", 0}}},
        {"other_thread",
         vms - 3,
         {{"ERROR_MODULE_THREAD", "module other_thread used its call from another thread", 0},
          {"ERROR_MODULE_LOST", "module other_thread neither emitted", 3}}},
        {"no_call",
         vms - 3,
         {{"ERROR_MODULE_THREAD", "module no_call used its call from another thread or with", 0},
          {"ERROR_MODULE_LOST", "module no_call neither emitted", 3}}},
        {"leaks_thread", vms, {}},
    };
    return rows;
}

void install_all(const Stage& stage) {
    install_module("vm", shipped(), stage.modules());
    for (const Row& row : table()) {
        install_module(row.module, running_badly(), stage.modules());
    }
    for (const char* more : {"many_codes", "never_returns", "endless_rows"}) {
        install_module(more, running_badly(), stage.modules());
    }
}

void check_vms_are_whole(const Collected& run) {
    const rt::ListReport list = run.list("vm");
    CHECK(list.is_complete);
    CHECK(list.emitted == vms);
    for (const rt::Reason& reason : run.report.missing) {
        CHECK(reason.kind != "vm");
    }
}

void check_row(const Row& row, const Collected& run) {
    CHECK(run.end.text() == "OK");
    CHECK(run.report.is_complete() == row.missing.empty());
    CHECK(run.list(row.module).emitted == row.emitted);
    CHECK(run.report.missing.size() == row.missing.size());
    for (const Expected& expected : row.missing) {
        INFO(expected.code);
        const rt::Reason* const reason = run.missing(row.module, expected.code);
        REQUIRE(reason != nullptr);
        CHECK_THAT(reason->text, Catch::Contains(expected.words));
        CHECK((expected.count == 0 ? reason->count > 0 : reason->count == expected.count));
    }
    CHECK(run.report.failure_rows == row.missing.size());
    // Whatever the module wrote, what goes out is what CloudForet can keep.
    CHECK(describe(run.rows.finish()) == "");
    check_vms_are_whole(run);
}

}  // namespace

TEST_CASE("each module that runs badly has its outcome, and the vm module is whole beside it") {
    LogWatch log;
    Stage stage(vms);
    install_all(stage);
    for (const Row& row : table()) {
        const Collected run = stage.collect({row.module, "vm"});
        INFO(row.module << "\n" << run.report.to_json());
        check_row(row, run);
    }
    // Whoever leaked a thread is named when it writes, and can be called again.
    log.wait_for({"event=module.late_call", "module=leaks_thread", "ERROR_MODULE_THREAD"});
    const Collected again = stage.collect({"leaks_thread", "vm"});
    CHECK(again.report.is_complete());
    CHECK(again.list("leaks_thread").emitted == vms);
    stage.release();
    log.wait_for({"module=leaks_thread", "the leaked thread ends"});
    // A thread that goes on for ever fills no log: one line for each call it came from.
    CHECK(log.seen({"event=module.late_call"}) <= 2);
}

TEST_CASE("all of them at once") {
    LogWatch log;
    Stage stage(vms);
    install_all(stage);
    std::vector<std::string> kinds = {"vm"};
    std::set<std::pair<std::string, std::string>> expected;
    for (const Row& row : table()) {
        kinds.push_back(row.module);
        for (const Expected& reason : row.missing) {
            expected.emplace(row.module, reason.code);
        }
    }
    const Collected run = stage.collect(kinds);
    INFO(run.report.to_json());
    std::set<std::pair<std::string, std::string>> told;
    for (const rt::Reason& reason : run.report.missing) {
        told.emplace(reason.kind, reason.code);
    }
    CHECK(told == expected);
    CHECK(describe(run.rows.finish()) == "");
    check_vms_are_whole(run);
    stage.release();
    log.wait_for({"module=leaks_thread", "the leaked thread ends"});
}

TEST_CASE("whole numbers beyond 2^53 go out as texts") {
    Stage stage(8);
    install_module("odd_numbers", running_badly(), stage.modules());
    const Collected run = stage.collect({"odd_numbers"});
    std::string all;
    for (const std::string& row : run.row_bytes) {
        all += row_as_json(row);
    }
    CHECK_THAT(all, Catch::Contains(R"(\"value\":\"9007199254740993\")"));
    CHECK_THAT(all, Catch::Contains(R"(\"value\":\"-9223372036854775808\")"));
}

TEST_CASE("a million notes with a million codes are few lines") {
    Stage stage(vms);
    install_all(stage);
    const Collected run = stage.collect({"many_codes", "vm"});
    check_vms_are_whole(run);
    std::uint64_t notes = 0;
    std::size_t lines = 0;
    for (const rt::Reason& note : run.report.notes) {
        if (note.kind == "many_codes") {
            notes += note.count;
            ++lines;
        }
    }
    CHECK(notes == 1'000'000);
    CHECK(lines == 65);
    CHECK(run.list("many_codes").skipped == vms);
    CHECK(run.report.missing.size() == 65);
    const rt::Reason* const further = run.missing("many_codes", "module.further_codes");
    REQUIRE(further != nullptr);
    CHECK(further->count == vms - 64);
    CHECK(run.report.failure_rows == 65);
}
