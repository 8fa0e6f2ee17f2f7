// Paging, filters, order, single entities, groups and errors of v3.

#include <set>

#include "tests/prism_sim/sim_fixture.hpp"

using namespace pf::sim;
using nlohmann::json;

namespace {

std::string id_of(const json& entity) { return entity["metadata"]["uuid"].get<std::string>(); }
std::string name_of(const json& entity) { return entity["status"]["name"].get<std::string>(); }

void require_error(const SimFixture& sim, const json& answer, std::uint32_t status) {
    INFO(answer.dump());
    CHECK(sim.response.status == status);
    CHECK(answer["state"] == "ERROR");
    CHECK(answer["api_version"] == "3.1");
    CHECK(answer["message_list"][0].contains("reason"));
    CHECK(answer["message_list"][0].contains("message"));
}

}  // namespace

TEST_CASE("v3: a list without a window is the first 20") {
    SimFixture sim({.vms = 45});
    const json answer = sim.post("vms/list", {{"kind", "vm"}});
    CHECK(answer["entities"].size() == 20);
    CHECK(answer["metadata"] ==
          json({{"kind", "vm"}, {"offset", 0}, {"length", 20}, {"total_matches", 45}}));
    const json tail = sim.post("vms/list", {{"offset", 40}, {"length", 20}});
    CHECK(tail["metadata"]["length"] == 5);
    CHECK(tail["entities"].size() == 5);
    const json beyond = sim.post("vms/list", {{"offset", 45}});
    CHECK(beyond["metadata"]["length"] == 0);
    CHECK(beyond["entities"].empty());
    CHECK(sim.json("/api/nutanix/v3/vms/list", "POST")["entities"].size() == 20);
}

TEST_CASE("v3: windows hold every VM once") {
    SimFixture sim({.vms = 730});
    std::set<std::string> ids;
    for (const json& vm : sim.all_v3("vms", {{"kind", "vm"}}, 100)) ids.insert(id_of(vm));
    std::set<std::string> expected;
    for (const Uuid& id : sim.simulation.roster().ids()) expected.insert(to_text(id));
    CHECK(ids == expected);
}

TEST_CASE("v3: a length over 500 is capped or refused") {
    SimFixture capped({.vms = 620});
    const json answer = capped.post("vms/list", {{"length", 1000}});
    CHECK(answer["metadata"]["length"] == 500);
    CHECK(answer["entities"].size() == 500);
    SimFixture strict({.v3 = {.length_over_500 = LengthOver500::refused}});
    require_error(strict, strict.post("vms/list", {{"length", 501}}), 422);
    CHECK(strict.post("vms/list", {{"length", 500}})["entities"].size() == 500);
}

TEST_CASE("v3: clusters answer without offset and length, and include Prism Central") {
    SimFixture sim({.clusters = 30, .hosts_per_cluster = 1});
    const json answer = sim.post("clusters/list", {{"kind", "cluster"}, {"length", 5}});
    CHECK(answer["metadata"] == json({{"kind", "cluster"}, {"total_matches", 31}}));
    REQUIRE(answer["entities"].size() == 31);
    const json& central = answer["entities"].back();
    CHECK(central["status"]["resources"]["config"]["service_list"] == json({"PRISM_CENTRAL"}));
    CHECK_FALSE(central["status"]["resources"].contains("nodes"));
    SimFixture paged({.clusters = 30, .hosts_per_cluster = 1, .v3 = {.pages_clusters = true}});
    const json page = paged.post("clusters/list", {{"kind", "cluster"}});
    CHECK(page["entities"].size() == 20);
    CHECK(page["metadata"]["length"] == 20);
    CHECK(page["metadata"]["total_matches"] == 31);
}

TEST_CASE("v3: hosts come all at once, whatever window is asked for") {
    SimFixture sim({.clusters = 10, .hosts_per_cluster = 60});
    const json answer = sim.post("hosts/list", {{"kind", "host"}, {"offset", 3}, {"length", 10}});
    CHECK(answer["entities"].size() == 600);
    CHECK(answer["metadata"]["length"] == 600);
    SimFixture pseudo({.clusters = 1, .hosts_per_cluster = 2, .v3 = {.shows_pseudo_hosts = true}});
    const json hosts = pseudo.all_v3("hosts");
    REQUIRE(hosts.size() == 3);
    CHECK_FALSE(hosts[2]["status"]["resources"].contains("hypervisor"));
    CHECK_FALSE(hosts[2]["status"].contains("name"));
}

