// Paging, filters, order, selection, versions and errors of the v4 lists.

#include <algorithm>
#include <set>

#include "tests/prism_sim/sim_fixture.hpp"

using namespace pf::sim;
using nlohmann::json;

namespace {

std::string with(const char* path, const std::string& query) {
    return std::string(path) + "?" + query;
}

std::vector<std::string> field_of(const json& entries, const char* name) {
    std::vector<std::string> values;
    for (const json& entry : entries) values.push_back(entry.at(name).get<std::string>());
    return values;
}

std::string link(const json& answer, const std::string& relation) {
    for (const json& entry : answer["metadata"]["links"])
        if (entry["rel"] == relation) return entry["href"];
    return {};
}

}  // namespace

TEST_CASE("a list without parameters is the first page of 50") {
    SimFixture sim({.vms = 120});
    const json answer = sim.json(kVms);
    CHECK(answer["data"].size() == 50);
    CHECK(answer["metadata"]["totalAvailableResults"] == 120);
    CHECK(answer["$dataItemDiscriminator"] == "List<vmm.v4.ahv.config.Vm>");
    CHECK(link(answer, "self") ==
          "https://localhost/api/vmm/v4.3/ahv/config/vms?$page=0&$limit=50");
    CHECK(link(answer, "next") ==
          "https://localhost/api/vmm/v4.3/ahv/config/vms?$page=1&$limit=50");
    CHECK(link(answer, "last") ==
          "https://localhost/api/vmm/v4.3/ahv/config/vms?$page=2&$limit=50");
    CHECK(link(answer, "prev").empty());
}

TEST_CASE("pages hold every VM once, with plain and encoded parameter names") {
    SimFixture sim({.vms = 250});
    std::set<std::string> ids;
    for (const char* page : {"$page=0&$limit=100", "%24page=1&%24limit=100", "$page=2&$limit=100"})
        for (const std::string& id : field_of(sim.json(with(kVms, page))["data"], "extId"))
            ids.insert(id);
    CHECK(ids.size() == 250);
}

TEST_CASE("limits outside 1 to 100 and bad pages are schema errors that name the parameter") {
    SimFixture sim;
    const auto [query, attribute] = GENERATE(
        table<std::string, std::string>({{"$limit=0", "$limit"},
                                         {"$limit=101", "$limit"},
                                         {"$limit=x", "$limit"},
                                         {"$page=-1", "$page"},
                                         {"$page=1.5", "$page"},
                                         {"$orderby=extId%20up", "$orderby"},
                                         {"$orderby=nothing", "$orderby"},
                                         {"$filter=name", "$filter"},
                                         {"$filter=memorySizeBytes%20eq%20'1'", "$filter"}}));
    INFO(query);
    const json answer = sim.json(with(kVms, query));
    CHECK(sim.response.status == 400);
    const json& error = answer["data"]["error"];
    CHECK(answer["data"]["$errorItemDiscriminator"] == "vmm.v4.error.SchemaValidationError");
    CHECK(error["path"] == kVms);
    CHECK(error["validationErrorMessages"][0]["attributePath"] == attribute);
    CHECK(answer["metadata"]["flags"][0]["value"] == true);
}

TEST_CASE("a page past the end is an empty list in the chosen style") {
    const auto style = GENERATE(EmptyData::absent, EmptyData::array);
    SimFixture sim({.vms = 10, .empty_data = style});
    for (const char* query : {"$page=1", "$page=9999999999999999"}) {
        const json answer = sim.json(with(kVms, query));
        CHECK(sim.response.status == 200);
        CHECK(answer["metadata"]["totalAvailableResults"] == 10);
        CHECK(answer.contains("data") == (style == EmptyData::array));
    }
}

TEST_CASE("an empty world lists nothing") {
    SimFixture sim({.vms = 0});
    CHECK(sim.json(kVms)["metadata"]["totalAvailableResults"] == 0);
    CHECK(sim.all(kVms).empty());
    CHECK(sim.all(kClusters).size() == 5);
}

TEST_CASE("VMs can be filtered by cluster and by id") {
    SimFixture sim({.vms = 300});
    const json clusters = sim.all(kClusters);
    std::size_t sum = 0;
    for (const json& cluster : clusters) {
        const std::string id = cluster["extId"];
        const json vms = sim.all(kVms, "&$filter=cluster/extId%20eq%20'" + id + "'");
        for (const json& vm : vms) CHECK(vm["cluster"]["extId"] == id);
        CHECK(cluster["vmCount"] == vms.size());
        sum += vms.size();
    }
    CHECK(sum == 300);
    const std::string id = to_text(sim.simulation.roster().ids()[77]);
    const json one = sim.json(with(kVms, "$filter=extId+eq+'" + id + "'"));
    CHECK(one["metadata"]["totalAvailableResults"] == 1);
    CHECK(one["data"][0]["extId"] == id);
}

TEST_CASE("filters can be refused altogether") {
    SimFixture sim({.refuse_filters = true});
    sim.ask(with(kVms, "$filter=extId+eq+'00000000-0000-4000-8000-000000000000'"));
    CHECK(sim.response.status == 400);
}

