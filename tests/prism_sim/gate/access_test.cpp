// Cookies, redirections, login bursts, permissions and identity headers.

#include <set>

#include "tests/prism_sim/sim_fixture.hpp"

using namespace pf::sim;
using nlohmann::json;
using namespace std::chrono_literals;

namespace {

// Name and value of every cookie the last answer set, as a client sends them back.
std::vector<std::string> cookies_of(const SimFixture& sim) {
    std::vector<std::string> pairs;
    for (const auto& [name, value] : sim.response.headers)
        if (name == "Set-Cookie") pairs.push_back(value.substr(0, value.find(';')));
    return pairs;
}

std::uint32_t status_with_cookie(SimFixture& sim, const std::string& cookie) {
    Request request;
    request.cookie = cookie;
    return sim.ask_as(request, kVms).status;
}

std::set<std::string> ids_of(const json& entries, const char* id = "extId") {
    std::set<std::string> ids;
    for (const json& entry : entries) ids.insert(entry.at(id).get<std::string>());
    return ids;
}

}  // namespace

TEST_CASE("session cookies have either name, or both and both are needed") {
    SimFixture igw, jsession({.access = {.cookie_names = CookieNames::jsessionid}}),
        both({.access = {.cookie_names = CookieNames::both}});
    igw.ask(kVms);
    REQUIRE(cookies_of(igw).size() == 1);
    CHECK(cookies_of(igw)[0].starts_with("NTNX_IGW_SESSION="));
    jsession.ask(kVms);
    REQUIRE(cookies_of(jsession).size() == 1);
    CHECK(cookies_of(jsession)[0].starts_with("JSESSIONID="));
    CHECK(status_with_cookie(jsession, cookies_of(jsession)[0]) == 200);
    both.ask(kVms);
    const auto pairs = cookies_of(both);
    REQUIRE(pairs.size() == 2);
    CHECK(status_with_cookie(both, pairs[0]) == 401);
    CHECK(status_with_cookie(both, pairs[1]) == 401);
    CHECK(status_with_cookie(both, pairs[1] + "; " + pairs[0]) == 200);
}

TEST_CASE("cookies come at login, with every answer, or never") {
    SimFixture login, always({.access = {.cookies = Cookies::always}}),
        never({.access = {.cookies = Cookies::never}});
    login.ask(kVms);
    CHECK(status_with_cookie(login, cookies_of(login)[0]) == 200);
    CHECK(cookies_of(login).empty());
    always.ask(kVms);
    const auto first = cookies_of(always);
    CHECK(status_with_cookie(always, first[0]) == 200);
    CHECK(cookies_of(always) == first);
    never.ask(kVms);
    CHECK(never.response.status == 200);
    CHECK(cookies_of(never).empty());
}

TEST_CASE("the first logins are redirected, with the cookie to come back with") {
    SimFixture sim({.vms = 3, .access = {.redirects = 1}});
    CHECK(sim.ask(std::string(kVms) + "?$limit=2").status == 302);
    CHECK(sim.header("Location") == "https://localhost" + std::string(kVms) + "?$limit=2");
    CHECK(sim.response.body.size() == 0);
    const std::string token = sim.header("X-Redirect-Token");
    CHECK(status_with_cookie(sim, token) == 200);
    CHECK(sim.ask(kVms).status == 200);
    Request wrong;
    wrong.authorization = "Basic d3Jvbmc6d3Jvbmc=";
    SimFixture other({.access = {.redirects = 1}});
    CHECK(other.ask_as(wrong, kVms).status == 401);
}

TEST_CASE("the API key convention is a client's: as a user name it is nobody") {
    SimFixture sim({.api_key = "key-1"});
    Request request;
    request.authorization = "Basic WC1udG54LWFwaS1rZXk6a2V5LTE=";  // X-ntnx-api-key:key-1
    CHECK(sim.ask_as(request, kVms).status == 401);
    Request key;
    key.api_key = "key-1";
    CHECK(sim.ask_as(key, "/api/nutanix/v3/users/me").status == 200);
}

TEST_CASE("logins beyond some at once fail until the others are done") {
    LoginBurst burst(2, 100ms);
    const auto now = LoginBurst::Clock::now();
    CHECK(burst.begin(now));
    CHECK(burst.begin(now + 50ms));
    CHECK_FALSE(burst.begin(now + 99ms));
    CHECK(burst.begin(now + 100ms));
    CHECK_FALSE(burst.begin(now + 120ms));
    LoginBurst none(0, 100ms);
    for (int i = 0; i < 50; ++i) CHECK(none.begin(now));

    SimFixture sim({.access = {.logins_at_once = 1, .login_time = std::chrono::hours(1)}});
    CHECK(sim.ask(kVms).status == 200);
    CHECK(sim.response.delivery.delay == std::chrono::hours(1));
    const std::string cookie = cookies_of(sim)[0];
    CHECK(sim.ask(kVms).status == 401);
    CHECK(status_with_cookie(sim, cookie) == 200);
    const Stats stats = sim.simulation.stats();
    CHECK(stats.logins == 1);
    CHECK(stats.burst_refusals == 1);
    CHECK(stats.failed_logins == 0);
}

