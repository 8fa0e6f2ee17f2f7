// What goes from Prism goes from CloudForet: after the third complete run, and never because a run
// could not see it.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/integration/cloudforet_site.hpp"

using namespace pf::test;
using nlohmann::json;
using pf::cloudforet_sim::Collection;
using pf::cloudforet_sim::JobState;

namespace {

constexpr std::chrono::minutes between_runs{90};

pf::sim::Config world() {
    pf::sim::Config config;
    config.vms = 60;
    config.esxi_vms = 12;
    return config;
}

// The list this Prism Central is asked for: its multidomain API is a beta, which v3 comes before.
std::string list_of(const KnownKind& kind) {
    return kind.api == "multidomain" ? "/" + kind.list_v3 : kind.list_v4;
}

std::vector<std::string> first_entry_gone(const std::string& list) {
    return {"drop-entry@0:path=" + list + ":item=0", "total:path=" + list + ":add=-1"};
}

// The types that have fewer services than before, with the ids that are not there any more.
std::map<std::string, std::set<std::string>> lost_types(
    const std::map<std::string, std::set<std::string>>& before, CloudForetSite& site) {
    std::map<std::string, std::set<std::string>> lost;
    for (const auto& [type, ids] : before) {
        const std::set<std::string> now = ids_of_type(site.inventory(), type);
        for (const std::string& id : ids) {
            if (!now.contains(id)) lost[type].insert(id);
        }
    }
    return lost;
}

std::map<std::string, std::set<std::string>> ids_by_type(CloudForetSite& site) {
    std::map<std::string, std::set<std::string>> ids;
    for (const auto& [type, count] : site.inventory().counts()) {
        ids[type] = ids_of_type(site.inventory(), type);
    }
    return ids;
}

// The kind with the VMs beside it: what happens to one kind must not touch another.
json beside_vms(const KnownKind& kind) {
    json kinds = {"vm"};
    if (kind.kind != "vm") kinds.push_back(kind.kind);
    return {{"kinds", kinds}};
}

Collection collect_later(CloudForetSite& site, const json& options = json::object()) {
    site.wait(between_runs);
    return site.collect(options);
}

}  // namespace

TEST_CASE("a deleted thing of any kind goes after the third complete run and not before") {
    for (const KnownKind& kind : CloudForetSite(world()).kinds()) {
        if (kind.list_v4.empty()) continue;
        INFO(kind.kind << " in " << list_of(kind));
        CloudForetSite site(world());
        const json options = beside_vms(kind);
        REQUIRE(site.collect(options).report.describe() == "");
        const auto before = ids_by_type(site);
        site.prism().set_faults(first_entry_gone(list_of(kind)));
        for (int run = 1; run <= 3; ++run) {
            const Collection collection = collect_later(site, options);
            CHECK(collection.report.describe() == "");
            CHECK(site.job(collection).created == 0);
            const auto lost = lost_types(before, site);
            INFO("run " << run << ": " << site.job(collection).describe());
            if (run < 3) {
                CHECK(lost.empty());
            } else {
                // One entry of the list; a kind may make several resources of one entry.
                CHECK(lost.contains(kind.type));
                CHECK((kind.is_shared || lost.size() == 1));
            }
        }
    }
}

TEST_CASE("a kind that may not be read removes nothing of any kind") {
    for (const KnownKind& kind : CloudForetSite(world()).kinds()) {
        if (kind.list_v4.empty()) continue;
        INFO(kind.kind << " in " << list_of(kind));
        CloudForetSite site(world());
        const json options = beside_vms(kind);
        REQUIRE(site.collect(options).report.describe() == "");
        const auto before = ids_by_type(site);
        auto faults = first_entry_gone("/ahv/config/vms");
        faults.push_back("forbidden:path=" + list_of(kind));
        site.prism().set_faults(faults);
        for (int run = 1; run <= 4; ++run) {
            const Collection collection = collect_later(site, options);
            CHECK(site.job(collection).state == JobState::failure);
            CHECK(site.job(collection).deleted == 0);
        }
        CHECK(lost_types(before, site).empty());
        site.prism().set_faults({});
        CHECK(site.job(collect_later(site, options)).state == JobState::success);
        CHECK(lost_types(before, site).empty());
    }
}

TEST_CASE("a target that is down removes nothing of itself nor of the others") {
    pf::sim::Config second_config = world();
    second_config.seed = 8;
    pf::sim::Simulator second(second_config);
    CloudForetSite site(world());
    const auto entry = [](std::uint16_t port, const std::string& ca) {
        return json::parse(secret_for(port, ca));
    };
    site.set_secret(json{{"clusters",
                          {entry(site.prism().port(), site.prism().ca_pem()),
                           entry(second.port(), second.ca_pem())}}}
                        .dump());
    const Collection first = site.collect();
    CHECK(first.report.describe() == "");
    const auto before = ids_by_type(site);
    REQUIRE(before.at("AHV/VirtualMachine").size() == 120);
    second.stop();
    for (int run = 1; run <= 4; ++run) {
        const Collection collection = collect_later(site);
        CHECK(site.job(collection).state == JobState::failure);
        CHECK(site.job(collection).created == 0);
        CHECK(site.job(collection).updated >= 60);  // the other one arrives
    }
    CHECK(lost_types(before, site).empty());
}
