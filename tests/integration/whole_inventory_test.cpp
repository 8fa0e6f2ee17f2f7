// Everything every module makes, through the whole plugin into an inventory: complete, each once,
// as tasks and as one collect, by v4 and by v3.
#include <catch2/catch.hpp>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "tests/cloudforet_sim/inventory/resolution.hpp"
#include "tests/integration/cloudforet_site.hpp"

using namespace pf::test;
using nlohmann::json;

namespace {

pf::sim::Config large_world() {
    pf::sim::Config config;
    config.vms = 2000;
    config.clusters = 12;
    config.hosts_per_cluster = 17;
    config.subnets = 300;
    config.esxi_vms = 100;
    config.containers = 40;
    config.volume_groups = 150;
    config.recovery_points = 5000;
    return config;
}

// Collects and expects nothing to be wrong: calls, FAILURE rows, the row check, the inventory.
void collect_whole(CloudForetSite& site, const json& options, bool by_tasks) {
    const auto collection = site.collect(options, by_tasks);
    INFO(options.dump() << (by_tasks ? " by tasks\n" : " at once\n")
                        << collection.report.summary());
    CHECK(collection.report.describe() == "");
    CHECK(site.job(collection).describe() ==
          "SUCCESS: created " + std::to_string(site.inventory().services().size()) +
              ", updated 0, failed 0, disconnected 0, deleted 0\n");
    CHECK(collection.report.rows.unique_services() == site.inventory().services().size());
}

}  // namespace

TEST_CASE("every kind arrives whole, each thing once, by tasks as by one collect") {
    for (const char* api : {"auto", "v3"}) {
        const json options = {{"api_version", api}};
        CloudForetSite site(large_world());
        CloudForetSite other(large_world());
        collect_whole(site, options, false);
        collect_whole(other, options, true);
        std::printf("whole inventory, api_version %s:\n%s", api,
                    counts_in_words(site.inventory()).c_str());
        CHECK(differences_of(documents_of(site.inventory()), documents_of(other.inventory())) ==
              "");
        const auto counts = site.inventory().counts();
        for (const KnownKind& kind : site.kinds()) {
            INFO(kind.kind);
            const bool is_served = std::string(api) == "auto" || !kind.list_v3.empty();
            CHECK((counts.contains(kind.type) == is_served));
        }
    }
}

TEST_CASE("every key of every layout and metric resolves for some entity of its kind") {
    CloudForetSite site(large_world());
    const auto collection = site.collect();
    REQUIRE(collection.report.describe() == "");
    std::string problems;
    std::size_t fields = 0;
    for (const auto& [name, type] : site.inventory().catalogue().types()) {
        const auto services = pf::cloudforet_sim::services_of(
            site.inventory(), type.value("group", ""), type.value("name", ""));
        for (const std::string& each : pf::cloudforet_sim::unresolved_fields(type, services)) {
            problems += name + " " + each + "\n";
        }
        ++fields;
    }
    CHECK(fields >= site.kinds().size());
    for (const auto& [id, metric] : site.inventory().catalogue().metrics()) {
        const std::string of = metric.document.value("resource_type", "");
        const auto services = [&] {
            auto found = site.inventory().services();
            std::erase_if(found, [&](const pf::cloudforet_sim::CloudService* each) {
                const std::string type = "inventory.CloudService:nutanix." + each->type();
                return of != type.substr(0, type.find('/')) + "." + type.substr(type.find('/') + 1);
            });
            return found;
        }();
        for (const std::string& each :
             pf::cloudforet_sim::unresolved_keys(metric.document, services)) {
            problems += id + " " + each + "\n";
        }
    }
    std::printf("types %zu, metrics %zu, namespaces %zu\n", fields,
                site.inventory().catalogue().metrics().size(),
                site.inventory().catalogue().namespaces().size());
    CHECK(problems == "");
}
