// What CloudForet has stays as it is while Prism stays as it is: no second copy of anything and no
// history, whichever API is read.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/integration/cloudforet_site.hpp"

using namespace pf::test;
using nlohmann::json;
using pf::cloudforet_sim::Collection;

namespace {

pf::sim::Config world() {
    pf::sim::Config config;
    config.vms = 600;
    config.esxi_vms = 40;
    return config;
}

std::size_t run_first(CloudForetSite& site, const json& options) {
    const Collection first = site.collect(options);
    CHECK(first.report.describe() == "");
    CHECK(site.job(first).failed == 0);
    CHECK(site.job(first).created > 0);
    return site.job(first).created;
}

}  // namespace

TEST_CASE("a second run of an unchanged Prism creates nothing and writes no history") {
    for (const char* api : {"auto", "v3"}) {
        for (const char* encoding : {"json", "struct"}) {
            const json options = {{"api_version", api}, {"encoding", encoding}};
            INFO(options.dump());
            CloudForetSite site(world());
            const std::size_t created = run_first(site, options);
            const auto before = documents_of(site.inventory());
            site.wait(std::chrono::hours(12));
            const Collection second = site.collect(options);
            CHECK(site.job(second).describe() == "SUCCESS: created 0, updated " +
                                                     std::to_string(created) +
                                                     ", failed 0, disconnected 0, deleted 0\n");
            CHECK(pf::cloudforet_sim::keys_in_words(site.history(second)) == "");
            CHECK(differences_of(before, documents_of(site.inventory())) == "");
        }
    }
}

TEST_CASE("v3 first and then v4 of the same Prism: nothing is created again, nor deleted") {
    CloudForetSite site(world());
    run_first(site, {{"api_version", "v3"}});
    const auto by_v3 = documents_of(site.inventory());
    site.wait(std::chrono::hours(12));
    const Collection second = site.collect();
    CHECK(second.report.describe() == "");
    CHECK(site.job(second).failed == 0);
    // What v3 does not have comes new with v4; everything else is found again.
    std::set<std::string> types_of_v3;
    for (const KnownKind& kind : site.kinds()) {
        if (!kind.list_v3.empty()) types_of_v3.insert(kind.type);
    }
    for (const auto& record : site.history(second)) {
        if (record.action != pf::cloudforet_sim::Action::create) continue;
        const auto services = site.inventory().find(record.resource_id);
        REQUIRE_FALSE(services.empty());
        INFO(services.front()->type() << " " << record.resource_id);
        CHECK_FALSE(types_of_v3.contains(services.front()->type()));
    }
    const auto by_v4 = documents_of(site.inventory());
    for (const auto& [name, document] : by_v3) CHECK(by_v4.contains(name));
    CHECK(site.job(second).disconnected == 0);
}

TEST_CASE("a Prism Central that is upgraded from 2022.6 to 7.6 keeps its resources") {
    pf::sim::Config config = world();
    config.pc_version = "2022.6";
    CloudForetSite site(config);
    const std::size_t created = run_first(site, json::object());
    site.replace_prism(world());
    site.wait(std::chrono::hours(12));
    const Collection second = site.collect();
    CHECK(second.report.describe() == "");
    CHECK(site.job(second).updated == created);
}
