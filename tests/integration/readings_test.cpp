// Every reading of what nobody has verified about Prism (docs/unverified.md): a collection is whole
// under each, or says what is missing, and no reading changes what stays the same.
#include <catch2/catch.hpp>
#include <functional>
#include <nlohmann/json.hpp>

#include "tests/integration/built_modules.hpp"
#include "tests/integration/checked_run.hpp"
#include "tests/integration/plugin.hpp"
#include "tests/prism_sim/server.hpp"

using namespace pf::test;
using nlohmann::json;
namespace sim = pf::sim;

namespace {

// How one site differs from what the simulator does by itself.
struct Reading {
    const char* title;
    std::function<void(sim::Config&)> set;
};

sim::Config world() {
    sim::Config config;
    config.vms = 230;
    config.clusters = 3;
    return config;
}

LocalRun collect(const sim::Simulator& prism, const char* api_version = "auto") {
    static BuiltModules modules({}, {"vm"});
    return run_locally(modules.modules(), options_for(api_version),
                       secret_for(prism.port(), prism.ca_pem()));
}

// A row without IPv6 addresses: the old form of a NIC has no place for them.
json without_ipv6(json value) {
    if (value.is_object()) {
        for (auto& [key, member] : value.items()) {
            member = without_ipv6(std::move(member));
        }
    } else if (value.is_array()) {
        json kept = json::array();
        for (json& item : value) {
            if (!item.is_string() ||
                item.get_ref<const std::string&>().find("::") == std::string::npos) {
                kept.push_back(without_ipv6(std::move(item)));
            }
        }
        return kept;
    }
    return value;
}

// Collects under each reading; all VMs have to come, with the rows of the world as it is.
void check_readings(const sim::Config& plain, const std::vector<Reading>& readings) {
    sim::Simulator usual(plain);
    const LocalRun expected = collect(usual);
    check_whole(expected, usual);
    for (const Reading& reading : readings) {
        INFO(reading.title);
        sim::Config config = plain;
        reading.set(config);
        sim::Simulator prism(config);
        const LocalRun run = collect(prism);
        check_whole(run, prism);
        std::size_t different = 0;
        for (const auto& [id, resource] : expected.resources) {
            different += without_ipv6(resource) == without_ipv6(run.resources.at(id)) ? 0 : 1;
        }
        CHECK(different == 0);
    }
}

}  // namespace

TEST_CASE("versions: whatever a Prism Central tells of itself, its VMs come") {
    for (const char* version : {"7.6", "7.5", "7.3", "2024.3", "2024.1", "2023.3", "2022.6"}) {
        for (const auto info :
             {sim::InfoAnswer::version, sim::InfoAnswer::status_403, sim::InfoAnswer::status_404,
              sim::InfoAnswer::status_405, sim::InfoAnswer::status_501, sim::InfoAnswer::html}) {
            INFO(version << ", info " << static_cast<int>(info));
            sim::Config config = world();
            config.pc_version = version;
            config.v4.info = info;
            sim::Simulator prism(config);
            const LocalRun run = collect(prism);
            check_whole(run, prism);
            CHECK(run.resources.begin()->second.at("account") == prism.prism_central_id());
        }
    }
}

TEST_CASE("versions: an older version that shows newer fields is read as it is") {
    sim::Config config = world();
    config.v4.info = sim::InfoAnswer::status_404;  // so the oldest version is asked for
    config.v4.leaks_newer_fields = GENERATE(true, false);
    sim::Simulator prism(config);
    const LocalRun run = collect(prism);
    check_whole(run, prism);
    CHECK(run.api_of("vmm") == "v4.0");
    bool has_newer = false;
    for (const auto& [id, resource] : run.resources) {
        has_newer = has_newer || resource.at("data").at("nutanix").contains("custom_attributes");
    }
    CHECK(has_newer == config.v4.leaks_newer_fields);
}

TEST_CASE("versions: v3 may be gone") {
    sim::Config config = world();
    config.serve_v3 = false;
    sim::Simulator prism(config);
    check_whole(collect(prism), prism);
}

TEST_CASE("versions: headers about the product are told, never needed") {
    check_readings(world(), {{"not on 401", [](auto& c) { c.access.product_on_401 = false; }},
                             {"not on v4", [](auto& c) { c.access.product_on_v4 = false; }}});
}

TEST_CASE("versions: a Prism Element is refused in words") {
    sim::Config config = world();
    config.clusters = 1;
    config.prism_element = true;
    sim::Simulator prism(config);
    const LocalRun run = collect(prism);
    CHECK(run.resources.empty());
    REQUIRE(run.failures.size() == 1);
    CHECK_THAT(run.failures[0], Catch::StartsWith("ERROR_PRISM_ELEMENT"));
}

TEST_CASE("login: cookies and redirects of every kind") {
    std::vector<Reading> readings = {
        {"a redirect with a token", [](auto& c) { c.access.redirects = 1; }}};
    for (const auto names :
         {sim::CookieNames::igw, sim::CookieNames::jsessionid, sim::CookieNames::both}) {
        for (const auto when :
             {sim::Cookies::at_login, sim::Cookies::always, sim::Cookies::never}) {
            readings.push_back({"cookies", [=](auto& c) {
                                    c.access.cookie_names = names;
                                    c.access.cookies = when;
                                }});
        }
    }
    check_readings(world(), readings);
}

