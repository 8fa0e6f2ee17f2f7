// The modules storage and management against the simulator: everything Prism has arrives by either
// generation, also what it tells of one entity after the other only, and what cannot be read of
// that is unknown, never gone.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/integration/built_modules.hpp"
#include "tests/integration/local_run.hpp"
#include "tests/integration/plugin.hpp"
#include "tests/prism_sim/server.hpp"

using namespace pf::test;
using nlohmann::json;
namespace sim = pf::sim;

namespace {

LocalRun collect(const sim::Simulator& prism, const std::vector<std::string>& kinds,
                 json options = json::object()) {
    static BuiltModules modules({}, {"management", "storage"});
    options["requests_per_second"] = 0;
    options["external_link"] = false;
    options["kinds"] = kinds;
    return run_locally(modules.modules(), options.dump(), secret_for(prism.port(), prism.ca_pem()));
}

const std::vector<std::string> all_kinds = {"storage_container", "volume_group", "project",
                                            "category", "protection_policy"};

sim::Config world() {
    sim::Config config;
    config.vms = 120;
    config.clusters = 3;
    config.containers = 40;
    return config;
}

void check_whole(const LocalRun& run, std::size_t rows) {
    INFO(run.report.to_json());
    CHECK(run.end.ok());
    CHECK(run.report.is_complete());
    CHECK(run.failures.empty());
    CHECK(run.odd.empty());
    CHECK(run.resources.size() == rows);
}

std::size_t count_of(const LocalRun& run, const std::string& type, const std::string& key) {
    std::size_t count = 0;
    for (const auto& [id, resource] : run.resources) {
        count += resource.at("cloud_service_type") == type && resource.at("data").contains(key);
    }
    return count;
}

// 40 containers, 64 volume groups, 6 projects, 30 categories, 5 policies.
constexpr std::size_t everything = 40 + 64 + 6 + 30 + 5;

const pf::host::runtime::Reason* reason(const std::vector<pf::host::runtime::Reason>& all,
                                        const std::string& code) {
    const auto at =
        std::find_if(all.begin(), all.end(), [&](const auto& each) { return each.code == code; });
    return at == all.end() ? nullptr : &*at;
}

}  // namespace

TEST_CASE("everything arrives by either generation, with the same identity") {
    sim::Simulator prism(world());
    const LocalRun by_v4 = collect(prism, all_kinds);
    check_whole(by_v4, everything);
    const LocalRun by_v3 = collect(prism, all_kinds, {{"api_version", "v3"}});
    check_whole(by_v3, everything);
    for (const auto& [id, resource] : by_v4.resources) {
        INFO(id);
        REQUIRE(by_v3.resources.contains(id));
        const json& other = by_v3.resources.at(id);
        CHECK(identity_of(other) == identity_of(resource));
        CHECK(other.at("name") == resource.at("name"));
        CHECK(other.at("region_code") == resource.at("region_code"));
        CHECK(other.value("instance_size", 0.0) == resource.value("instance_size", 0.0));
        for (const char* key : {"usage", "totals", "cluster"}) {
            if (resource.at("data").contains(key) &&
                resource.at("cloud_service_type") != "Project") {
                CHECK(other.at("data").at(key) == resource.at("data").at(key));
            }
        }
    }
    CHECK(count_of(by_v4, "VolumeGroup", "disks") == 64);
    CHECK(count_of(by_v4, "StorageContainer", "usage") == 40);
    // One list per kind and look-up; one request per container, two per group, and a second page
    // where a group has more disks than one holds.
    CHECK(by_v4.report.prism_calls >= 40 + 2 * 64 + 1);
    CHECK(by_v4.report.prism_calls <= 40 + 2 * 64 + 1 + 40);
    CHECK(by_v3.report.prism_calls <= 60);
    CHECK(by_v4.report.lists.size() == all_kinds.size());
}

TEST_CASE("a second collection of an unchanged Prism brings the same rows") {
    sim::Simulator prism(world());
    CHECK(collect(prism, all_kinds).resources == collect(prism, all_kinds).resources);
}

