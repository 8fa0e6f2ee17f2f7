// Which versions of an API a server has, against a server that plays parts of a Prism Central.
#include <catch2/catch.hpp>
#include <future>
#include <latch>
#include <vector>

#include "host/prism/testing_target.hpp"

using namespace pf::host;
using namespace pf::host::prism;
using namespace pf::host::prism::testing;

namespace {

constexpr const char* vmm_info = "OPTIONS /api/vmm/unversioned/info";
constexpr const char* vms = "GET /api/vmm/v4.0/ahv/config/vms";
const std::string nothing = R"({"data":[]})";

std::string info(const std::string& version) { return http(200, R"({"data":")" + version + "\"}"); }

Status vmm_status(Stage& stage) {
    return stage.target->version("vmm", Stop(), stage.meter).status();
}

}  // namespace

TEST_CASE("the version is asked once and shared") {
    Stage stage(answer_table({{vmm_info, info("v4.9")}}));
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
        talk.send(info("v4.0"));
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
    const std::string blocked = GENERATE(
        http(405, ""), http(501, ""), http(404, "{}"), http(403, ""), http(400, "{}"),
        http(200, "<html>", {"Content-Type: text/html"}), http(200, "{}"),
        http(200, R"({"data":"unknown"})"), http(200, R"({"data":"v4.0.a1"})"), http(204, ""));
    Stage stage(answer_table({{vmm_info, blocked}, {vms, http(200, nothing)}}));
    const auto version = stage.target->version("vmm", Stop(), stage.meter);
    REQUIRE(version.ok());
    CHECK(*version == "v4.0");
    CHECK(stage.server.seen()[1].path == "/api/vmm/v4.0/ahv/config/vms?$limit=1");
}

TEST_CASE("only 404 and the words of an unsupported version mean absent") {
    const std::string absent = GENERATE(
        http(404, "{}"), http(404, "<html>", {"Content-Type: text/html"}),
        http(400,
             R"({"data":{"error":[{"message":"no","errorGroup":"API_VERSION_NOT_SUPPORTED"}]}})"),
        http(406, R"({"data":{"error":[{"message":"Unsupported API version v4.0"}]}})"));
    Stage stage(answer_table({{vmm_info, http(405, "")}, {vms, absent}}));
    const Status status = vmm_status(stage);
    CHECK(status.code() == Code::not_found);
    CHECK(status.reason() == "ERROR_PRISM_API_ABSENT");
}

TEST_CASE("time-outs, 401, 403, 429, 5xx and odd answers never mean absent") {
    struct Row {
        std::string answer;
        const char* reason;
    };
    const Row row = GENERATE(
        Row{http(503, ""), "ERROR_PRISM_UNAVAILABLE"},
        Row{http(500, "{}"), "ERROR_PRISM_UNAVAILABLE"},
        Row{http(502, "<html>", {"Content-Type: text/html"}), "ERROR_PRISM_UNAVAILABLE"},
        Row{http(401, ""), "ERROR_INVALID_CREDENTIALS"},
        Row{http(429, "{}"), "ERROR_PRISM_RATE_LIMIT"},
        Row{http(400, R"({"data":{"error":[{"errorGroup":"RATE_LIMIT_EXCEEDED"}]}})"),
            "ERROR_PRISM_RATE_LIMIT"},
        Row{http(400, R"({"data":{"error":[{"message":"hypervisor version not supported"}]}})"),
            "ERROR_PRISM_REQUEST"},
        Row{http(200, "<html>", {"Content-Type: text/html"}), "ERROR_PRISM_ANSWER"},
        Row{http(403, ""), "ERROR_PRISM_PERMISSION"});
    INFO(row.reason);
    // Where nothing is known yet, and where OPTIONS is blocked and the list is probed.
    Stage probed(answer_table({{vmm_info, http(405, "")}, {vms, row.answer}}));
    CHECK(vmm_status(probed).reason() == row.reason);
    CHECK(vmm_status(probed).code() != Code::not_found);
    Stage silent([](const Seen& /*seen*/, Talk& talk) { talk.wait_until_client_leaves(); },
                 [](TargetSpec& spec) {
                     spec.limits.tries = 1;
                     spec.limits.first_byte = std::chrono::milliseconds(30);
                 });
    CHECK(vmm_status(silent).reason() == "ERROR_PRISM_UNREACHABLE");
}

