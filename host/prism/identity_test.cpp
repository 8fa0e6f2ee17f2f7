// Identity by both generations, against a server that plays parts of a Prism Central.
#include <catch2/catch.hpp>
#include <map>

#include "host/prism/testing_target.hpp"

using namespace pf::host;
using namespace pf::host::prism;
using namespace pf::host::prism::testing;

namespace {

constexpr const char* managers_path = "GET /api/prism/v4.4/config/domain-managers";
constexpr const char* managers =
    R"({"data":[{"extId":"C2A040C8-97D1-40D1-9ABA-3F379B63548D","config":{"name":"PC_1",
        "buildInfo":{"version":"pc.7.5"}}}]})";
constexpr const char* clusters =
    R"({"data":[{"extId":"00061f7f-44f7-19dc-0000-000000000a01","name":"cluster-a",
        "config":{"clusterFunction":["AOS"]}},
        {"extId":"c2a040c8-97d1-40d1-9aba-3f379b63548d","name":"PC_1",
        "config":{"clusterFunction":["PRISM_CENTRAL"],"buildInfo":{"version":"pc.2024.3"}}}]})";

constexpr const char* central_path = "GET /api/nutanix/v3/prism_central";
constexpr const char* clusters_v3_path = "POST /api/nutanix/v3/clusters/list";
constexpr const char* clusters_v3 =
    R"({"api_version":"3.1","metadata":{"kind":"cluster","total_matches":2},"entities":[
        {"status":{"name":"cluster-a","resources":{"config":{"service_list":["AOS"],
         "build":{"version":"6.5.4.5"}}}},
         "metadata":{"uuid":"00061f7f-44f7-19dc-0000-000000000a01"}},
        {"status":{"name":"Unnamed","resources":{"config":{"service_list":["PRISM_CENTRAL"],
         "build":{"version":"pc.2022.6.0.3"}}}},
         "metadata":{"uuid":"C2A040C8-97D1-40D1-9ABA-3F379B63548D"}}]})";

}  // namespace

TEST_CASE("a Prism Central tells its UUID, name and version") {
    Stage stage(
        answer_table({{"OPTIONS /api/prism/unversioned/info", http(200, R"({"data":"v4.4"})")},
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
    Stage stage(answer_table(
        {{"OPTIONS /api/prism/unversioned/info", http(200, R"({"data":"v4.4"})")},
         {managers_path, answer},
         {"OPTIONS /api/clustermgmt/unversioned/info", http(200, R"({"data":"v4.0"})")},
         {"GET /api/clustermgmt/v4.0/config/clusters", http(200, clusters)}}));
    const auto central = stage.target->identify(Stop(), stage.meter);
    REQUIRE(central.ok());
    CHECK(central->uuid == "c2a040c8-97d1-40d1-9aba-3f379b63548d");
    CHECK(central->version == "pc.2024.3");
    CHECK(stage.server.seen().back().path.find("PRISM_CENTRAL") != std::string::npos);
}

TEST_CASE("a Prism Central that hides its UUID is refused") {
    Stage stage(answer_table(
        {{"OPTIONS /api/prism/unversioned/info", http(200, R"({"data":"v4.4"})")},
         {managers_path, http(200, R"({"data":[{"extId":"not a uuid"}]})")},
         {"OPTIONS /api/clustermgmt/unversioned/info", http(200, R"({"data":"v4.0"})")},
         {"GET /api/clustermgmt/v4.0/config/clusters", http(200, R"({"data":[]})")}}));
    CHECK(stage.target->identify(Stop(), stage.meter).status().reason() == "ERROR_PRISM_IDENTITY");
}

TEST_CASE("by v3 the UUID is the one v4 gives, found by what the cluster is") {
    Stage stage(answer_table({{clusters_v3_path, http(200, clusters_v3)}}));
    for (const ApiWish wish : {ApiWish::automatic, ApiWish::v3}) {
        const auto central = stage.target->identify(Stop(), stage.meter, wish);
        INFO(central.status().text());
        REQUIRE(central.ok());
        CHECK(central->uuid == "c2a040c8-97d1-40d1-9aba-3f379b63548d");
        CHECK(central->version == "pc.2022.6.0.3");
    }
    for (const Seen& seen : stage.server.seen()) {
        if (seen.method == "POST") {
            CHECK(seen.body == R"({"kind":"cluster"})");
        }
    }
}

TEST_CASE("when only v3 is wished for, v4 is not asked") {
    Stage stage(answer_table({{clusters_v3_path, http(200, clusters_v3)}}));
    REQUIRE(stage.target->identify(Stop(), stage.meter, ApiWish::v3).ok());
    CHECK(stage.server.seen().size() == 1);
    const Status refused = stage.target->identify(Stop(), stage.meter, ApiWish::v4).status();
    CHECK(refused.reason() == "ERROR_PRISM_API_ABSENT");
    CHECK_THAT(refused.message(), Catch::Contains("no v4 API"));
}

TEST_CASE("a version nobody writes into the cluster comes from the header or the page") {
    const std::string bare =
        R"({"metadata":{"total_matches":1},"entities":[{"status":{"name":"Unnamed","resources":
            {"config":{"software_map":{"PRISM_CENTRAL":{}}}}},"metadata":
            {"uuid":"c2a040c8-97d1-40d1-9aba-3f379b63548d"}}]})";
    Stage header(answer_table(
        {{clusters_v3_path, http(200, bare, {"X-Ntnx-Product: pc.2024.1", "X-Ntnx-Env: pc"})}}));
    CHECK(header.target->identify(Stop(), header.meter)->version == "pc.2024.1");
    CHECK(header.target->origin().environment == "pc");
    Stage page(answer_table({{clusters_v3_path, http(200, bare)},
                             {central_path, http(200, R"({"resources":{"version":"pc.9"}})")}}));
    CHECK(page.target->identify(Stop(), page.meter)->version == "pc.9");
    Stage none(answer_table({{clusters_v3_path, http(200, bare)}}));
    CHECK(none.target->identify(Stop(), none.meter)->version.empty());
}