TEST_CASE("without details there is one list per kind, and their keys are left as they are") {
    sim::Simulator prism(world());
    const LocalRun run = collect(prism, {"storage_container", "volume_group"}, {{"detail", false}});
    check_whole(run, 104);
    CHECK(count_of(run, "VolumeGroup", "disks") == 0);
    CHECK(count_of(run, "VolumeGroup", "volume_group") == 64);
    CHECK(count_of(run, "StorageContainer", "usage") == 0);
    CHECK(run.report.prism_calls <= 20);
}

TEST_CASE("details that are refused are told once per kind and cause; the entities go out") {
    sim::Config config = world();
    config.access.forbidden = {"volume_group_disk=Storage Admin", "storage_container_stats"};
    sim::Simulator prism(config);
    const LocalRun run = collect(prism, {"storage_container", "volume_group"});
    CHECK(run.resources.size() == 104);
    CHECK_FALSE(run.report.is_complete());
    CHECK(run.failures.size() == 2);
    CHECK(run.report.missing.size() == 2);
    CHECK(count_of(run, "VolumeGroup", "disks") == 0);
    CHECK(count_of(run, "VolumeGroup", "attachments") == 64);
    CHECK(count_of(run, "StorageContainer", "usage") == 0);
    const auto* refused = reason(run.report.missing, "ERROR_PRISM_PERMISSION");
    REQUIRE(refused != nullptr);
    CHECK(refused->text.find("detail: false") != std::string::npos);
    std::uint64_t hit = 0;
    for (const auto& each : run.report.missing) {
        hit += each.count;
    }
    CHECK(hit == 104);
}

TEST_CASE("one group whose disks cannot be read is the only loss") {
    sim::Config config = world();
    sim::Simulator prism(config);
    const std::string victim = collect(prism, {"volume_group"}).resources.begin()->first;
    prism.set_faults({"status-500:path=" + victim + "/disks"});
    const LocalRun run = collect(prism, {"volume_group"});
    CHECK(run.resources.size() == 64);
    CHECK(count_of(run, "VolumeGroup", "disks") == 63);
    CHECK_FALSE(run.resources.at(victim).at("data").contains("disks"));
    REQUIRE(run.report.missing.size() == 1);
    CHECK(run.report.missing[0].count == 1);
    CHECK(run.report.missing[0].first_ids == std::vector<std::string>{victim});
}

TEST_CASE(
    "readings: disks in the list, statistics without data, rows of groups, times of projects") {
    sim::Config config = world();
    SECTION("lists_volume_disks") {
        config.v4.lists_volume_disks = true;
        sim::Simulator prism(config);
        const LocalRun run = collect(prism, {"volume_group"});
        check_whole(run, 64);
        CHECK(count_of(run, "VolumeGroup", "disks") == 64);
        config.v4.lists_volume_disks = false;
        sim::Simulator usual(config);
        CHECK(collect(usual, {"volume_group"}).resources.size() == run.resources.size());
        for (const auto& [id, resource] : collect(usual, {"volume_group"}).resources) {
            CHECK(run.resources.at(id).at("data") == resource.at("data"));
        }
    }
    SECTION("empty_stats") {
        config.v4.empty_stats = true;
        sim::Simulator prism(config);
        const LocalRun run = collect(prism, {"storage_container"});
        check_whole(run, 40);
        CHECK(run.has_note("storage_container.no_usage"));
        CHECK(count_of(run, "StorageContainer", "usage") == 0);
    }
    SECTION("groups_cap") {
        config.v3.groups_cap = 7;
        sim::Simulator prism(config);
        check_whole(collect(prism, {"storage_container"}, {{"api_version", "v3"}}), 40);
    }
    SECTION("project_times") {
        config.serve_v3 = false;
        std::vector<std::map<std::string, json>> seen;
        for (const auto times : {sim::ProjectTimes::microseconds, sim::ProjectTimes::milliseconds,
                                 sim::ProjectTimes::seconds}) {
            config.v4.project_times = times;
            sim::Simulator prism(config);
            const LocalRun run = collect(prism, {"project"});
            check_whole(run, 6);
            seen.push_back(run.resources);
        }
        CHECK(seen[0].begin()->second.at("data").at("project").contains("created_at"));
        CHECK(seen[0] == seen[1]);
        CHECK(seen[0] == seen[2]);
    }
}