TEST_CASE("v3: FIQL filters") {
    SimFixture sim({.vms = 400});
    const json all = sim.all_v3("vms");
    const std::string cluster = all[5]["status"]["cluster_reference"]["uuid"];
    const std::string cluster_name = all[5]["status"]["cluster_reference"]["name"];
    const auto is_there = [&](const json& vm) {
        return vm["status"]["cluster_reference"]["uuid"] == cluster;
    };
    const auto is_off = [](const json& vm) {
        return vm["status"]["resources"]["power_state"] == "OFF";
    };
    const auto count = [&](const std::string& filter) {
        return sim.all_v3("vms", {{"filter", filter}}, 7).size();
    };
    const auto there = static_cast<std::size_t>(std::count_if(all.begin(), all.end(), is_there));
    const auto off = static_cast<std::size_t>(std::count_if(all.begin(), all.end(), is_off));
    const auto both = static_cast<std::size_t>(std::count_if(
        all.begin(), all.end(), [&](const json& vm) { return is_there(vm) && is_off(vm); }));
    REQUIRE(both > 0);
    CHECK(count("cluster_uuid==" + cluster) == there);
    CHECK(count("cluster==" + cluster) == there);
    CHECK(count("cluster_name==" + cluster_name) == there);
    CHECK(count("power_state==off") == off);
    CHECK(count("power_state!=OFF") == all.size() - off);
    CHECK(count("cluster==" + cluster + ";power_state==off") == both);
    CHECK(count("cluster==" + cluster + ",power_state==off") == there + off - both);
    CHECK(count("(cluster==" + cluster + ",power_state==off);uuid==" + id_of(all[5])) == 1);
    CHECK(count("uuid==" + id_of(all[9])) == 1);
    CHECK(count("cluster==00000000-0000-4000-8000-000000000000") == 0);
    const std::string name = name_of(all[0]);
    const auto named =
        std::count_if(all.begin(), all.end(), [&](const json& vm) { return name_of(vm) == name; });
    CHECK(count("vm_name==" + name) == static_cast<std::size_t>(named));
    CHECK(sim.all_v3("hosts", {{"filter", "cluster_uuid==" + cluster}}).size() == 4);
    CHECK(sim.all_v3("subnets", {{"filter", "cluster_name==" + cluster_name}}).size() == 3);
}

TEST_CASE("v3: an unknown filter or order is refused or ignored") {
    SimFixture strict({.vms = 30});
    require_error(strict, strict.post("vms/list", {{"filter", "colour==red"}}), 422);
    require_error(strict, strict.post("vms/list", {{"sort_attribute", "colour"}}), 422);
    SimFixture lenient({.vms = 30, .v3 = {.unknown_attribute = UnknownAttribute::ignored}});
    CHECK(lenient.all_v3("vms", {{"filter", "colour==red"}, {"sort_attribute", "x"}}).size() == 30);
    const json off = lenient.all_v3("vms", {{"filter", "colour==red;power_state==off"}});
    CHECK(off.size() == lenient.all_v3("vms", {{"filter", "power_state==off"}}).size());
    CHECK(off.size() < 30);
}

TEST_CASE("v3: bodies that make no sense are refused") {
    SimFixture sim;
    const auto body = GENERATE(
        as<std::string>{}, "[]", "{", "{\"offset\":-1}", "{\"offset\":\"0\"}", "{\"length\":0}",
        "{\"length\":1.5}", "{\"kind\":\"host\"}", "{\"filter\":\"vm_name\"}",
        "{\"filter\":\"(vm_name==a\"}", "{\"sort_order\":\"up\"}", "{\"filter\":7}");
    INFO(body);
    require_error(sim, sim.json("/api/nutanix/v3/vms/list", "POST", body), 422);
}

TEST_CASE("v3: order by name and uuid, both directions") {
    SimFixture sim({.vms = 210});
    std::vector<std::string> names, ids;
    for (const json& vm : sim.all_v3("vms", {{"sort_attribute", "name"}}))
        names.push_back(name_of(vm));
    CHECK(std::is_sorted(names.begin(), names.end()));
    for (const json& vm :
         sim.all_v3("vms", {{"sort_attribute", "uuid"}, {"sort_order", "DESCENDING"}}))
        ids.push_back(id_of(vm));
    CHECK(ids.size() == 210);
    CHECK(std::is_sorted(ids.rbegin(), ids.rend()));
}

TEST_CASE("v3: single entities are those of the lists") {
    SimFixture sim({.vms = 20});
    for (const char* plural : {"vms", "clusters", "hosts", "subnets", "images", "projects"}) {
        INFO(plural);
        const json listed = sim.all_v3(plural)[1];
        json got = sim.json("/api/nutanix/v3/" + std::string(plural) + "/" + id_of(listed));
        CHECK(sim.response.status == 200);
        CHECK(got["api_version"] == "3.1");
        got.erase("api_version");
        CHECK(got == listed);
        for (const char* id : {"00000000-0000-4000-8000-000000000000", "x"})
            require_error(sim, sim.json("/api/nutanix/v3/" + std::string(plural) + "/" + id), 404);
    }
    require_error(sim, sim.json("/api/nutanix/v3/vms"), 404);
    require_error(sim, sim.json("/api/nutanix/v3/unknown_things/list", "POST", "{}"), 404);
    require_error(sim, sim.json("/api/nutanix/v3/vms/list", "PUT", "{}"), 404);
}

