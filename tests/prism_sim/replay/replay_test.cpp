#include "tests/prism_sim/replay/replay.hpp"

#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <thread>
#include <vector>

#include "tests/prism_sim/replay/capture_index.hpp"
#include "tests/prism_sim/replay/request_key.hpp"

using namespace pf::sim;
using nlohmann::json;

namespace {

const std::string kHead =
    R"({"schema":"prismforet/capture/1","program":"prismforet 0.9.0","redacted":false})";
const std::string kTarget = R"({"target":0,"name":"pc:9440"})";

std::string exchange(const std::string& method, const std::string& target, const json& answer,
                     const std::string& body = {}, int of = 0) {
    json line = {{"n", 0}, {"target", of}, {"request", {{"method", method}, {"target", target}}}};
    if (!body.empty()) line["request"]["body"] = body;
    if (answer.is_string()) line["failure"] = answer;
    if (answer.is_object()) line["answer"] = answer;
    return line.dump();
}

json answer(int status, const std::string& body) {
    return {{"status", status},
            {"headers", json::array({json::array({"Content-Type", "application/json"})})},
            {"body", body}};
}

struct Capture {
    explicit Capture(const std::vector<std::string>& lines) {
        std::string made = (std::filesystem::temp_directory_path() / "replay-XXXXXX").string();
        const int fd = ::mkstemp(made.data());
        REQUIRE(fd >= 0);
        ::close(fd);
        path = made;
        std::ofstream file(path);
        for (const std::string& line : lines) file << line << "\n";
    }
    ~Capture() { std::filesystem::remove(path); }
    Capture(const Capture&) = delete;
    Capture& operator=(const Capture&) = delete;
    std::string path;
};

struct Asked {
    std::uint32_t status;
    std::string body, content_type;
};

Asked ask(Replay& replay, const std::string& method, const std::string& target,
          const std::string& body = {}) {
    Request request;
    request.method = method;
    request.body = body;
    set_target(request, target);
    Response response;
    replay.answer(request, response);
    return {response.status, std::string(response.body.view()), std::string(response.content_type)};
}

std::string complaint(const std::vector<std::string>& lines, int target = -1) {
    const Capture capture(lines);
    try {
        const Replay replay(capture.path, target);
    } catch (const CaptureError& error) {
        return error.what();
    }
    return {};
}

}  // namespace

TEST_CASE("a recorded request gets its answer, byte by byte, in any order and spelling") {
    const std::string odd = "{\"a\": \"\\u0000\xc3\xa9\",\n \"b\":1.50}";
    const Capture capture({kHead, kTarget,
                           exchange("GET", "/api/x?%24page=0&%24limit=100", answer(200, odd)),
                           exchange("GET", "/api/x?%24page=1&%24limit=100", answer(200, "{}")),
                           exchange("POST", "/api/nutanix/v3/vms/list", answer(200, "[1]"),
                                    R"({"kind":"vm","offset":0})"),
                           exchange("POST", "/api/nutanix/v3/vms/list", answer(200, "[2]"),
                                    R"({"kind":"vm","offset":500})")});
    Replay replay(capture.path, -1);
    CHECK(replay.size() == 4);
    CHECK(ask(replay, "GET", "/api/x?$limit=100&$page=1").body == "{}");
    CHECK(ask(replay, "GET", "/api/x?$page=0&$limit=100").body == odd);
    CHECK(ask(replay, "GET", "/api/x?$page=0&$limit=100").content_type == "application/json");
    CHECK(
        ask(replay, "POST", "/api/nutanix/v3/vms/list", R"({"offset": 500, "kind": "vm"})").body ==
        "[2]");
    CHECK(ask(replay, "POST", "/api/nutanix/v3/vms/list", R"({"offset": 0, "kind": "vm"})").body ==
          "[1]");
}

TEST_CASE("several answers to one request come in their order, and then from the start") {
    const Capture capture({kHead, kTarget, exchange("GET", "/api/x", answer(429, "wait")),
                           exchange("GET", "/api/x", "ERROR_PRISM_UNREACHABLE"),
                           exchange("GET", "/api/x", answer(401, "")),
                           exchange("GET", "/api/x", answer(302, "")),
                           exchange("GET", "/api/x", answer(200, "good"))});
    Replay replay(capture.path, -1);
    for (int round = 0; round < 3; ++round) {
        CHECK(ask(replay, "GET", "/api/x").status == 429);
        CHECK(ask(replay, "GET", "/api/x").body == "good");
    }
}

TEST_CASE("what was not recorded is said to be so, and not to be absent") {
    const Capture capture({kHead, kTarget, exchange("GET", "/api/x", answer(404, "{}")),
                           exchange("GET", "/api/y", "ERROR_PRISM_UNREACHABLE"),
                           exchange("GET", "/api/z", answer(401, "no"))});
    Replay replay(capture.path, -1);
    const Asked asked = ask(replay, "GET", "/api/other?a=\"b\"");
    CHECK(asked.status == 410);
    const json said = json::parse(asked.body);
    CHECK(said["message_list"][0]["reason"] == "NOT_IN_CAPTURE");
    CHECK(said["message_list"][0]["message"] ==
          "this request is not in the capture: GET /api/other?a=\"b\"");
    CHECK(ask(replay, "OPTIONS", "/api/x").status == 410);
    CHECK(ask(replay, "GET", "/api/x").status == 404);
    CHECK_THAT(ask(replay, "GET", "/api/y").body, Catch::Contains("ERROR_PRISM_UNREACHABLE"));
    CHECK(ask(replay, "GET", "/api/z").status == 401);
}

