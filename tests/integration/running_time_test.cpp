// Costs by the hours that machines ran, as Prism's statistics show them, under each reading of what
// nobody has verified about these. The truth is the simulator's own generator.
#include <catch2/catch.hpp>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "host/app/cost_role.hpp"
#include "tests/integration/plugin.hpp"
#include "tests/integration/program.hpp"
#include "tests/prism_sim/model/vm_facts.hpp"
#include "tests/prism_sim/server.hpp"
#include "tests/prism_sim/simulation.hpp"

using namespace pf;
using namespace pf::test;
using nlohmann::json;

namespace {

constexpr std::uint64_t march = 1'772'323'200;  // 2026-03-01T00:00:00Z
constexpr std::uint64_t april = march + 31 * 86'400;

// A machine costs 1 for each hour that it runs.
constexpr const char* model_text =
    "currency: EUR\n"
    "rate_card: {vcpu_hour: 0.000001}\n"
    "items:\n"
    "  - {name: hours, what: machine, hour: 1, charged: \"on\"}\n";

sim::Config world() {
    sim::Config config;
    config.vms = 30;
    config.clusters = 2;
    config.statistics.now_s = april + 12 * 3'600;
    return config;
}

// What `cost report` says of March, by resource and use.
struct Reported {
    std::map<std::string, double> hours;  // by UUID
    double assumed = 0;                   // of the money of all of it
    std::string errors;
    int exit_code = 0;
};

Reported report(const sim::Config& config, const std::vector<std::string>& more = {}) {
    const sim::Simulator prism(config);
    const auto directory = std::filesystem::temp_directory_path() /
                           ("prismforet-hours-" + std::to_string(prism.port()));
    std::filesystem::create_directory(directory);
    const auto write = [&directory](const char* name, const std::string& text) {
        const auto file = directory / name;
        std::ofstream(file) << text;
        std::filesystem::permissions(file, std::filesystem::perms::owner_read);
        return file.string();
    };
    const std::string file = write(
        "prismforet.yaml",
        "modules: {dir: " + std::string(PF_MODULE_DIRECTORY) +
            "}\ncost: {model: " + write("cost.yaml", model_text) +
            "}\ncollect: {requests_per_second: 1000}\ntargets:\n  - name: pc\n    url: "
            "https://127.0.0.1:" +
            std::to_string(prism.port()) +
            "\n    auth: {username: admin, password_file: " + write("password", "nutanix/4u\n") +
            "}\n    tls: {ca_file: " + write("ca.pem", prism.ca_pem()) + "}\n");
    std::vector<std::string> arguments{
        "cost", "report", "--month",  "2026-03", "--by", "resource,usage_type",
        "-o",   "json",   "--config", file};
    arguments.insert(arguments.end(), more.begin(), more.end());
    const Ended ended = run_program(arguments);
    std::filesystem::remove_all(directory);
    Reported reported;
    reported.errors = ended.err;
    reported.exit_code = ended.exit_code;
    if (ended.exit_code != 0) return reported;
    const json told = json::parse(ended.out);
    reported.assumed = told["total"]["assumed"];
    for (const json& item : told["items"]) {
        if (item["usage_type"] == "item.hours") {
            reported.hours[item["resource"]] += item["cost"].get<double>();
        }
    }
    return reported;
}

// The hours of March in which a machine ran, and whether it ran in all or none of them.
struct Truth {
    std::string id;
    double hours = 0;
    bool is_mixed = false;
};

std::vector<Truth> truth_of(const sim::Config& config) {
    const sim::Simulation twin(config);
    std::vector<Truth> all;
    for (std::uint32_t serial = 0; serial < config.vms; ++serial) {
        Truth one;
        one.id = sim::to_text(sim::vm_id(twin.world(), serial));
        for (std::uint64_t hour = march; hour < april; hour += 3'600) {
            one.hours += twin.statistics().running_seconds(serial, hour, hour + 3'600) > 30 ? 1 : 0;
        }
        one.is_mixed = one.hours > 0 && one.hours < 744;
        all.push_back(one);
    }
    return all;
}

// Each machine has as many hours as it ran, but for `slack` where it was switched on or off.
void check_hours(const sim::Config& config, double slack) {
    const Reported reported = report(config);
    INFO(reported.errors);
    REQUIRE(reported.exit_code == 0);
    int mixed = 0;
    for (const Truth& one : truth_of(config)) {
        INFO(one.id << " ran " << one.hours << " hours");
        const auto found = reported.hours.find(one.id);
        const double hours = found == reported.hours.end() ? 0 : found->second;
        mixed += one.is_mixed ? 1 : 0;
        if (one.is_mixed) {
            CHECK(std::fabs(hours - one.hours) <= slack);
        } else {
            CHECK(std::fabs(hours - one.hours) <= 2);  // the ends of the month
        }
    }
    CHECK(mixed > 3);
}

}  // namespace

TEST_CASE("machines are charged for the hours in which they ran") {
    sim::Config config = world();
    SECTION("as it is usually read") {}
    SECTION("a machine that was off is not in the list") {
        config.statistics.off_rows = sim::OffRows::absent;
    }
    SECTION("it has samples of zero") { config.statistics.off_samples = sim::OffSamples::zero; }
    SECTION("it has samples of -1") { config.statistics.off_samples = sim::OffSamples::minus_one; }
    SECTION("intervals begin at the start asked for") {
        config.statistics.grid = sim::SampleGrid::start;
    }
    SECTION("ids and times have to be selected") { config.statistics.selects_strictly = true; }
    SECTION("samples are not in order, and some are there twice") {
        config.statistics.disorder = 20;
        config.statistics.duplicates = 20;
    }
    check_hours(config, 2);
}

TEST_CASE("a sample may stand at the end of its interval") {
    sim::Config config = world();
    config.statistics.stamp = sim::SampleStamp::end;
    check_hours(config, 4);  // hours are moved by one, so what ran at the ends of the month is, too
}

TEST_CASE("an answer may hold no more than so many samples") {
    sim::Config config = world();
    config.statistics.most_samples = 3'000;
    SECTION("a request for more is refused, and asked again for less") {
        // In answers of one machine nothing is known of the time before its first sample, which
        // is on a Monday here.
        check_hours(config, 40);
    }
    SECTION("only the newest come: the time before is assumed, never taken for off") {
        config.statistics.over_samples = sim::OverSamples::newest;
        const Reported reported = report(config);
        INFO(reported.errors);
        REQUIRE(reported.exit_code == 0);
        CHECK(reported.assumed > 0);
        for (const Truth& one : truth_of(config)) {
            if (one.hours == 744) CHECK(reported.hours.at(one.id) == 744);
        }
    }
}

TEST_CASE("without statistics all is assumed, and said to be") {
    sim::Config config = world();
    std::vector<std::string> more;
    SECTION("they are too old") { config.statistics.now_s = april + 200ULL * 86'400; }
    SECTION("or not asked for") { more = {"--assumed"}; }
    const Reported reported = report(config, more);
    INFO(reported.errors);
    REQUIRE(reported.exit_code == 0);
    double whole = 0;
    for (const auto& [id, hours] : reported.hours) {
        CHECK(hours == 744);
        whole += hours;
    }
    CHECK(whole > 0);
    CHECK(reported.assumed >= whole);
}

TEST_CASE("a first sync goes back as far as statistics do") {
    sim::Config config = world();
    SECTION("ninety days") {}
    SECTION("or three") { config.statistics.days = 3; }
    SECTION("or not at all, where the list is refused") { config.statistics.most_samples = 1; }
    const sim::Simulator prism(config);
    host::app::Config of_host;
    of_host.modules.dir = PF_MODULE_DIRECTORY;
    host::app::Application application(of_host);
    host::app::CostWorker worker(application, of_host,
                                 [] { return static_cast<std::int64_t>(april) + 12 * 3'600; });
    auto request = host::cloudforet::parse_cost_options(
        R"({"cost_model":{"currency":"EUR","rate_card":{"vcpu_hour":1}}})");
    REQUIRE(request.ok());
    REQUIRE(host::cloudforet::add_cost_targets(secret_for(prism.port(), prism.ca_pem()), *request)
                .ok());
    const auto months_of = [&](const host::cloudforet::SyncWish& wish) {
        const auto plan = worker.plan(*request, wish, host::Stop());
        REQUIRE(plan.ok());
        std::vector<std::string> months;
        for (const auto& task : plan->tasks) {
            CHECK(task.unplanned == "");
            months.push_back(task.month);
        }
        return months;
    };
    const bool has_past = config.statistics.days == 90 && config.statistics.most_samples > 1;
    const std::vector<std::string> all{"2026-01", "2026-02", "2026-03"};
    CHECK(months_of({}) == (has_past                      ? all
                            : config.statistics.days == 3 ? std::vector<std::string>{"2026-03"}
                                                          : std::vector<std::string>{}));
    host::cloudforet::SyncWish later;
    later.last_synchronized = std::chrono::year(2026) / 3 / 31;
    CHECK(months_of(later) == std::vector<std::string>{"2026-03"});
}
