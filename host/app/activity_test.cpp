#include "host/app/activity.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "host/app/status_pages.hpp"
#include "host/cloudforet/roles/role.hpp"
#include "host/runtime/modules.hpp"
#include "host/runtime/report.hpp"

using namespace pf::host;
using app::Activity;
using Catch::Matchers::Contains;
using nlohmann::json;

namespace {

constexpr const char* collect = "spaceone.api.inventory.plugin.Collector/collect";

runtime::RunReport report_of(bool is_complete) {
    runtime::RunReport report;
    runtime::ListReport list;
    list.target = "pc1:9440";
    list.kind = "vm";
    list.emitted = 10;
    list.filtered = 2;
    list.is_complete = is_complete;
    report.lists.push_back(list);
    report.rows = 14;
    report.prism_calls = 3;
    report.prism_wait_ms = 1500;
    if (!is_complete) {
        report.missing.push_back({"ERROR_LIST_CHANGED", "pc1:9440", "vm", "a list changed", 1, {}});
    }
    return report;
}

void note(Activity& activity, const runtime::RunReport& report) {
    cloudforet::CallRecord call;
    call.method = collect;
    call.elapsed = std::chrono::milliseconds(250);
    call.report = &report;
    activity.note(call);
}

struct Site {
    Activity activity;
    runtime::Modules modules;
    std::atomic<bool> is_draining = false;
    std::map<std::string, observe::StatusPage> pages =
        app::status_pages({activity, modules, "inventory", "127.0.0.1:1",
                           [] { return std::size_t{2}; }, is_draining});

    observe::StatusAnswer ask(const char* path) { return pages.at(path)(); }
};

}  // namespace

TEST_CASE("collections are counted by what came of them") {
    Site site;
    note(site.activity, report_of(true));
    note(site.activity, report_of(false));
    const std::string text = site.ask("/metrics").body;
    for (const char* line :
         {"prismforet_collects_total{outcome=\"complete\"} 1",
          "prismforet_collects_total{outcome=\"partial\"} 1",
          "prismforet_entities_total{kind=\"vm\",outcome=\"emitted\"} 20",
          "prismforet_entities_total{kind=\"vm\",outcome=\"filtered\"} 4",
          "prismforet_missing_total{code=\"ERROR_LIST_CHANGED\",kind=\"vm\"} 1",
          "prismforet_rows_total 28", "prismforet_prism_requests_total 6",
          "prismforet_prism_wait_seconds_total 3", "prismforet_calls_in_progress 2",
          "prismforet_ready 1", "prismforet_last_complete_collect_timestamp_seconds{kind=\"vm\""}) {
        CHECK_THAT(text, Contains(line));
    }
    CHECK_THAT(text, Contains("prismforet_calls_total{method=\"" + std::string(collect) +
                              "\",status=\"OK\"} 2"));
}

TEST_CASE("a collection that was cut is neither complete nor partial") {
    Site site;
    runtime::RunReport report = report_of(true);
    report.end = Status(Code::aborted, "ERROR_COLLECT_INTERRUPTED", "drained");
    note(site.activity, report);
    const std::string text = site.ask("/metrics").body;
    CHECK_THAT(text, Contains("prismforet_collects_total{outcome=\"failed\"} 1"));
    CHECK(text.find("last_complete_collect_timestamp_seconds{") == std::string::npos);
    CHECK(json::parse(site.ask("/api/v1/status").body)["collects"][0]["end"] ==
          "ERROR_COLLECT_INTERRUPTED");
}

TEST_CASE("the status tells the last collections, newest first, and only so many") {
    Site site;
    for (std::size_t i = 0; i < Activity::most_remembered + 5; ++i) {
        note(site.activity, report_of(true));
    }
    note(site.activity, report_of(false));
    const json status = json::parse(site.ask("/api/v1/status").body);
    CHECK(status["schema"] == "prismforet/status/1");
    CHECK(status["calls_in_progress"] == 2);
    REQUIRE(status["collects"].size() == Activity::most_remembered);
    CHECK(status["collects"][0]["complete"] == false);
    CHECK_THAT(status["collects"][0]["report"]["reasons"].dump(), Contains("ERROR_LIST_CHANGED"));
    CHECK(status["collects"][1]["report"]["rows"] == 14);
}

TEST_CASE("ready while it serves and nothing is refused; alive all the time") {
    Site site;
    CHECK(site.ask("/readyz").status == 200);
    site.modules.add_refused("vm", "/modules/vm.so",
                             Status(Code::failed_precondition, "ERROR_MODULE_FILE", "no ELF"), {});
    observe::StatusAnswer answer = site.ask("/readyz");
    CHECK(answer.status == 503);
    CHECK_THAT(answer.body, Contains("module vm") && Contains("ERROR_MODULE_FILE"));
    CHECK_THAT(site.ask("/metrics").body, Contains("prismforet_ready 0") &&
                                              Contains("prismforet_modules{state=\"refused\"} 1"));
    site.is_draining = true;
    CHECK_THAT(site.ask("/readyz").body, Contains("draining"));
    CHECK(site.ask("/healthz").status == 200);
}