TEST_CASE("a body that is no text, and one that was left out") {
    const Capture capture(
        {kHead, kTarget,
         exchange("GET", "/api/x",
                  {{"status", 503}, {"headers", json::array()}, {"body_base64", "//48aHRtbD4="}}),
         exchange("GET", "/api/y",
                  {{"status", 502},
                   {"headers", json::array()},
                   {"body_left_out", {{"bytes", 7}, {"why", "no JSON text"}}}})});
    Replay replay(capture.path, -1);
    CHECK(ask(replay, "GET", "/api/x").body == "\xff\xfe<html>");
    CHECK(ask(replay, "GET", "/api/y").status == 502);
    CHECK(ask(replay, "GET", "/api/y").body.empty());
}

TEST_CASE("one of several targets is chosen by its number") {
    const std::vector<std::string> lines = {kHead, kTarget, R"({"target":1,"name":"pc2:9440"})",
                                            exchange("GET", "/api/x", answer(200, "one")),
                                            exchange("GET", "/api/x", answer(200, "two"), {}, 1)};
    CHECK_THAT(complaint(lines),
               Catch::Contains("--replay-target") && Catch::Contains("0 pc:9440, 1 pc2:9440"));
    CHECK_THAT(complaint(lines, 2), Catch::Contains("no target 2"));
    const Capture capture(lines);
    Replay second(capture.path, 1);
    CHECK(ask(second, "GET", "/api/x").body == "two");
}

TEST_CASE("a bad capture is refused with the line and the reason") {
    CHECK_THAT(complaint({}), Catch::Contains("empty"));
    CHECK_THAT(complaint({"hello"}),
               Catch::Contains("line 1") && Catch::Contains("no JSON object"));
    CHECK_THAT(complaint({R"({"schema":"prismforet/v1"})"}), Catch::Contains("no capture"));
    CHECK_THAT(complaint({R"({"schema":"prismforet/capture/7","program":"prismforet 3.1"})"}),
               Catch::Contains("prismforet/capture/7") && Catch::Contains("prismforet 3.1") &&
                   Catch::Contains("prismforet/capture/1"));
    CHECK_THAT(complaint({kHead, "{}"}), Catch::Contains("line 2"));
    CHECK_THAT(complaint({kHead, exchange("GET", "api/x", answer(200, ""))}),
               Catch::Contains("no path"));
    CHECK_THAT(complaint({kHead, exchange("GET", "/api/x", answer(7, ""))}),
               Catch::Contains("no HTTP status"));
    CHECK_THAT(complaint({kHead, exchange("GET", "/api/x", nullptr)}),
               Catch::Contains("no HTTP status"));
    CHECK_THAT(complaint({kHead, R"({"request":{"method":"GET","target":"/"}})"}),
               Catch::Contains("number of a target"));
    CHECK_THAT(complaint({kHead, R"({"end":{}})", kTarget}), Catch::Contains("behind the end"));
    CHECK_THROWS_AS(Replay("/nowhere/capture", -1), CaptureError);
}

TEST_CASE("a cut capture serves what it has, and says that it was cut") {
    const Capture cut({kHead, kTarget, exchange("GET", "/api/x", answer(200, "one"))});
    Replay replay(cut.path, -1);
    CHECK_THAT(replay.description(), Catch::Contains("CUT-OFF"));
    CHECK(ask(replay, "GET", "/api/x").body == "one");
    const Capture whole({kHead, kTarget, R"({"end":{"exchanges":0,"complete":true}})"});
    CHECK_THAT(Replay(whole.path, -1).description(), !Catch::Contains("CUT-OFF"));
    std::ofstream(cut.path) << "gone";
    CHECK(ask(replay, "GET", "/api/x").status == 410);
}

TEST_CASE("a request body as deep as it is long is taken as text") {
    Request request;
    request.method = "POST";
    request.body = std::string(200'000, '[');
    set_target(request, "/api/x");
    CHECK(request_key(request).size() > 200'000);
}

TEST_CASE("many threads ask one replay") {
    const Capture capture({kHead, kTarget, exchange("GET", "/api/x", answer(200, "one")),
                           exchange("GET", "/api/x", answer(200, "two"))});
    Replay replay(capture.path, -1);
    std::atomic<int> ones{0};
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < 4; ++i)
            threads.emplace_back([&] {
                for (int k = 0; k < 100; ++k)
                    ones += ask(replay, "GET", "/api/x").body == "one" ? 1 : 0;
            });
    }
    CHECK(ones == 200);
}
