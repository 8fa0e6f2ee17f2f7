#include "host/cost/sync_plan.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

using namespace pf::host;
using namespace pf::host::cost;
using namespace std::chrono_literals;
using std::chrono::February;
using std::chrono::January;
using std::chrono::March;

namespace {

TargetFacts answering(const std::string& name) {
    return {name + ":9440", name, "uuid-" + name, "uuid-" + name, std::nullopt, Status()};
}

TargetFacts silent(const std::string& name) {
    TargetFacts facts;
    facts.target = name + ":9440";
    facts.name = name;
    facts.refusal = Status(Code::unavailable, "ERROR_PRISM_CONNECT", "no connection to " + name);
    return facts;
}

SyncFacts facts_of(Date today, std::vector<TargetFacts> targets) {
    SyncFacts facts;
    facts.today = today;
    facts.targets = std::move(targets);
    return facts;
}

std::string tasks_in_words(const CostPlan& plan) {
    std::string text;
    for (const CostTask& task : plan.tasks) {
        text += text.empty() ? "" : " ";
        text += task.unplanned.empty() ? task.account + "/" + task.month + ".." + task.last_day
                                       : task.target + "/failing";
    }
    return text;
}

std::string windows_in_words(const CostPlan& plan) {
    std::string text;
    for (const ChangedWindow& window : plan.changed) {
        text += text.empty() ? "" : " ";
        text += window.account + "/" + window.start + ".." + window.end;
    }
    return text;
}

}  // namespace

TEST_CASE("a first sync without data is the current month up to yesterday") {
    const CostPlan plan = plan_sync(facts_of(2026y / March / 17, {answering("pc1")}));
    CHECK(tasks_in_words(plan) == "uuid-pc1/2026-03..2026-03-16");
    CHECK(windows_in_words(plan) == "uuid-pc1/2026-03..2026-03");
    REQUIRE(plan.synced_accounts.size() == 1);
    CHECK(plan.synced_accounts[0].id == "uuid-pc1");
    CHECK(plan.synced_accounts[0].name == "pc1");
}

TEST_CASE("a first sync begins with the first month of which there is data") {
    SyncFacts facts = facts_of(2026y / March / 2, {answering("pc1"), answering("pc2")});
    facts.targets[0].first_data = 2026y / January;
    const CostPlan plan = plan_sync(facts);
    CHECK(tasks_in_words(plan) ==
          "uuid-pc1/2026-01..2026-01-31 uuid-pc1/2026-02..2026-02-28 "
          "uuid-pc1/2026-03..2026-03-01 uuid-pc2/2026-03..2026-03-01");
    CHECK(windows_in_words(plan) == "uuid-pc1/2026-01..2026-03 uuid-pc2/2026-03..2026-03");
}

TEST_CASE("assumed months are added on wish, at most 36, and data may reach further back") {
    SyncFacts facts = facts_of(2026y / March / 17, {answering("pc1")});
    facts.backfill_months = 2;
    CHECK(windows_in_words(plan_sync(facts)) == "uuid-pc1/2026-01..2026-03");
    facts.targets[0].first_data = 2025y / std::chrono::November;
    CHECK(windows_in_words(plan_sync(facts)) == "uuid-pc1/2025-11..2026-03");
    facts.backfill_months = 99;
    CHECK(plan_sync(facts).tasks.size() == 37);
    facts.targets[0].first_data = 2019y / March;
    CHECK(windows_in_words(plan_sync(facts)) == "uuid-pc1/2023-03..2026-03");
}

TEST_CASE("a month without a closed day is neither sent nor replaced") {
    SyncFacts facts = facts_of(2026y / March / 1, {answering("pc1")});
    CHECK(plan_sync(facts).tasks.empty());
    CHECK(plan_sync(facts).changed.empty());
    CHECK(plan_sync(facts).synced_accounts.size() == 1);
    facts.targets[0].first_data = 2026y / January;
    CHECK(windows_in_words(plan_sync(facts)) == "uuid-pc1/2026-01..2026-02");
    facts.targets[0].first_data.reset();
    facts.last_synchronized = 2026y / February / 28;
    CHECK(tasks_in_words(plan_sync(facts)) == "uuid-pc1/2026-02..2026-02-28");
    facts.today = 2026y / January / 1;
    facts.last_synchronized = 2025y / std::chrono::December / 31;
    CHECK(tasks_in_words(plan_sync(facts)) == "uuid-pc1/2025-12..2025-12-31");
}