TEST_CASE("the other lists filter by their own cluster field and by cluster function") {
    SimFixture sim;
    const std::string id = to_text(sim.simulation.world().clusters[1].id);
    CHECK(sim.all(kHosts, "&$filter=cluster/uuid eq '" + id + "'").size() == 4);
    CHECK(sim.all(kContainers, "&$filter=clusterExtId eq '" + id + "'").size() == 3);
    CHECK(sim.all(kSubnets, "&$filter=clusterReference eq '" + id + "'").size() == 3);
    const json central = sim.all(kClusters,
                                 "&$filter=config/clusterFunction/any(t:t eq "
                                 "Clustermgmt.Config.ClusterFunctionRef'PRISM_CENTRAL')");
    REQUIRE(central.size() == 1);
    CHECK(central[0]["extId"] == sim.json(kDomainManagers)["data"][0]["extId"]);
}

TEST_CASE("order by extId and name, both directions") {
    SimFixture sim({.vms = 230});
    const auto ids = field_of(sim.all(kVms, "&$orderby=extId"), "extId");
    CHECK(ids.size() == 230);
    CHECK(std::is_sorted(ids.begin(), ids.end()));
    const auto names = field_of(sim.all(kVms, "&$orderby=name desc"), "name");
    CHECK(std::is_sorted(names.rbegin(), names.rend()));
}

TEST_CASE("$select keeps the named fields") {
    SimFixture sim({.vms = 60});
    const json answer = sim.json(with(kVms, "$limit=60&$select=extId,name,bootConfig"));
    const std::set<std::string> allowed = {
        "$objectType", "$reserved", "extId", "name", "bootConfig", "$bootConfigItemDiscriminator"};
    REQUIRE(answer["data"].size() == 60);
    for (const json& vm : answer["data"]) {
        CHECK(vm.contains("name"));
        for (const auto& [key, value] : vm.items()) CHECK(allowed.contains(key));
    }
}

TEST_CASE("a single object has an ETag, an unknown one an application error") {
    SimFixture sim;
    const std::string id = to_text(sim.simulation.roster().ids()[3]);
    const json found = sim.json(std::string(kVms) + "/" + id);
    CHECK(found["data"]["extId"] == id);
    CHECK(found["$dataItemDiscriminator"] == "vmm.v4.ahv.config.Vm");
    CHECK(sim.header("ETag").size() == 20);
    const json missing = sim.json(std::string(kVms) + "/00000000-0000-4000-8000-000000000000");
    CHECK(sim.response.status == 404);
    CHECK(missing["data"]["error"][0]["errorGroup"] == "ENTITY_NOT_FOUND");
    CHECK(missing["data"]["error"][0]["argumentsMap"].contains("vmExtId"));
}

TEST_CASE("unpaginated and unknown paths") {
    SimFixture sim;
    const json managers = sim.json(with(kDomainManagers, "$page=3"));
    CHECK(managers["data"].size() == 1);
    CHECK(managers["metadata"]["flags"][1]["value"] == false);
    for (const char* path : {"/api/vmm/v4.9/ahv/config/vms", "/api/vmm/v4.3.b1/ahv/config/vms",
                             "/api/vmm/v4.3/nothing", "/api/none/v4.0/x", "/api", "/",
                             "/api/multidomain/v4.4/config/projects"}) {
        INFO(path);
        const json answer = sim.json(path);
        CHECK(sim.response.status == 404);
        CHECK(answer["data"]["error"][0]["errorGroup"] == "RESOURCE_NOT_FOUND");
    }
    CHECK(sim.ask(kVms, "DELETE").status == 405);
}

TEST_CASE("OPTIONS tells each namespace's version of the release") {
    const auto version = [](const char* release, const std::string& name_space) {
        SimFixture sim({.pc_version = release});
        const json answer = sim.json("/api/" + name_space + "/unversioned/info", "OPTIONS");
        return sim.response.status == 200 ? answer["data"].get<std::string>() : "absent";
    };
    CHECK(version("7.6", "vmm") == "v4.3");
    CHECK(version("7.6", "networking") == "v4.4");
    CHECK(version("7.6", "multidomain") == "v4.4.b1");
    CHECK(version("7.5", "prism") == "v4.2");
    CHECK(version("2024.3", "clustermgmt") == "v4.0");
    CHECK(version("2022.6", "vmm") == "absent");
    CHECK_THROWS_AS(SimFixture({.pc_version = "1"}), std::invalid_argument);
}

TEST_CASE("the usual headers are there") {
    SimFixture sim;
    sim.ask(kVms);
    CHECK(sim.header("Server") == "envoy");
    CHECK(sim.header("X-Ntnx-Env") == "pc");
    CHECK(sim.header("X-Ntnx-Product") == "pc.7.6");
    CHECK_FALSE(sim.header("X-Envoy-Upstream-Service-Time").empty());
}

TEST_CASE("v3 serves the credential check, the version and project names") {
    SimFixture sim;
    CHECK(sim.json("/api/nutanix/v3/users/me")["status"]["name"] == "admin");
    CHECK(sim.json("/api/nutanix/v3/prism_central")["resources"]["version"] == "pc.7.6");
    const char* projects = "/api/nutanix/v3/projects/list";
    const json page = sim.json(projects, "POST", R"({"kind":"project","offset":4,"length":10})");
    CHECK(page["metadata"]["total_matches"] == 6);
    REQUIRE(page["entities"].size() == 2);
    const json v4 = sim.all(kProjects);
    CHECK(page["entities"][0]["metadata"]["uuid"] == v4[4]["extId"]);
    CHECK(page["entities"][0]["status"]["name"] == v4[4]["name"]);
    CHECK(sim.ask("/api/nutanix/v3/nothing").status == 404);
    SimFixture without({.serve_v3 = false});
    CHECK(without.ask("/api/nutanix/v3/users/me").status == 404);
}
