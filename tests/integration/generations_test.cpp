// Every Prism: the same world read by v4 and by v3, old Prism Centrals, and those in between.
#include <catch2/catch.hpp>
#include <map>
#include <nlohmann/json.hpp>

#include "tests/acceptance/inventory_job.hpp"
#include "tests/integration/checked_run.hpp"
#include "tests/integration/plugin.hpp"
#include "tests/prism_sim/server.hpp"

using namespace pf::test;
using nlohmann::json;

namespace {

LocalRun collect(Plugin& plugin, const pf::sim::Simulator& prism, const char* api_version) {
    return run_locally(plugin.modules(), options_for(api_version),
                       secret_for(prism.port(), prism.ca_pem()));
}

// What only one generation knows, each with its reason.
const std::map<std::string, const char*> allowed = {
    {"data.categories[*].uuid", "v3 names categories by key and value; UUIDs are v4's"},
    {"data.nutanix.custom_attributes", "new in v4.2"},
    {"data.os.details", "v4.2 has the full name of the system, v3 the tools' version text"},
    {"data.os.hostname", "guestInfo is new in v4.2"},
    {"data.os.last_boot_at", "guestInfo is new in v4.2"},
    {"data.nutanix.vtpm", "no source shows it in v3; read when it is there"},
    {"data.nutanix.protection.policy_uuid", "no source shows it in v3; read when it is there"},
    {"data.disks[*].tags.storage_container", "v3 lists no containers; its VMs name them"},
};

// How many rows differ where; paths that may differ are left out.
std::map<std::string, std::size_t> differences(const LocalRun& a, const LocalRun& b) {
    std::map<std::string, std::size_t> counts;
    for (const auto& [id, resource] : a.resources) {
        const auto other = b.resources.find(id);
        if (other == b.resources.end()) {
            ++counts["(missing)"];
            continue;
        }
        for (const std::string& path : different_paths(resource, other->second)) {
            if (!allowed.contains(path)) {
                ++counts[path];
            }
        }
    }
    return counts;
}

std::string in_words(const std::map<std::string, std::size_t>& counts) {
    std::string text;
    for (const auto& [path, count] : counts) {
        text += path + ": " + std::to_string(count) + "\n";
    }
    return text;
}

}  // namespace

TEST_CASE("a collection by v3 and then one by v4 have equal identities and equal fields") {
    pf::sim::Config config;
    config.vms = 2500;
    config.v3.shows_ipv6 = true;
    pf::sim::Simulator prism(config);
    Plugin plugin;
    const LocalRun by_v3 = collect(plugin, prism, "v3");
    const LocalRun by_v4 = collect(plugin, prism, "auto");
    check_whole(by_v3, prism);
    check_whole(by_v4, prism);
    CHECK(by_v3.api_of("vmm") == "v3");
    CHECK(by_v4.api_of("vmm") == "v4.3");
    CHECK(by_v3.has_note("prism.api"));
    CHECK_FALSE(by_v4.has_note("prism.api"));
    REQUIRE(by_v3.resources.size() == by_v4.resources.size());
    std::size_t equal = 0;
    for (const auto& [id, resource] : by_v4.resources) {
        equal += identity_of(resource) == identity_of(by_v3.resources.at(id)) ? 1 : 0;
    }
    CHECK(equal == config.vms);
    CHECK(in_words(differences(by_v4, by_v3)) == "");
}

TEST_CASE("a Prism Central of 2022 is read by v3, through the whole plugin") {
    pf::sim::Config config;
    config.vms = 1200;
    config.pc_version = "2022.6";
    pf::sim::Simulator prism(config);
    Plugin plugin;
    const LocalRun run = collect(plugin, prism, "auto");
    check_whole(run, prism);
    CHECK(run.api_of("vmm") == "v3");
    CHECK(run.has_note("prism.api"));
    CHECK(run.resources.begin()->second.at("account") == prism.prism_central_id());

    const auto client = ReflectionClient::connect(plugin.address());
    for (const bool by_tasks : {true, false}) {
        InventoryJob job;
        job.split_into_tasks = by_tasks;
        job.options_json = R"({"requests_per_second": 0, "kinds": ["vm"]})";
        job.secret_data_json = secret_for(prism.port(), prism.ca_pem());
        const JobReport report = run_inventory_job(*client, job);
        INFO(report.summary());
        CHECK(report.describe() == "");
        CHECK(report.rows.unique_services() == config.vms);
    }
    const auto wished =
        run_locally(plugin.modules(), options_for("v4"), secret_for(prism.port(), prism.ca_pem()));
    CHECK(wished.resources.empty());
    REQUIRE(wished.failures.size() == 1);
    CHECK_THAT(wished.failures[0], Catch::StartsWith("ERROR_PRISM_API_ABSENT"));
}