TEST_CASE("login: the smallest published rate limit is kept") {
    sim::Config config = world();
    config.pc_size = sim::PcSize::xsmall;
    config.rate_limit_of_size = true;
    sim::Simulator prism(config);
    check_whole(collect(prism), prism);
}

TEST_CASE("v4: what servers refuse is asked for in another way") {
    check_readings(
        world(),
        {{"no sorting", [](auto& c) { c.v4.refuse_orderby = {"all"}; }},
         {"no filter on VMs", [](auto& c) { c.v4.refuse_filter = {"vms"}; }},
         {"no filter at all", [](auto& c) { c.refuse_filters = true; }},
         {"an empty list has its array", [](auto& c) { c.empty_data = sim::EmptyData::array; }},
         {"no totals", [](auto& c) { c.v4.totals = sim::Totals::missing; }},
         {"pages smaller than asked for", [](auto& c) { c.v4.page_cap = 30; }}});
}

TEST_CASE("the page behind the last one may be empty or refused") {
    for (const char* api : {"v4", "v3"}) {
        for (const auto reading : {sim::BehindEnd::empty, sim::BehindEnd::refused}) {
            INFO(api << ", reading " << static_cast<int>(reading));
            sim::Config config = world();
            config.vms = std::string_view(api) == "v4" ? 300 : 500;  // full pages only
            config.behind_end = reading;
            sim::Simulator prism(config);
            check_whole(collect(prism, api), prism);
        }
    }
}

TEST_CASE("v4: a NIC reads the same in its old form, its new form and in both") {
    check_readings(world(), {{"old", [](auto& c) { c.v4.nics = sim::NicForms::superseded; }},
                             {"new", [](auto& c) { c.v4.nics = sim::NicForms::current; }},
                             {"both", [](auto& c) { c.v4.nics = sim::NicForms::both; }}});
}

TEST_CASE("v4: a list that Prism cuts is never taken for the whole") {
    sim::Config config = world();
    config.v4.truncate_at = 120;
    sim::Simulator prism(config);
    const LocalRun run = collect(prism);
    INFO(run.report.to_json());
    CHECK(run.resources.size() == 120);
    CHECK_FALSE(run.report.is_complete());
    REQUIRE_FALSE(run.failures.empty());
    CHECK_THAT(run.failures[0], Catch::StartsWith("ERROR_LIST_TRUNCATED"));
}

TEST_CASE("v4: the flag of a list that is not cut changes nothing") {
    check_readings(world(), {{"room for more", [](auto& c) { c.v4.truncate_at = 5000; }}});
}

TEST_CASE("v4: counts that show more than the account sees are a note, not a failure") {
    sim::Config config = world();
    config.access.visible_vms = 50;
    sim::Simulator prism(config);
    const LocalRun run = collect(prism);
    INFO(run.report.to_json());
    CHECK(run.report.is_complete());
    CHECK(run.failures.empty());
    CHECK(run.has_note("list.fewer_than_counted"));
    CHECK(run.resources.size() < config.vms);
}

TEST_CASE("by v3: VMs in state ERROR go out with what is known") {
    sim::Config config;
    config.vms = 400;
    config.pc_version = "2022.6";
    config.v3.error_vms = 20;
    sim::Simulator prism(config);
    const LocalRun run = collect(prism);
    check_whole(run, prism);
    CHECK(run.has_note("vm.no_resources"));
    std::size_t bare = 0;
    for (const auto& [id, resource] : run.resources) {
        CHECK(resource.at("/data/compute/instance_id"_json_pointer) == id);
        CHECK(resource.contains("region_code"));
        bare += resource.at("data").contains("nics") ? 0 : 1;
    }
    CHECK(bare > 0);
    CHECK(bare < config.vms);
}

TEST_CASE("by v3: a VM in state ERROR has the identity it has by v4, whatever it runs on") {
    sim::Config config;
    config.vms = 100;
    config.esxi_vms = 60;
    config.v3.error_vms = 50;
    sim::Simulator prism(config);
    BuiltModules modules({}, {"vm"});
    const auto identities = [&](const char* api) {
        json options = json::parse(options_for(api));
        options["kinds"] = {"vm", "esxi_vm"};
        const LocalRun run = run_locally(modules.modules(), options.dump(),
                                         secret_for(prism.port(), prism.ca_pem()));
        INFO(run.report.to_json());
        CHECK(run.report.is_complete());
        CHECK(run.has_note("vm.no_resources") == (std::string(api) == "v3"));
        std::set<std::string> all;
        for (const auto& [id, resource] : run.resources) all.insert(identity_of(resource));
        return all;
    };
    const std::set<std::string> by_v4 = identities("v4");
    CHECK(by_v4.size() == 160);
    CHECK(identities("v3") == by_v4);
}

TEST_CASE("by v3: readings of what is not documented") {
    sim::Config config;
    config.vms = 1100;
    config.clusters = 30;
    config.pc_version = "2022.6";
    const int reading = GENERATE(0, 1, 2, 3, 4);
    INFO(reading);
    switch (reading) {
        case 0:
            config.v3.length_over_500 = sim::LengthOver500::refused;
            break;
        case 1:
            config.v3.unknown_attribute = sim::UnknownAttribute::ignored;
            break;
        case 2:
            config.v3.pages_clusters = true;
            break;
        case 3:
            config.v3.shows_pseudo_hosts = true;
            break;
        default:
            config.v3.shows_ipv6 = false;
            break;
    }
    sim::Simulator prism(config);
    const LocalRun run = collect(prism);
    check_whole(run, prism);
    CHECK(run.report.failure_rows == 0);
}
