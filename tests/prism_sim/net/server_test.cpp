// The simulator over TLS, asked by an HTTPS client that shares nothing with it but the CA.

#include <algorithm>
#include <atomic>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <set>
#include <thread>

#include "tests/prism_sim/net/test_client.hpp"

using namespace pf::sim;
namespace net = Poco::Net;

TEST_CASE("a verified client lists all VMs over one connection and one login") {
    Simulator sim({.vms = 350});
    std::set<std::string> ids;
    {
        Client client(sim);
        for (int page = 0; page < 4; ++page) {
            REQUIRE(client.get(kVmPages + std::to_string(page)) == 200);
            const auto answer = nlohmann::json::parse(client.body);
            for (const auto& vm : answer["data"]) ids.insert(vm["extId"].get<std::string>());
        }
        REQUIRE(client.get("/sim/stats") == 200);
        CHECK(nlohmann::json::parse(client.body)["connections"] == 1);
    }
    const auto expected = sim.vm_ids();
    CHECK(ids == std::set<std::string>(expected.begin(), expected.end()));
    const Stats stats = sim.stats();
    CHECK(stats.connections == 1);
    CHECK(stats.logins == 1);
    CHECK(stats.by_path.at("GET /api/vmm/v4.3/ahv/config/vms") == 4);
}

TEST_CASE("v3 lists by POST, on the session v4 opened") {
    Simulator sim({.vms = 620});
    Client client(sim);
    REQUIRE(client.get(std::string(kVmPages) + "0") == 200);
    std::set<std::string> ids;
    for (const char* window : {R"({"kind":"vm","offset":0,"length":500})",
                               R"({"kind":"vm","offset":500,"length":500})"}) {
        REQUIRE(client.post("/api/nutanix/v3/vms/list", window) == 200);
        const auto answer = nlohmann::json::parse(client.body);
        for (const auto& vm : answer["entities"])
            ids.insert(vm["metadata"]["uuid"].get<std::string>());
    }
    const auto expected = sim.vm_ids();
    CHECK(ids == std::set<std::string>(expected.begin(), expected.end()));
    CHECK(sim.stats().logins == 1);
    CHECK(client.post("/api/nutanix/v3/categories/a%2Fb%3Ac%3Dd/list", "{}") == 200);
}

TEST_CASE("an API key is read from its header in any case of letters") {
    const auto name =
        GENERATE(as<std::string>{}, "X-ntnx-api-key", "X-NTNX-API-KEY", "x-ntnx-api-key");
    Simulator sim({.vms = 2, .api_key = "key-1"});
    Client client(sim);
    CHECK(client.get_with(std::string(kVmPages) + "0", name, "key-1") == 200);
    CHECK(client.get_with(std::string(kVmPages) + "0", name, "key-2") == 401);
}

TEST_CASE("a redirected login comes back with the token as its cookie") {
    Simulator sim({.vms = 2, .access = {.redirects = 1}});
    Client client(sim);
    REQUIRE(client.get(std::string(kVmPages) + "0") == 302);
    const std::string token = client.response.get("X-Redirect-Token");
    const std::string origin = "https://127.0.0.1:" + std::to_string(sim.port());
    const std::string location = client.response.get("Location");
    REQUIRE(location == origin + std::string(kVmPages) + "0");
    CHECK(client.get_with(location.substr(origin.size()), "Cookie", token) == 200);
    CHECK(sim.stats().logins == 1);
}

TEST_CASE("the CA of another simulator is not trusted") {
    Simulator sim, other;
    CHECK(sim.ca_pem() != other.ca_pem());
    CHECK(sim.certificate_sha256().size() == 64);
    net::HTTPSClientSession session("127.0.0.1", sim.port(), trusting(other.ca_pem()));
    net::HTTPRequest request(net::HTTPRequest::HTTP_GET, "/", net::HTTPMessage::HTTP_1_1);
    CHECK_THROWS_AS(session.sendRequest(request), net::SSLException);
}

TEST_CASE("many connections at once") {
    Simulator sim({.vms = 200});
    std::vector<std::thread> threads;
    std::atomic<int> good{0};
    for (int i = 0; i < 64; ++i) {
        threads.emplace_back([&] {
            Client client(sim);
            for (int page = 0; page < 2; ++page)
                good += client.get(kVmPages + std::to_string(page)) == 200;
        });
    }
    for (std::thread& thread : threads) thread.join();
    CHECK(good == 128);
    CHECK(sim.stats().connections == 64);
}

TEST_CASE("an answer that stops in the middle") {
    Simulator sim({.vms = 100, .faults = {"drop"}});
    Client client(sim);
    try {
        client.get(std::string(kVmPages) + "0");
        CHECK(static_cast<std::int64_t>(client.body.size()) < client.length);
    } catch (const Poco::Exception&) {
        SUCCEED("the client noticed");
    }
}

TEST_CASE("a silently closed connection is met by the next request") {
    Simulator sim({.vms = 10, .faults = {"close-idle:first=1"}});
    Client client(sim);
    REQUIRE(client.get(std::string(kVmPages) + "0") == 200);
    CHECK_THROWS_AS(client.get(std::string(kVmPages) + "0"), Poco::Exception);
    client.session.reset();
    CHECK(client.get(std::string(kVmPages) + "0") == 200);
    CHECK(sim.stats().connections == 2);
}

TEST_CASE("slow and padded answers arrive complete") {
    Simulator sim({.vms = 5, .faults = {"slow:bytes=2000:pause-ms=1", "huge:bytes=300000"}});
    Client client(sim);
    REQUIRE(client.get(std::string(kVmPages) + "0") == 200);
    CHECK(client.body.size() > 300'000);
    CHECK(nlohmann::json::parse(client.body)["data"].size() == 5);
}

TEST_CASE("stopping wakes a request that is never answered and breaks idle connections") {
    Simulator sim({.vms = 5});
    Client idle(sim);
    REQUIRE(idle.get(std::string(kVmPages) + "0") == 200);
    sim.set_faults({"silent"});
    std::thread waiting([&] {
        Client client(sim);
        CHECK_THROWS_AS(client.get(std::string(kVmPages) + "0"), Poco::Exception);
    });
    while (sim.stats().requests < 2) std::this_thread::yield();
    sim.stop();
    waiting.join();
    CHECK(sim.stats().requests == 2);
}

TEST_CASE("a port in use is refused with words") {
    Simulator sim;
    CHECK_THROWS_WITH(Simulator({.port = sim.port()}),
                      Catch::Contains("cannot listen on 127.0.0.1"));
}
