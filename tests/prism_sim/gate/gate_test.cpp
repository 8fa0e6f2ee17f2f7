// Credentials, cookies, faults and the rate limit, without a network.

#include "tests/prism_sim/sim_fixture.hpp"

using namespace pf::sim;
using nlohmann::json;

namespace {

std::string cookie_of(const SimFixture& sim) {
    const std::string text = sim.header("Set-Cookie");
    return text.substr(0, text.find(';'));
}

std::uint32_t status_with(SimFixture& sim, Request request, const char* target = kVms) {
    return sim.ask_as(std::move(request), target).status;
}

Request with_cookie(const std::string& cookie) {
    Request request;
    request.cookie = cookie;
    return request;
}

}  // namespace

TEST_CASE("a login opens a session whose cookie is enough") {
    SimFixture sim;
    CHECK(sim.ask(kVms).status == 200);
    const std::string cookie = cookie_of(sim);
    CHECK(cookie.starts_with("NTNX_IGW_SESSION="));
    CHECK(status_with(sim, with_cookie("other=1; " + cookie)) == 200);
    CHECK(status_with(sim, with_cookie("other=1")) == 401);
    CHECK(sim.header("Set-Cookie").empty());
    const Stats stats = sim.simulation.stats();
    CHECK(stats.logins == 1);
    CHECK(stats.cookie_requests == 1);
}

TEST_CASE("missing, wrong, and stale credentials get 401") {
    SimFixture sim;
    CHECK(status_with(sim, {}) == 401);
    CHECK(sim.response.body.size() == 0);
    Request wrong;
    wrong.authorization = "Basic d3Jvbmc6d3Jvbmc=";
    CHECK(status_with(sim, wrong) == 401);
    CHECK(status_with(sim, with_cookie("NTNX_IGW_SESSION=unknown")) == 401);
    sim.ask(kVms);
    const std::string cookie = cookie_of(sim);
    wrong.cookie = cookie;
    CHECK(status_with(sim, wrong) == 401);
    sim.simulation.sessions().expire_all();
    CHECK(status_with(sim, with_cookie(cookie)) == 401);
    const Stats stats = sim.simulation.stats();
    CHECK(stats.failed_logins == 2);
    CHECK(stats.stale_cookies == 2);
}

TEST_CASE("a 401 of v3, and of v4 by choice, has a JSON body") {
    SimFixture sim({.json_auth_errors = true});
    sim.ask_as({}, "/api/nutanix/v3/users/me");
    CHECK(json::parse(sim.response.body.view())["message_list"][0]["reason"] ==
          "AUTHENTICATION_REQUIRED");
    sim.ask_as({}, kVms);
    CHECK(json::parse(sim.response.body.view())["data"]["error"][0]["errorGroup"] ==
          "AUTHENTICATION_REQUIRED");
}

TEST_CASE("a session ends after its requests or its time") {
    SimFixture sim({.session_requests = 2});
    sim.ask(kVms);
    const std::string cookie = cookie_of(sim);
    CHECK(status_with(sim, with_cookie(cookie)) == 200);
    CHECK(status_with(sim, with_cookie(cookie)) == 200);
    CHECK(status_with(sim, with_cookie(cookie)) == 401);
    SimFixture brief({.session = std::chrono::seconds(0)});
    brief.ask(kVms);
    CHECK(status_with(brief, with_cookie(cookie_of(brief))) == 401);
}

TEST_CASE("API keys work only when one is set") {
    SimFixture sim({.api_key = "key-1"}), without;
    Request request;
    request.api_key = "key-1";
    CHECK(status_with(sim, request) == 200);
    CHECK(status_with(without, request) == 401);
    request.api_key = "key-2";
    CHECK(status_with(sim, request) == 401);
}

TEST_CASE("another account") {
    SimFixture sim({.user = "reader@example.test", .password = "pässword"});
    CHECK(sim.ask(kVms).status == 401);
    Request request;
    request.authorization = "basic cmVhZGVyQGV4YW1wbGUudGVzdDpww6Rzc3dvcmQ=";
    CHECK(status_with(sim, request) == 200);
}

TEST_CASE("the rate limit answers 429 in the envelope of the endpoint") {
    SimFixture sim({.rate_limit = 1e-6, .retry_after = "3"});
    CHECK(sim.ask(kVms).status == 200);
    const json answer = sim.json(kVms);
    CHECK(sim.response.status == 429);
    CHECK(sim.header("Retry-After") == "3");
    CHECK(answer["data"]["error"][0]["errorGroup"] == "RATE_LIMIT_EXCEEDED");
    CHECK(answer["$objectType"] == "vmm.v4.ahv.config.ListVmsApiResponse");
    CHECK(sim.simulation.stats().rate_limited == 1);
}