TEST_CASE("an API key opens v3 as it opens v4") {
    const char* const version = GENERATE("2022.6", "7.6");
    pf::sim::Config config;
    config.vms = 30;
    config.pc_version = version;
    config.api_key = "k3y-0f-a-service";
    pf::sim::Simulator prism(config);
    Plugin plugin;
    const json key = {{"host", "127.0.0.1"},
                      {"port", prism.port()},
                      {"ca_cert", prism.ca_pem()},
                      {"api_key", config.api_key}};
    json disguised = key;
    disguised.erase("api_key");
    disguised["username"] = "X-ntnx-api-key";
    disguised["password"] = config.api_key;
    for (const json& secret : {key, disguised}) {
        const LocalRun run = run_locally(plugin.modules(), options_for("auto"), secret.dump());
        INFO(version);
        check_whole(run, prism);
    }
    CHECK(prism.stats().logins == 0);
    CHECK(prism.stats().api_key_requests == prism.stats().requests);
}

TEST_CASE("namespaces that v4 lacks are read by v3, and that is told") {
    pf::sim::Config config;
    config.vms = 300;
    pf::sim::Simulator prism(config);
    Plugin plugin;
    const LocalRun whole = collect(plugin, prism, "v4");
    const std::string absent = GENERATE("vmm", "clustermgmt", "networking", "prism");
    INFO(absent);
    prism.set_faults({"status-404:path=/api/" + absent + "/"});
    const LocalRun mixed = collect(plugin, prism, "auto");
    check_whole(mixed, prism);
    CHECK(mixed.has_note("prism.api") == (absent == "vmm"));
    std::size_t equal = 0;
    for (const auto& [id, resource] : whole.resources) {
        equal += identity_of(resource) == identity_of(mixed.resources.at(id)) ? 1 : 0;
    }
    CHECK(equal == config.vms);
    if (absent != "prism") {  // categories and identity; v3 has no UUIDs of categories to look up
        CHECK(mixed.api_of(absent) == "v3");
        CHECK(in_words(differences(whole, mixed)) == "");
    }
}

TEST_CASE("trouble with one namespace is told, it does not lead to v3") {
    pf::sim::Config config;
    config.vms = 100;
    pf::sim::Simulator prism(config);
    prism.set_faults({"status-500:path=/api/vmm/"});
    Plugin plugin;
    const LocalRun run = collect(plugin, prism, "auto");
    CHECK(run.resources.empty());
    CHECK_FALSE(run.report.is_complete());
    REQUIRE_FALSE(run.failures.empty());
    CHECK_THAT(run.failures[0], Catch::StartsWith("ERROR_PRISM_UNAVAILABLE"));
    for (const auto& [path, count] : prism.stats().by_path) {
        CHECK(path.find("vms/list") == std::string::npos);
    }
}

TEST_CASE("by v3: VMs that come and go meanwhile arrive once, or the run says partial") {
    pf::sim::Config config;
    config.vms = 3000;
    config.pc_version = "2022.6";
    config.churn_every = 1;
    pf::sim::Simulator prism(config);
    Plugin plugin;
    const LocalRun run =
        run_locally(plugin.modules(),
                    json{{"requests_per_second", 0}, {"kinds", {"vm"}}, {"page_size", 50}}.dump(),
                    secret_for(prism.port(), prism.ca_pem()));
    INFO(run.report.to_json());
    CHECK(run.end.ok());
    CHECK(run.odd.empty());
    CHECK(run.resources.size() > 2900);
    if (run.report.is_complete()) {
        CHECK(run.failures.empty());
    } else {
        CHECK_THAT(run.failures.at(0), Catch::StartsWith("ERROR_LIST_CHANGED"));
    }
}

TEST_CASE("by v3: errors inside an answer with HTTP 200 are told") {
    pf::sim::Config config;
    config.vms = 50;
    config.pc_version = "2022.6";
    config.v3.error_in_200 = {"vm"};
    pf::sim::Simulator prism(config);
    Plugin plugin;
    const LocalRun run = collect(plugin, prism, "auto");
    CHECK(run.resources.empty());
    CHECK_FALSE(run.report.is_complete());
    CHECK_FALSE(run.failures.empty());
}