TEST_CASE("a later sync begins in the month of the last one less a margin") {
    SyncFacts facts = facts_of(2026y / March / 17, {answering("pc1")});
    facts.targets[0].first_data = 2025y / January;  // was sent before
    facts.backfill_months = 12;
    facts.last_synchronized = 2026y / March / 16;
    CHECK(windows_in_words(plan_sync(facts)) == "uuid-pc1/2026-03..2026-03");
    facts.last_synchronized = 2026y / March / 5;
    CHECK(windows_in_words(plan_sync(facts)) == "uuid-pc1/2026-02..2026-03");
    facts.last_synchronized = 2025y / std::chrono::December / 20;
    CHECK(plan_sync(facts).tasks.size() == 4);
}

TEST_CASE("every closed day is sent by some sync, however late the next one comes") {
    for (int gap = 1; gap < 70; ++gap) {
        INFO("a sync every " << gap << " days");
        std::chrono::sys_days now = 2025y / January / 15;
        SyncFacts facts = facts_of(now, {answering("pc1")});
        std::string sent_until = plan_sync(facts).tasks.back().last_day;
        for (int i = 0; i < 30; ++i) {
            facts.last_synchronized = Date(now);
            now += std::chrono::days(gap);
            facts.today = now;
            const CostPlan plan = plan_sync(facts);
            REQUIRE_FALSE(plan.tasks.empty());
            CHECK(plan.tasks.front().first_day() <= sent_until);
            for (std::size_t k = 1; k < plan.tasks.size(); ++k) {
                CHECK(plan.tasks[k - 1].month < plan.tasks[k].month);
            }
            CHECK(plan.changed.at(0).start == plan.tasks.front().month);
            CHECK(plan.changed.at(0).end == plan.tasks.back().month);
            sent_until = plan.tasks.back().last_day;
            CHECK(parse_sync_time(sent_until) == Date(now - std::chrono::days(1)));
        }
    }
}

TEST_CASE("a clock that was ahead does not make a sync of nothing") {
    SyncFacts facts = facts_of(2026y / March / 17, {answering("pc1")});
    facts.last_synchronized = 2027y / March / 17;
    CHECK(windows_in_words(plan_sync(facts)) == "uuid-pc1/2026-03..2026-03");
}

TEST_CASE("the user's wish for a month goes further back and never cuts off what is due") {
    SyncFacts facts = facts_of(2026y / March / 17, {answering("pc1")});
    facts.start = 2026y / January;
    CHECK(windows_in_words(plan_sync(facts)) == "uuid-pc1/2026-01..2026-03");
    facts.last_synchronized = 2026y / March / 16;
    CHECK(windows_in_words(plan_sync(facts)) == "uuid-pc1/2026-01..2026-03");
    facts.start = 2026y / March;
    facts.last_synchronized = 2026y / February / 10;  // the end of February is due
    CHECK(windows_in_words(plan_sync(facts)) == "uuid-pc1/2026-02..2026-03");
    facts.start = 1999y / January;
    CHECK(plan_sync(facts).tasks.size() == 37);
    facts.last_synchronized.reset();
    facts.start = 2026y / std::chrono::April;
    CHECK(plan_sync(facts).tasks.empty());
    CHECK(plan_sync(facts).changed.empty());
}

TEST_CASE("a target that does not answer fails the job, and no window is over its rows") {
    SyncFacts facts = facts_of(2026y / March / 17, {answering("pc1"), silent("pc2")});
    for (const bool is_first : {true, false}) {
        if (!is_first) {
            facts.last_synchronized = 2026y / March / 16;
        }
        const CostPlan plan = plan_sync(facts);
        CHECK(tasks_in_words(plan) == "uuid-pc1/2026-03..2026-03-16 pc2:9440/failing");
        CHECK(windows_in_words(plan) == "uuid-pc1/2026-03..2026-03");
        CHECK(plan.synced_accounts.size() == 1);
        const CostTask& failing = plan.tasks[1];
        CHECK(failing.unplanned == "ERROR_PRISM_CONNECT: no connection to pc2");
        CHECK(may_send(failing, "uuid-pc2").reason() == "ERROR_COST_UNPLANNED");
        CHECK(may_send(failing, "").reason() == "ERROR_COST_UNPLANNED");
    }
}

