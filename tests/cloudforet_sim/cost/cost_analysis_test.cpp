#include "tests/cloudforet_sim/cost/cost_analysis.hpp"

#include <catch2/catch.hpp>

using namespace pf::cloudforet_sim::cost;
using nlohmann::json;

namespace {

// A clock and the analysis that believes it.
struct Scene {
    explicit Scene(SecretType type = SecretType::service_accounts)
        : costs(type, [this] { return now; }) {}
    Time now{std::chrono::sys_days(std::chrono::year(2026) / 3 / 10) + std::chrono::hours(16)};
    CostAnalysis costs;
};

json row(const std::string& date, const std::string& account, double cost = 1,
         const std::string& resource = "vm-1") {
    return {{"billed_date", date},
            {"cost", cost},
            {"resource", resource},
            {"additional_info", {{"account", account}}}};
}

json page(std::vector<json> rows) { return {{"results", std::move(rows)}}; }

json window(const std::string& start, const std::string& end, const std::string& account) {
    json changed = {{"start", start}};
    if (!end.empty()) changed["end"] = end;
    if (!account.empty()) changed["filter"] = {{"additional_info.account", account}};
    return changed;
}

json plan(std::size_t tasks, std::vector<json> changed) {
    json answer = {{"changed", std::move(changed)}};
    for (std::size_t i = 0; i < tasks; ++i) {
        answer["tasks"].push_back({{"task_options", {{"number", i}}}});
    }
    return answer;
}

// A job of one task with these rows, to its end.
std::size_t sync(CostAnalysis& costs, const json& answer, std::vector<json> rows) {
    const auto job = costs.begin({{"s1", answer, ""}});
    REQUIRE(job.has_value());
    CHECK(costs.take(*job, 0, page(std::move(rows))));
    costs.end_task(*job, 0);
    return *job;
}

std::string months(const CostAnalysis& costs) {
    std::string text;
    for (const auto& [key, sum] : sums(costs.rows(), [](const CostRow& each) {
             return each.text_at("additional_info.account") + "/" + each.billed_month();
         })) {
        text += (text.empty() ? "" : " ") + key + "=" + std::to_string(static_cast<int>(sum));
    }
    return text;
}

}  // namespace

TEST_CASE("a job replaces the rows of earlier jobs in its windows, and no others") {
    Scene scene;
    sync(scene.costs, plan(1, {}),
         {row("2026-01-31", "a"), row("2026-02-01", "a"), row("2026-02-28", "b"),
          row("2026-03-09", "a"), row("2026-03-09", "b")});
    CHECK(months(scene.costs) == "a/2026-01=1 a/2026-02=1 a/2026-03=1 b/2026-02=1 b/2026-03=1");
    SECTION("with a filter and both ends") {
        sync(scene.costs, plan(1, {window("2026-02", "2026-02", "a")}),
             {row("2026-02-01", "a", 5)});
        CHECK(months(scene.costs) == "a/2026-01=1 a/2026-02=5 a/2026-03=1 b/2026-02=1 b/2026-03=1");
    }
    SECTION("without an end") {
        sync(scene.costs, plan(1, {window("2026-02", "", "a")}), {row("2026-02-01", "a", 5)});
        CHECK(months(scene.costs) == "a/2026-01=1 a/2026-02=5 b/2026-02=1 b/2026-03=1");
    }
    SECTION("without a filter: what is not re-sent is lost") {
        sync(scene.costs, plan(1, {window("2026-02", "", "")}), {row("2026-02-01", "a", 5)});
        CHECK(months(scene.costs) == "a/2026-01=1 a/2026-02=5");
    }
    SECTION("without a window: rows count twice") {
        sync(scene.costs, plan(1, {}), {row("2026-02-01", "a")});
        CHECK(months(scene.costs).find("a/2026-02=2") != std::string::npos);
        CHECK(doubled(scene.costs.rows()).starts_with("2 times 2026-02-01"));
    }
    SECTION("a filter that no row has") {
        sync(scene.costs, plan(1, {window("2026-01", "", "c")}), {row("2026-02-01", "c")});
        CHECK(scene.costs.rows().size() == 6);
    }
}