TEST_CASE("a list of clusters that was cut is asked for as a whole") {
    Stage stage([](const Seen& seen, Talk& talk) {
        if (seen.path != "/api/nutanix/v3/clusters/list") {
            return talk.send(http(404, "{}"));
        }
        talk.send(http(200, seen.body.find("500") == std::string::npos
                                ? R"({"metadata":{"total_matches":2},"entities":[{}]})"
                                : clusters_v3));
    });
    REQUIRE(stage.target->identify(Stop(), stage.meter).ok());
}

TEST_CASE("a Prism Element is recognised by what it says and told in words") {
    const std::string one =
        http(200, R"({"metadata":{"total_matches":1},"entities":[{"status":{"name":"cluster-a",
        "resources":{"config":{"service_list":["AOS"]}}},
        "metadata":{"uuid":"00061f7f-44f7-19dc-0000-000000000a01"}}]})");
    const std::string by_header =
        http(404, "{}", {"X-Ntnx-Env: pe", "X-Ntnx-Product: el8.5-release-6.5.4.5"});
    using Answers = std::map<std::string, std::string>;
    const Answers element = GENERATE_COPY(
        Answers{{clusters_v3_path, one}},
        Answers{{clusters_v3_path, one},
                {central_path, http(200, R"({"resources":{"type":"PE","version":"6.5.4.5"}})")}},
        Answers{{clusters_v3_path, by_header}},
        Answers{{clusters_v3_path, one}, {central_path, http(403, "", {"X-Ntnx-Env: pe"})}});
    Stage stage(answer_table(element));
    const Status status = stage.target->identify(Stop(), stage.meter).status();
    CHECK(status.code() == Code::failed_precondition);
    CHECK(status.reason() == "ERROR_PRISM_ELEMENT");
    CHECK_THAT(status.message(), Catch::Contains("this is a Prism Element"));
}

TEST_CASE("a Prism Central that hides its own cluster is not taken for a Prism Element") {
    const std::string empty = http(200, R"({"metadata":{"total_matches":0},"entities":[]})");
    using Answers = std::map<std::string, std::string>;
    const Answers hidden = GENERATE_COPY(
        Answers{{clusters_v3_path, empty},
                {central_path, http(200, R"({"resources":{"type":"PC"}})")}},
        Answers{{clusters_v3_path, empty}, {central_path, http(404, "", {"X-Ntnx-Env: pc"})}},
        Answers{{clusters_v3_path, http(403, "{}")}, {central_path, http(403, "{}")}});
    Stage stage(answer_table(hidden));
    CHECK(stage.target->identify(Stop(), stage.meter).status().reason() == "ERROR_PRISM_IDENTITY");
}

TEST_CASE("what serves neither generation is no Prism Central we can read") {
    Stage stage(answer_table({}));
    const Status status = stage.target->identify(Stop(), stage.meter).status();
    CHECK(status.code() == Code::failed_precondition);
    CHECK(status.reason() == "ERROR_PRISM_API_ABSENT");
    CHECK_THAT(status.message(), Catch::Contains("neither the v4 nor the v3"));
}

TEST_CASE("nothing is concluded from trouble") {
    struct Row {
        const char* where;
        const char* reason;
        std::string answer;
    };
    const Row row = GENERATE(
        Row{"POST /api/nutanix/v3/clusters/list", "ERROR_PRISM_UNAVAILABLE", http(503, "")},
        Row{"POST /api/nutanix/v3/clusters/list", "ERROR_PRISM_RATE_LIMIT", http(429, "")},
        Row{"POST /api/nutanix/v3/clusters/list", "ERROR_PRISM_UNAVAILABLE",
            http(200, R"({"state":"ERROR","code":500,"message_list":[{"message":"no"}]})")},
        Row{"OPTIONS /api/prism/unversioned/info", "ERROR_PRISM_UNAVAILABLE", http(503, "")},
        Row{"GET /api/nutanix/v3/prism_central", "ERROR_PRISM_UNAVAILABLE", http(502, "")});
    INFO(row.where << " " << row.reason);
    std::map<std::string, std::string> answers{
        {clusters_v3_path, http(200, R"({"metadata":{"total_matches":0},"entities":[]})")}};
    answers[row.where] = row.answer;
    Stage stage(answer_table(answers));
    CHECK(stage.target->identify(Stop(), stage.meter).status().reason() == row.reason);
}

TEST_CASE("a credential that v3 refuses is remembered like any other") {
    Stage stage(answer_table({{clusters_v3_path, http(401, R"({"state":"ERROR","code":401})")}}),
                [](TargetSpec& spec) {
                    spec.credential = {};
                    spec.credential.username = "x-NTNX-api-key";
                    spec.credential.password = Secret("k3y");
                });
    for (int i = 0; i < 4; ++i) {
        const Status status = stage.target->identify(Stop(), stage.meter, ApiWish::v3).status();
        CHECK(status.reason() == "ERROR_INVALID_CREDENTIALS");
        CHECK(status.message().find("k3y") == std::string::npos);
    }
    const auto seen = stage.server.seen();
    REQUIRE(seen.size() <= 2);
    CHECK(seen[0].header("x-ntnx-api-key") == "k3y");
    CHECK_FALSE(seen[0].has("authorization"));
}
