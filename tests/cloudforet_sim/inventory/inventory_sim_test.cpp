#include "tests/cloudforet_sim/inventory/inventory.hpp"

#include <catch2/catch.hpp>

#include "tests/cloudforet_sim/inventory/sample_rows.hpp"

using namespace pf::cloudforet_sim;
using nlohmann::json;

TEST_CASE("a FAILURE row is kept with its resource, counted, and fails the job task") {
    TimedInventory cf;
    const JobTask& task = cf.run({vm_row(), failure_row()});
    CHECK(task.state == JobState::failure);
    CHECK(task.created == 1);
    CHECK(task.failed == 1);
    REQUIRE(task.errors.size() == 1);
    CHECK(task.errors[0].code == "ERROR_PLUGIN");
    CHECK(task.errors[0].message == "disks could not be listed");
    CHECK(task.errors[0].additional == json{{"provider", "nutanix"}});
}

TEST_CASE("only FAILURE is a failure: an unset state counts as success") {
    TimedInventory cf;
    json row = vm_row();
    row.erase("state");
    CHECK(cf.run({row}).created == 1);
    row["state"] = 5;
    CHECK(cf.run({row}).failed == 1);
    row["state"] = 6;
    CHECK(cf.run({row}).updated == 1);
}

TEST_CASE("unknown resource types are refused; a row without resource fails in silence") {
    TimedInventory cf;
    json row = vm_row();
    row["resource_type"] = "inventory.Server";
    CHECK(TimedInventory::code(cf.run({row})) == "ERROR_UNSUPPORTED_RESOURCE_TYPE");
    row = vm_row();
    row.erase("resource");
    const JobTask& task = cf.run({row});
    CHECK(task.failed == 1);
    CHECK(task.errors.empty());
    const std::size_t job = cf.inventory.begin({}, 1);
    cf.inventory.take(job, "\xff no row");
    CHECK(cf.inventory.job_task(job).failed == 1);
}

TEST_CASE("a vanished service goes after the third complete run and not before") {
    TimedInventory cf;
    cf.run({vm_row("stays"), vm_row("goes")});
    for (int run = 1; run <= 3; ++run) {
        CHECK(cf.inventory.services().size() == 2);
        cf.now += std::chrono::minutes(61);
        const JobTask& task = cf.run({vm_row("stays")});
        CHECK(task.disconnected == (run < 3 ? 1U : 0U));
        CHECK(task.deleted == (run < 3 ? 0U : 1U));
    }
    CHECK(cf.inventory.find("goes").empty());
    CHECK(cf.inventory.find("stays").size() == 1);
    CHECK(cf.inventory.history().back().action == Action::erase);
}

TEST_CASE("a run within an hour of the last sight counts nothing as missing") {
    TimedInventory cf;
    cf.run({vm_row()});
    for (int run = 0; run < 5; ++run) {
        cf.now += std::chrono::minutes(12);
        CHECK(cf.run({}).disconnected == 0);
    }
    CHECK(cf.inventory.services().size() == 1);
}

TEST_CASE("a service that is seen again starts from nothing") {
    TimedInventory cf;
    cf.run({vm_row()});
    for (int run = 0; run < 6; ++run) {
        cf.now += std::chrono::hours(2);
        cf.run(run == 2 ? std::vector<json>{vm_row()} : std::vector<json>{});
        CHECK(cf.inventory.services().size() == (run < 5 ? 1U : 0U));
    }
}

TEST_CASE("a run with one failure removes nothing, whichever sub task it was") {
    for (const bool is_last : {false, true}) {
        TimedInventory cf;
        cf.run({vm_row()});
        for (int run = 0; run < 5; ++run) {
            cf.now += std::chrono::hours(2);
            const std::size_t job = cf.inventory.begin({}, 2);
            cf.inventory.end_sub_task(job, is_last ? "" : "UNAVAILABLE: gone");
            CHECK(cf.inventory.job_task(job).state ==
                  (is_last ? JobState::in_progress : JobState::failure));
            cf.inventory.end_sub_task(job, is_last ? "UNAVAILABLE: gone" : "");
            CHECK(cf.inventory.job_task(job).state == JobState::failure);
            CHECK(TimedInventory::code(cf.inventory.job_task(job)) == "ERROR_COLLECTOR_PLUGIN");
        }
        CHECK(cf.inventory.states().disconnected_count(cf.inventory.services().at(0)->id) == 0);
    }
}

TEST_CASE("nothing counts as missing before the last sub task ended") {
    TimedInventory cf;
    cf.run({vm_row()});
    cf.now += std::chrono::hours(2);
    const std::size_t job = cf.inventory.begin({}, 2);
    cf.inventory.end_sub_task(job);
    const std::string id = cf.inventory.services().at(0)->id;
    CHECK(cf.inventory.states().disconnected_count(id) == 0);
    cf.inventory.end_sub_task(job);
    CHECK(cf.inventory.states().disconnected_count(id) == 1);
}

TEST_CASE("one secret's runs do not miss what another secret has") {
    TimedInventory cf;
    const Source other{"collector-1", "secret-2"};
    cf.run({vm_row()}, other);
    for (int run = 0; run < 4; ++run) {
        cf.now += std::chrono::hours(2);
        cf.run({});
    }
    CHECK(cf.inventory.services().size() == 1);
}

TEST_CASE("services that no row wrote for 48 hours go by age") {
    TimedInventory cf;
    cf.run({vm_row()});
    cf.now += std::chrono::hours(48);
    cf.inventory.clean_by_age();
    CHECK(cf.inventory.services().size() == 1);
    cf.now += std::chrono::seconds(1);
    cf.inventory.clean_by_age();
    CHECK(cf.inventory.services().empty());
}