TEST_CASE("a silent target whose account is known is planned where its data does not matter") {
    SyncFacts facts = facts_of(2026y / March / 17, {silent("pc2")});
    facts.targets[0].account = "site-2";
    CHECK(tasks_in_words(plan_sync(facts)) == "pc2:9440/failing");  // how far back is not known
    facts.start = 2026y / March;
    CHECK(tasks_in_words(plan_sync(facts)) == "site-2/2026-03..2026-03-16");
    facts.start.reset();
    facts.last_synchronized = 2026y / March / 16;
    CHECK(tasks_in_words(plan_sync(facts)) == "site-2/2026-03..2026-03-16");
    CHECK(windows_in_words(plan_sync(facts)) == "site-2/2026-03..2026-03");
}

TEST_CASE("one Prism Central under two names is charged once") {
    SyncFacts facts = facts_of(2026y / March / 17, {answering("pc1"), answering("pc1")});
    facts.targets[1].target = "10.0.0.7:9440";
    CHECK(tasks_in_words(plan_sync(facts)) == "uuid-pc1/2026-03..2026-03-16");
    // Two of them with one account are two, and their older rows go together.
    facts.targets[1].uuid = "another";
    facts.targets[1].first_data = 2026y / January;
    const CostPlan plan = plan_sync(facts);
    CHECK(plan.tasks.size() == 4);
    CHECK(windows_in_words(plan) == "uuid-pc1/2026-01..2026-03");
    CHECK(plan.synced_accounts.size() == 1);
}

TEST_CASE("a task comes back as it went out") {
    CostTask task;
    task.target = "pc1:9440";
    task.account = "uuid-1";
    task.month = "2026-02";
    task.last_day = "2026-02-27";
    const auto back = parse_cost_task(to_json(task));
    REQUIRE(back.ok());
    CHECK(back->target == task.target);
    CHECK(back->account == task.account);
    CHECK(back->month == task.month);
    CHECK(back->last_day == task.last_day);
    CHECK(back->first_day() == "2026-02-01");
    CHECK(may_send(*back, "uuid-1").ok());
    CHECK(may_send(*back, "uuid-2").reason() == "ERROR_COST_ACCOUNT");

    CostTask failing;
    failing.target = "pc1:9440";
    failing.unplanned = "ERROR_X: no \xff answer";
    const auto failing_back = parse_cost_task(to_json(failing));
    REQUIRE(failing_back.ok());
    CHECK(was_planned(*failing_back).reason() == "ERROR_COST_UNPLANNED");
}

TEST_CASE("task options that get_tasks did not write are refused") {
    const nlohmann::json good = {
        {"target", "pc1:9440"}, {"account", "a"}, {"month", "2026-02"}, {"last_day", "2026-02-28"}};
    REQUIRE(parse_cost_task(good.dump()).ok());
    for (const char* key : {"target", "account", "month", "last_day"}) {
        for (const nlohmann::json& wrong :
             {nlohmann::json(""), nlohmann::json(7), nlohmann::json(nullptr)}) {
            nlohmann::json bad = good;
            bad[key] = wrong;
            INFO(bad.dump());
            CHECK(parse_cost_task(bad.dump()).status().reason() == "ERROR_COST_TASK");
        }
    }
    for (const char* day :
         {"2026-02-29", "2026-03-01", "2026-02-2", "2026-02-28T00", "2026-02-00"}) {
        nlohmann::json bad = good;
        bad["last_day"] = day;
        CHECK(parse_cost_task(bad.dump()).status().reason() == "ERROR_COST_TASK");
    }
    for (const char* text : {"", "[]", "{}", "{", "null"}) {
        CHECK(parse_cost_task(text).status().reason() == "ERROR_COST_TASK");
    }
}

TEST_CASE("months and times as CloudForet writes them") {
    CHECK(parse_month("2026-02") == 2026y / February);
    for (const char* text : {"", "2026", "2026-13", "2026-00", "2026-2", "2026/02", "2026-02-01",
                             "0000-01", "20a6-02", " 2026-02", "-026-02"}) {
        INFO(text);
        CHECK_FALSE(parse_month(text).has_value());
    }
    for (const char* text : {"2026-02-28T16:00:00Z", "2026-02-28T16:00:00.123456Z", "2026-02-28",
                             "2026-02-28T16:00:00+00:00", "2026-02-28 16:00:00"}) {
        INFO(text);
        CHECK(parse_sync_time(text) == 2026y / February / 28);
    }
    for (const char* text : {"", "2026-02", "2026-02-30T00:00:00Z", "2026-02-28x", "28.02.2026",
                             "2026-2-28T00:00:00Z"}) {
        INFO(text);
        CHECK_FALSE(parse_sync_time(text).has_value());
    }
}