TEST_CASE("X-Ntnx-Product stands where it is known to stand, or not") {
    SimFixture usual, bare({.access = {.product_on_401 = false, .product_on_v4 = false}});
    const auto product = [](SimFixture& sim, const char* path, bool is_known) {
        if (is_known)
            sim.ask(path);
        else
            sim.ask_as({}, path);
        return sim.header("X-Ntnx-Product");
    };
    const char* me = "/api/nutanix/v3/users/me";
    for (const char* path : {kVms, me})
        for (const bool is_known : {true, false}) CHECK(product(usual, path, is_known) == "pc.7.6");
    CHECK(product(bare, me, true) == "pc.7.6");
    CHECK(product(bare, me, false).empty());
    CHECK(product(bare, kVms, true).empty());
    CHECK(product(bare, kVms, false).empty());
}

TEST_CASE("a v3 401 can be plain text") {
    SimFixture sim({.v3 = {.plain_401 = true}});
    sim.ask_as({}, "/api/nutanix/v3/users/me");
    CHECK(sim.response.status == 401);
    CHECK(sim.response.content_type == "text/plain");
}

TEST_CASE("an account that sees some VMs gets shorter lists, while the counts stay true") {
    SimFixture sim({.vms = 500, .access = {.visible_vms = 40}}), all({.vms = 500});
    for (int i = 0; i < 5; ++i) {
        sim.simulation.roster().churn();
        all.simulation.roster().churn();
    }
    const auto seen = ids_of(sim.all(kVms));
    CHECK(seen.size() > 100);
    CHECK(seen.size() < 300);
    CHECK(sim.json(kVms)["metadata"]["totalAvailableResults"] == seen.size());
    CHECK(sim.json(kVms) != all.json(kVms));
    std::set<std::string> seen_by_v3, visible;
    for (const json& vm : sim.all_v3("vms")) seen_by_v3.insert(vm["metadata"]["uuid"]);
    CHECK(seen_by_v3 == seen);
    for (const Uuid& id : sim.simulation.roster().visible_ids()) visible.insert(to_text(id));
    CHECK(visible == seen);
    // What it does not see does not exist for it.
    for (const std::string& id : ids_of(all.all(kVms)))
        CHECK(sim.ask(std::string(kVms) + "/" + id).status == (seen.contains(id) ? 200U : 404U));
    CHECK(sim.all(kClusters) == all.all(kClusters));
    CHECK(sim.all(kHosts) == all.all(kHosts));
    std::uint64_t counted = 0;
    for (const json& cluster : sim.all(kClusters))
        counted += cluster["vmCount"].get<std::uint64_t>();
    CHECK(counted == 499);
}

TEST_CASE("an account that sees some clusters sees nothing of the others") {
    SimFixture sim({.vms = 300, .access = {.visible_clusters = 50}});
    const json clusters = sim.all(kClusters);
    const auto seen = ids_of(clusters);
    REQUIRE(clusters.size() == 3);  // two of four, and Prism Central
    for (const json& host : sim.all(kHosts)) CHECK(seen.contains(host["cluster"]["uuid"]));
    for (const json& vm : sim.all(kVms)) CHECK(seen.contains(vm["cluster"]["extId"]));
    for (const json& container : sim.all(kContainers))
        CHECK(seen.contains(container["clusterExtId"]));
    CHECK(sim.all(kHosts).size() == 8);
    CHECK(sim.all(kSubnets).size() == 2 * 3 + 4);
    CHECK(sim.all_v3("clusters").size() == 3);
    CHECK(sim.all_v3("hosts").size() == 8);
    CHECK(sim.all_v3("subnets").size() == 10);
    CHECK(sim.post("groups", {{"entity_type", "storage_container"}})["total_entity_count"] == 6);
    const std::string hidden = to_text(sim.simulation.world().clusters[3].id);
    CHECK(sim.ask(std::string(kClusters) + "/" + hidden).status == 404);
    CHECK(sim.ask("/api/nutanix/v3/clusters/" + hidden).status == 404);
    CHECK_THROWS_AS(SimFixture({.access = {.visible_clusters = 101}}), std::invalid_argument);
}

