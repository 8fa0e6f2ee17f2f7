// Versions and identity, against a server that plays parts of a Prism Central.
#include <catch2/catch.hpp>
#include <future>
#include <latch>
#include <map>
#include <vector>

#include "host/prism/testing_target.hpp"

using namespace pf::host;
using namespace pf::host::prism;
using namespace pf::host::prism::testing;

namespace {

// Answers by "METHOD /path" without the query; 404 for the rest.
Script table(const std::map<std::string, std::string>& answers) {
    return [answers](const Seen& seen, Talk& talk) {
        const auto found =
            answers.find(seen.method + " " + seen.path.substr(0, seen.path.find('?')));
        talk.send(found == answers.end() ? http(404, "{}") : found->second);
    };
}

constexpr const char* managers_path = "GET /api/prism/v4.4/config/domain-managers";
constexpr const char* managers =
    R"({"data":[{"extId":"C2A040C8-97D1-40D1-9ABA-3F379B63548D","config":{"name":"PC_1",
        "buildInfo":{"version":"pc.7.5"}}}]})";
constexpr const char* clusters =
    R"({"data":[{"extId":"00061f7f-44f7-19dc-0000-000000000a01","name":"cluster-a",
        "config":{"clusterFunction":["AOS"]}},
        {"extId":"c2a040c8-97d1-40d1-9aba-3f379b63548d","name":"PC_1",
        "config":{"clusterFunction":["PRISM_CENTRAL"],"buildInfo":{"version":"pc.2024.3"}}}]})";

}  // namespace

TEST_CASE("the version is asked once and shared") {
    Stage stage(table({{"OPTIONS /api/vmm/unversioned/info", http(200, R"({"data":"v4.9"})")}}));
    for (int i = 0; i < 3; ++i) {
        const auto version = stage.target->version("vmm", Stop(), stage.meter);
        REQUIRE(version.ok());
        CHECK(*version == "v4.3");
    }
    CHECK(stage.meter.requests == 1);
}

TEST_CASE("callers at the same time share one question") {
    std::latch asked(1);
    std::latch release(1);
    Stage stage([&](const Seen& /*seen*/, Talk& talk) {
        asked.count_down();
        release.wait();
        talk.send(http(200, R"({"data":"v4.0"})"));
    });
    const auto ask = [&] { return stage.target->version("vmm", Stop(), stage.meter).ok(); };
    std::vector<std::future<bool>> answers;
    answers.push_back(std::async(std::launch::async, ask));
    asked.wait();
    for (int i = 0; i < 5; ++i) {
        answers.push_back(std::async(std::launch::async, ask));
    }
    release.count_down();
    for (auto& answer : answers) {
        CHECK(answer.get());
    }
    CHECK(stage.server.seen().size() == 1);
}

TEST_CASE("a server that does not answer OPTIONS is probed") {
    const std::string blocked =
        GENERATE(http(405, ""), http(501, ""), http(404, "{}"), http(403, ""), http(400, "{}"),
                 http(200, "<html>", {"Content-Type: text/html"}), http(200, "{}"),
                 http(200, R"({"data":"unknown"})"), http(204, ""));
    Stage stage(table({{"OPTIONS /api/vmm/unversioned/info", blocked},
                       {"GET /api/vmm/v4.0/ahv/config/vms", http(200, R"({"data":[]})")}}));
    const auto version = stage.target->version("vmm", Stop(), stage.meter);
    REQUIRE(version.ok());
    CHECK(*version == "v4.0");
    CHECK(stage.server.seen()[1].path == "/api/vmm/v4.0/ahv/config/vms?$limit=1");
}

TEST_CASE("only 404 means absent") {
    Stage stage(table({}));
    const Status status = stage.target->version("vmm", Stop(), stage.meter).status();
    CHECK(status.code() == Code::not_found);
    CHECK(status.reason() == "ERROR_PRISM_API_ABSENT");

    Stage busy([](const Seen& /*seen*/, Talk& talk) { talk.send(http(503, "")); });
    CHECK(busy.target->version("vmm", Stop(), busy.meter).status().reason() ==
          "ERROR_PRISM_UNAVAILABLE");
    Stage closed(table({{"OPTIONS /api/vmm/unversioned/info", http(405, "")},
                        {"GET /api/vmm/v4.0/ahv/config/vms", http(403, "")}}));
    CHECK(closed.target->version("vmm", Stop(), closed.meter).status().reason() ==
          "ERROR_PRISM_PERMISSION");
    CHECK(closed.target->version("a/b", Stop(), closed.meter).status().reason() ==
          "ERROR_PRISM_REQUEST");
}

TEST_CASE("a failed question is asked again") {
    Stage stage(
        [](const Seen& seen, Talk& talk) {
            talk.send(seen.number == 1 ? http(503, "") : http(200, R"({"data":"v4.1"})"));
        },
        [](TargetSpec& spec) { spec.limits.tries = 1; });
    CHECK_FALSE(stage.target->version("vmm", Stop(), stage.meter).ok());
    CHECK(stage.target->version("vmm", Stop(), stage.meter).ok());
}

TEST_CASE("a Prism Central tells its UUID, name and version") {
    Stage stage(table({{"OPTIONS /api/prism/unversioned/info", http(200, R"({"data":"v4.4"})")},
                       {managers_path, http(200, managers)}}));
    for (int i = 0; i < 2; ++i) {
        const auto central = stage.target->identify(Stop(), stage.meter);
        REQUIRE(central.ok());
        CHECK(central->uuid == "c2a040c8-97d1-40d1-9aba-3f379b63548d");
        CHECK(central->name == "PC_1");
        CHECK(central->version == "pc.7.5");
    }
    CHECK(stage.meter.requests == 2);
}

TEST_CASE("without domain managers the list of clusters tells it") {
    const std::string answer =
        GENERATE(http(404, "{}"), http(403, ""), http(200, R"({"data":[]})"), http(200, "{}"));
    Stage stage(
        table({{"OPTIONS /api/prism/unversioned/info", http(200, R"({"data":"v4.4"})")},
               {managers_path, answer},
               {"OPTIONS /api/clustermgmt/unversioned/info", http(200, R"({"data":"v4.0"})")},
               {"GET /api/clustermgmt/v4.0/config/clusters", http(200, clusters)}}));
    const auto central = stage.target->identify(Stop(), stage.meter);
    REQUIRE(central.ok());
    CHECK(central->uuid == "c2a040c8-97d1-40d1-9aba-3f379b63548d");
    CHECK(central->version == "pc.2024.3");
    CHECK(stage.server.seen().back().path.find("PRISM_CENTRAL") != std::string::npos);
}

TEST_CASE("a Prism Element is recognised and told in words") {
    Stage stage(table({}));
    const Status status = stage.target->identify(Stop(), stage.meter).status();
    CHECK(status.code() == Code::failed_precondition);
    CHECK(status.reason() == "ERROR_PRISM_API_ABSENT");
    CHECK_THAT(status.message(), Catch::Contains("Prism Element"));
}

TEST_CASE("a Prism Central that hides its UUID is refused") {
    Stage stage(
        table({{"OPTIONS /api/prism/unversioned/info", http(200, R"({"data":"v4.4"})")},
               {managers_path, http(200, R"({"data":[{"extId":"not a uuid"}]})")},
               {"OPTIONS /api/clustermgmt/unversioned/info", http(200, R"({"data":"v4.0"})")},
               {"GET /api/clustermgmt/v4.0/config/clusters", http(200, R"({"data":[]})")}}));
    CHECK(stage.target->identify(Stop(), stage.meter).status().reason() == "ERROR_PRISM_IDENTITY");
}