TEST_CASE("v3: categories are keys, then the values of each key") {
    SimFixture sim;
    std::set<std::pair<std::string, std::string>> pairs, expected;
    json keys = sim.post("categories/list", {{"kind", "category"}, {"length", 500}})["entities"];
    for (const json& key : keys) {
        const std::string name = key["name"];
        const json answer = sim.post("categories/" + name + "/list", {{"kind", "category"}});
        REQUIRE(sim.response.status == 200);
        for (const json& value : answer["entities"]) {
            CHECK(value["name"] == name);
            CHECK(pairs.emplace(name, value["value"].get<std::string>()).second);
        }
    }
    for (const json& category : sim.all(kCategories))
        expected.emplace(category["key"].get<std::string>(), category["value"].get<std::string>());
    CHECK(pairs == expected);
    CHECK(sim.post("categories/list", {{"length", 3}})["metadata"]["total_matches"] == keys.size());
    require_error(sim, sim.post("categories/none/list", json::object()), 404);
}

TEST_CASE("v3: groups tell of storage containers, column by column") {
    SimFixture sim;
    const json query = {
        {"entity_type", "storage_container"},
        {"group_member_offset", 2},
        {"group_member_count", 4},
        {"group_member_attributes", json::array({{{"attribute", "container_name"}},
                                                 {{"attribute", "cluster"}},
                                                 {{"attribute", "storage.user_capacity_bytes"}},
                                                 {{"attribute", "nothing"}}})}};
    const json answer = sim.post("groups", query);
    CHECK(answer["total_entity_count"] == 12);
    const json& results = answer["group_results"][0]["entity_results"];
    REQUIRE(results.size() == 4);
    const json containers = sim.all(kContainers);
    for (std::size_t i = 0; i < 4; ++i) {
        const json& container = containers[i + 2];
        CHECK(results[i]["entity_id"] == container["containerExtId"]);
        const auto value = [&](std::size_t column) {
            return results[i]["data"][column]["values"][0]["values"][0].get<std::string>();
        };
        CHECK(value(0) == container["name"]);
        CHECK(value(1) == container["clusterExtId"]);
        CHECK(value(2) == std::to_string(container["maxCapacityBytes"].get<std::uint64_t>()));
        CHECK(results[i]["data"][3]["values"].empty());
    }
    require_error(sim, sim.post("groups", {{"entity_type", "teapot"}}), 422);
    const std::string cluster = containers[0]["clusterExtId"];
    const json filtered = sim.post("groups", {{"entity_type", "storage_container"},
                                              {"filter_criteria", "cluster==" + cluster}});
    CHECK(filtered["filtered_entity_count"] == 3);
}

TEST_CASE("v3: a server error has the v3 body") {
    SimFixture sim({.faults = {"status-500"}});
    require_error(sim, sim.post("vms/list", json::object()), 500);
}

TEST_CASE("v3: errors in an answer with status 200") {
    SimFixture sim({.vms = 400, .v3 = {.error_vms = 10, .error_in_200 = {"subnet"}}});
    require_error(sim, sim.post("subnets/list", json::object()), 200);
    std::size_t broken = 0;
    for (const json& vm : sim.all_v3("vms")) {
        if (vm["status"]["state"] == "COMPLETE") continue;
        ++broken;
        CHECK(vm["status"]["state"] == "ERROR");
        CHECK_FALSE(vm["status"].contains("resources"));
        CHECK(vm["status"]["message_list"][0].contains("message"));
        CHECK_FALSE(id_of(vm).empty());
    }
    CHECK(broken > 10);
    CHECK(broken < 100);
}

TEST_CASE("v3: 100,000 VMs, one window at a time") {
    SimFixture sim({.vms = 100'000});
    std::uint64_t bytes = 0;
    for (int window = 0; window < 200; window += 20) {
        bytes += sim.ask("/api/nutanix/v3/vms/list", "POST",
                         json({{"offset", window * 500}, {"length", 500}}).dump())
                     .body.size();
        CHECK(sim.response.status == 200);
    }
    CHECK(bytes > 10 * 500 * 4'000);
}

TEST_CASE("v3: churn and counts") {
    SimFixture sim({.vms = 60, .churn_every = 1});
    for (int i = 0; i < 7; ++i) sim.post("vms/list", {{"length", 1}});
    CHECK(sim.simulation.stats().vms_deleted == 4);
    CHECK(sim.simulation.stats().vms_created == 3);
}