TEST_CASE("one task that fails rolls the whole job back and replaces nothing") {
    Scene scene;
    sync(scene.costs, plan(1, {}), {row("2026-03-09", "a"), row("2026-03-09", "b")});
    CHECK(scene.costs.last_synchronized_at() == "2026-03-10T16:00:00Z");
    scene.now += std::chrono::hours(24);
    const auto job = scene.costs.begin(
        {{"s1", plan(2, {window("2026-03", "2026-03", "a"), window("2026-03", "2026-03", "b")}),
          ""}});
    REQUIRE(job.has_value());
    const bool fails_first = GENERATE(true, false);
    const std::size_t failing = fails_first ? 0 : 1;
    CHECK(scene.costs.take(*job, 0, page({row("2026-03-09", "a", 7)})));
    CHECK(scene.costs.take(*job, 1, page({row("2026-03-09", "b", 7)})));
    for (std::size_t task : {std::size_t{0}, std::size_t{1}}) {
        scene.costs.end_task(*job, task, task == failing ? "ERROR_X: down" : "");
    }
    CHECK(scene.costs.job(*job).state == JobState::failure);
    CHECK(scene.costs.job(*job).tasks[failing].error == "ERROR_X: down");
    CHECK(months(scene.costs) == "a/2026-03=1 b/2026-03=1");
    CHECK(scene.costs.last_synchronized_at() == "2026-03-10T16:00:00Z");
}

TEST_CASE("a row without a proper date fails its task at once") {
    for (const char* date : {"", "2026-02", "2026-02-30", "2026-02-01T00:00:00Z", "20260201",
                             "2026-2-01", "2026-0a-01"}) {
        INFO(date);
        Scene scene;
        const auto job = scene.costs.begin({{"s1", plan(1, {}), ""}});
        CHECK_FALSE(scene.costs.take(*job, 0, page({row("2026-02-01", "a"), row(date, "a")})));
        scene.costs.end_task(*job, 0);
        CHECK(scene.costs.job(*job).state == JobState::failure);
        CHECK(scene.costs.rows().empty());
    }
}

TEST_CASE("an error of get_tasks fails the sync of a manual secret and skips a service account's") {
    const std::vector<SecretTasks> plans = {{"s1", plan(1, {window("2026-03", "", "a")}), ""},
                                            {"s2", json(), "ERROR_X: down"}};
    Scene manual(SecretType::manual);
    CHECK_FALSE(manual.costs.begin(plans).has_value());
    CHECK(manual.costs.last_synchronized_at().empty());

    Scene accounts;
    const auto job = accounts.costs.begin(plans);
    REQUIRE(job.has_value());
    CHECK(accounts.costs.job(*job).tasks.size() == 1);
    CHECK(accounts.costs.take(*job, 0, page({row("2026-03-01", "a")})));
    accounts.costs.end_task(*job, 0);
    CHECK(accounts.costs.job(*job).state == JobState::success);
    CHECK(accounts.costs.rows().at(0).document["service_account_id"] == "account of s1");
}

TEST_CASE("no task is a success") {
    Scene scene;
    const auto job = scene.costs.begin({{"s1", json::object(), ""}});
    CHECK(scene.costs.job(*job).state == JobState::success);
    CHECK_FALSE(scene.costs.last_synchronized_at().empty());
}

TEST_CASE("a second job within ten minutes is refused, an older one is canceled") {
    Scene scene;
    const auto first = scene.costs.begin({{"s1", plan(1, {}), ""}});
    scene.now += std::chrono::minutes(9);
    const auto second = scene.costs.begin({{"s1", plan(1, {}), ""}});
    CHECK(scene.costs.job(*second).state == JobState::failure);
    CHECK(scene.costs.job(*second).error == "ERROR_DUPLICATE_JOB");
    CHECK(scene.costs.job(*first).state == JobState::in_progress);
    scene.now += std::chrono::minutes(2);
    const auto third = scene.costs.begin({{"s1", plan(1, {}), ""}});
    CHECK(scene.costs.job(*third).state == JobState::in_progress);
    CHECK(scene.costs.job(*first).state == JobState::canceled);
    CHECK_FALSE(scene.costs.take(*first, 0, page({row("2026-03-01", "a")})));
    scene.costs.end_task(*first, 0);
    CHECK(scene.costs.rows().empty());
}

TEST_CASE("what a user cancels is rolled back and replaces nothing") {
    Scene scene;
    sync(scene.costs, plan(1, {}), {row("2026-03-01", "a")});
    const auto job = scene.costs.begin({{"s1", plan(1, {window("2026-03", "", "a")}), ""}});
    CHECK(scene.costs.take(*job, 0, page({row("2026-03-01", "a", 9)})));
    scene.costs.cancel(*job);
    CHECK_FALSE(scene.costs.take(*job, 0, page({row("2026-03-02", "a", 9)})));
    scene.costs.end_task(*job, 0);
    CHECK(months(scene.costs) == "a/2026-03=1");
}