TEST_CASE("a beta is no general release, and is only used when asked for") {
    Stage stage(answer_table({{vmm_info, info("v4.0.b1")}}));
    CHECK(vmm_status(stage).code() == Code::not_found);
    CHECK(stage.server.seen().back().path == "/api/vmm/v4.0/ahv/config/vms?$limit=1");
    const auto beta = stage.target->beta_version("vmm", Stop(), stage.meter);
    REQUIRE(beta.ok());
    CHECK(*beta == "v4.0.b1");
    CHECK(stage.meter.requests == 2);
}

TEST_CASE("below a beta there may be a general release") {
    Stage stage(answer_table({{vmm_info, info("v4.4.b1")}, {vms, http(200, nothing)}}));
    CHECK(*stage.target->version("vmm", Stop(), stage.meter) == "v4.0");
}

TEST_CASE("a beta nobody told of is probed, the newer first") {
    Stage stage(answer_table({{"GET /api/vmm/v4.0.b1/ahv/config/vms", http(200, nothing)}}));
    CHECK(vmm_status(stage).code() == Code::not_found);
    CHECK(*stage.target->beta_version("vmm", Stop(), stage.meter) == "v4.0.b1");
    const std::size_t asked = stage.server.seen().size();
    CHECK(stage.server.seen()[asked - 2].path == "/api/vmm/v4.0.b2/ahv/config/vms?$limit=1");
    CHECK(*stage.target->beta_version("vmm", Stop(), stage.meter) == "v4.0.b1");
    CHECK(stage.server.seen().size() == asked);

    Stage busy([](const Seen& seen, Talk& talk) {
        talk.send(seen.path.find(".b") != std::string::npos ? http(503, "") : http(404, "{}"));
    });
    CHECK(busy.target->beta_version("vmm", Stop(), busy.meter).status().reason() ==
          "ERROR_PRISM_UNAVAILABLE");
}

TEST_CASE("an absence is remembered, and forgotten when asked to") {
    std::atomic<bool> is_upgraded{false};
    Stage stage([&](const Seen& /*seen*/, Talk& talk) {
        talk.send(is_upgraded ? info("v4.2") : http(404, "{}"));
    });
    CHECK(vmm_status(stage).code() == Code::not_found);
    const auto asked = stage.meter.requests.load();
    CHECK(vmm_status(stage).code() == Code::not_found);
    CHECK(stage.meter.requests == asked);
    is_upgraded = true;
    stage.target->forget_version("vmm");
    CHECK(*stage.target->version("vmm", Stop(), stage.meter) == "v4.2");
}

TEST_CASE("a namespace this program does not know is probed with the caller's list") {
    Stage stage(answer_table({{"GET /api/multidomain/v4.0/config/projects", http(200, nothing)}}));
    const std::string list = "/config/projects?$limit=1";
    CHECK(*stage.target->version("multidomain", Stop(), stage.meter, list) == "v4.0");

    Stage blocked(answer_table({{"OPTIONS /api/multidomain/unversioned/info", http(405, "")}}));
    CHECK(blocked.target->version("multidomain", Stop(), blocked.meter).status().reason() ==
          "ERROR_PRISM_API_UNKNOWN");
    CHECK(blocked.target->version("a/b", Stop(), blocked.meter).status().reason() ==
          "ERROR_PRISM_REQUEST");
}

TEST_CASE("a failed question is asked again") {
    Stage stage([](const Seen& seen,
                   Talk& talk) { talk.send(seen.number == 1 ? http(503, "") : info("v4.1")); },
                [](TargetSpec& spec) { spec.limits.tries = 1; });
    CHECK_FALSE(stage.target->version("vmm", Stop(), stage.meter).ok());
    CHECK(stage.target->version("vmm", Stop(), stage.meter).ok());
}

TEST_CASE("by which API a resource was read last is kept") {
    Stage stage(answer_table({}));
    stage.target->note_use({"ahv/config/vms", "vmm", "v4.3", ""});
    stage.target->note_use({"config/projects", "multidomain", "v3", "no general release of v4"});
    stage.target->note_use({"ahv/config/vms", "vmm", "v4.3", ""});
    auto uses = stage.target->uses();
    REQUIRE(uses.size() == 2);
    CHECK(uses[1].version == "v3");
    CHECK(uses[1].reason == "no general release of v4");
    stage.target->note_use({"config/projects", "multidomain", "v4.4", ""});
    uses = stage.target->uses();
    REQUIRE(uses.size() == 2);
    CHECK(uses[1].version == "v4.4");
}