TEST_CASE("a bucket refills with time") {
    RateLimit limit(2);
    const auto now = RateLimit::Clock::now();
    CHECK(limit.allow(now));
    CHECK(limit.allow(now));
    CHECK_FALSE(limit.allow(now));
    CHECK(limit.allow(now + std::chrono::milliseconds(500)));
    CHECK_FALSE(limit.allow(now + std::chrono::milliseconds(500)));
}

TEST_CASE("faults that replace the answer") {
    const auto [fault, status, start] = GENERATE(table<std::string, std::uint32_t, std::string>(
        {{"html", 200, "<!DOCTYPE html>"},
         {"status-500", 500, "{\"data\""},
         {"status-503", 503, "<html>"},
         {"status-429:retry-after=7", 429, "{\"data\""},
         {"rate-limit-in-400", 400, "{\"data\""},
         {"unauthorized", 401, ""},
         {"forbidden", 403, ""},
         {"empty-body", 200, ""}}));
    INFO(fault);
    SimFixture sim({.faults = {fault}});
    sim.ask(kVms);
    CHECK(sim.response.status == status);
    CHECK(sim.response.body.view().substr(0, start.size()) == start);
    if (start.empty()) CHECK(sim.response.body.size() == 0);
    if (status == 429) CHECK(sim.header("Retry-After") == "7");
}

TEST_CASE("a fault strikes where and when it is told to") {
    SimFixture sim({.faults = {"status-503@1:first=1", "forbidden:path=/clustermgmt/",
                               "status-500:skip=2:first=1:path=/prism/"}});
    const auto page = [&](int n) {
        return sim.ask(std::string(kVms) + "?$page=" + std::to_string(n)).status;
    };
    CHECK(page(0) == 200);
    CHECK(page(1) == 503);
    CHECK(page(1) == 200);
    CHECK(sim.ask(kHosts).status == 403);
    CHECK(sim.ask(kCategories).status == 200);
    CHECK(sim.ask(kCategories).status == 200);
    CHECK(sim.ask(kCategories).status == 500);
    CHECK(sim.ask(kCategories).status == 200);
}

TEST_CASE("rates follow from the seed") {
    const auto struck = [](std::uint64_t seed) {
        SimFixture sim({.seed = seed, .vms = 1, .faults = {"status-500:0.3"}});
        std::string pattern;
        for (int i = 0; i < 200; ++i) pattern += sim.ask(kVms).status == 500 ? 'x' : '.';
        return pattern;
    };
    const std::string first = struck(1);
    CHECK(first == struck(1));
    CHECK(first != struck(2));
    CHECK(std::count(first.begin(), first.end(), 'x') > 30);
    CHECK(std::count(first.begin(), first.end(), 'x') < 90);
}

TEST_CASE("faults of delivery mark the answer") {
    SimFixture sim({.vms = 10, .faults = {"truncated", "drop", "close-idle:every=2"}});
    CHECK_THROWS(json::parse(sim.ask(kVms).body.view()));
    CHECK(sim.response.delivery.wire == Wire::half_then_close);
    CHECK_FALSE(sim.response.delivery.close_silently);
    CHECK(sim.ask(kVms).delivery.close_silently);
    CHECK(sim.simulation.stats().faults == 5);
}

TEST_CASE("a fault that cannot be read is refused with words") {
    for (const char* text : {"", "nothing", "html:rate", "html:2", "html@x", "status-99",
                             "html:what=1", "drop:every=0"}) {
        INFO(text);
        CHECK_THROWS_WITH(parse_fault(text), Catch::Contains("not understood"));
    }
    const Fault fault = parse_fault("status-429@2:0.5:retry-after=Wed, 21 Oct 2026 07:28:00 GMT");
    CHECK(fault.retry_after == "Wed, 21 Oct 2026 07:28:00 GMT");
    CHECK(fault.page == 2U);
}

TEST_CASE("the control paths need no credential and count nothing") {
    SimFixture sim;
    CHECK(json::parse(sim.ask_as({}, "/sim/stats").body.view())["requests"] == 0);
    Request put;
    put.method = "PUT";
    put.body = "html\nstatus-500:0.5\n";
    CHECK(status_with(sim, put, "/sim/faults") == 200);
    put.body = "wrong";
    CHECK(status_with(sim, put, "/sim/faults") == 400);
    CHECK(sim.ask_as({}, "/sim/vm-ids").body.size() == 500 * 37);
}

TEST_CASE("a config that makes no sense is refused") {
    CHECK_THROWS_AS(SimFixture({.clusters = 0}), std::invalid_argument);
    CHECK_THROWS_AS(SimFixture({.hosts_per_cluster = 65}), std::invalid_argument);
    CHECK_THROWS_AS(SimFixture({.faults = {"x"}}), std::invalid_argument);
}