TEST_CASE("a kind can be forbidden, naming the role that is missing") {
    SimFixture sim({.access = {.forbidden = {"subnet", "vm=Prism Viewer", "storage_container",
                                             "category", "image"}}});
    CHECK(sim.ask(kSubnets).status == 403);
    CHECK(sim.response.body.size() == 0);
    const json vms = sim.json(kVms);
    CHECK(sim.response.status == 403);
    CHECK(vms["data"]["error"][0]["errorGroup"] == "ACCESS_DENIED");
    CHECK(vms["data"]["error"][0]["message"].get<std::string>().find("Prism Viewer") !=
          std::string::npos);
    const std::string id = to_text(sim.simulation.roster().ids()[0]);
    CHECK(sim.ask(std::string(kVms) + "/" + id).status == 403);
    CHECK(sim.ask("/api/nutanix/v3/vms/" + id).status == 403);
    const json old = sim.post("vms/list", json::object());
    CHECK(sim.response.status == 403);
    CHECK(old["message_list"][0]["reason"] == "ACCESS_DENIED");
    CHECK(old["message_list"][0]["message"].get<std::string>().find("Prism Viewer") !=
          std::string::npos);
    for (const char* path :
         {"groups", "subnets/list", "categories/list", "categories/Team/list", "images/list"}) {
        INFO(path);
        CHECK(sim.post(path, {{"entity_type", "storage_container"}})["code"] == 403);
    }
    CHECK(sim.ask(kContainers).status == 403);
    CHECK(sim.ask(kHosts).status == 200);
    CHECK_THROWS_AS(SimFixture({.access = {.forbidden = {"vms"}}}), std::invalid_argument);
}

TEST_CASE("the size of a Prism Central and its published rate limit") {
    const auto [size, v4, v3, requests] = GENERATE(table<PcSize, std::string, std::string, int>(
        {{PcSize::xsmall, "STARTER", "kStarter", 30},
         {PcSize::small, "SMALL", "kSmall", 40},
         {PcSize::large, "LARGE", "kLarge", 60},
         {PcSize::xlarge, "EXTRALARGE", "kExtraLarge", 80}}));
    SimFixture sim({.pc_size = size});
    CHECK(sim.json(kDomainManagers)["data"][0]["config"]["size"] == v4);
    CHECK(sim.json("/api/nutanix/v3/prism_central")["resources"]["pc_size"] == v3);
    SimFixture limited({.vms = 1, .pc_size = size, .rate_limit_of_size = true});
    int good = 0;
    while (limited.ask(kDomainManagers).status == 200) ++good;
    CHECK(good >= requests);
    CHECK(limited.response.status == 429);
}

TEST_CASE("a Prism Element has no v4 and no Prism Central, but its own cluster") {
    SimFixture sim({.vms = 200, .prism_element = true});
    for (const char* path : {kVms, kClusters, kDomainManagers}) {
        CHECK(sim.ask(path).status == 404);
        CHECK(sim.response.content_type == "text/html");
    }
    CHECK(sim.ask("/api/vmm/unversioned/info", "OPTIONS").status == 404);
    CHECK(sim.ask("/api/nutanix/v3/prism_central").status == 404);
    CHECK(sim.header("X-Ntnx-Env") == "pe");
    CHECK(sim.header("X-Ntnx-Product") == "7.6");
    const json clusters = sim.all_v3("clusters");
    REQUIRE(clusters.size() == 1);
    CHECK(clusters[0]["status"]["resources"]["config"]["service_list"] == json({"AOS"}));
    const std::string id = clusters[0]["metadata"]["uuid"];
    const json vms = sim.all_v3("vms");
    CHECK(vms.size() > 20);
    CHECK(vms.size() < 100);
    for (const json& vm : vms) CHECK(vm["status"]["cluster_reference"]["uuid"] == id);
    CHECK(sim.ask("/api/nutanix/v3/projects/list", "POST").status == 404);
    CHECK(sim.ask("/api/nutanix/v3/categories/list", "POST").status == 404);
    for (const char* base : {"/PrismGateway/services/rest/v2.0/", "/api/nutanix/v2.0/"}) {
        CHECK(sim.json(std::string(base) + "cluster")["uuid"] == id);
        const json hosts = sim.json(std::string(base) + "hosts/");
        CHECK(hosts["metadata"]["grand_total_entities"] == 4);
        REQUIRE(hosts["entities"].size() == 4);
        const json v3 = sim.all_v3("hosts");
        for (std::size_t i = 0; i < 4; ++i) {
            const json& host = hosts["entities"][i];
            CHECK(host["uuid"] == v3[i]["metadata"]["uuid"]);
            CHECK(host["cluster_uuid"] == id);
            CHECK(host["num_vms"] == v3[i]["status"]["resources"]["hypervisor"]["num_vms"]);
            CHECK(host["memory_capacity_in_bytes"].get<std::uint64_t>() >> 20 ==
                  v3[i]["status"]["resources"]["memory_capacity_mib"]);
        }
        CHECK(sim.ask(std::string(base) + "nothing").status == 404);
    }
}

TEST_CASE("a Prism Central answers a part of v2 as well") {
    SimFixture sim;
    CHECK(sim.json("/api/nutanix/v2.0/clusters")["entities"].size() == 4);
    CHECK(sim.json("/api/nutanix/v2.0/hosts")["entities"].size() == 16);
    CHECK(sim.json("/api/nutanix/v2.0/cluster")["uuid"] ==
          sim.json(kDomainManagers)["data"][0]["extId"]);
}
