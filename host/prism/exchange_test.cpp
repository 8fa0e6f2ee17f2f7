#include "host/prism/exchange.hpp"

#include <catch2/catch.hpp>
#include <map>
#include <mutex>

#include "host/prism/testing_target.hpp"

using namespace pf::host;
using namespace pf::host::prism;
using namespace pf::host::prism::testing;

namespace {

struct Shown {
    std::string method_and_path;
    std::string sent_body;
    int http = 0;
    std::string trouble;
    std::vector<HeaderField> headers;
    std::size_t cookies = 0;
    std::string body;
    bool carried_credential = false;
};

class Watcher final : public ExchangeObserver {
  public:
    void observe(const Exchange& exchange) noexcept override {
        const std::lock_guard lock(mutex);
        const char* method = exchange.request.method == Method::post ? "POST " : "GET ";
        shown.push_back({method + exchange.request.path, exchange.request.body, exchange.http,
                         exchange.trouble.reason(), exchange.headers, exchange.set_cookies.size(),
                         std::string(exchange.body), exchange.carried_credential});
    }
    std::mutex mutex;
    std::vector<Shown> shown;
};

}  // namespace

TEST_CASE("an observer sees every attempt, with the header fields it may see") {
    const auto watcher = std::make_shared<Watcher>();
    Stage stage(
        [](const Seen& seen, Talk& talk) {
            if (seen.number == 1) {
                talk.send(http(503, "busy", {"Retry-After: 0"}));
            } else {
                talk.send(http(200, R"({"data": [1]})",
                               {"Set-Cookie: S=abc; Path=/", "X-Ntnx-Product: pc.7.5",
                                "X-Redirect-Token: hidden", "Content-Type: application/json",
                                "Date: Mon, 23 Nov 2026 08:15:00 GMT"}));
            }
        },
        [&](TargetSpec& spec) { spec.observer = watcher; });
    REQUIRE(stage.get("/api/x?$page=0").ok());
    REQUIRE(stage.target->send({Method::post, "/api/y", "{}"}, Stop(), stage.meter).ok());
    REQUIRE(watcher->shown.size() == 3);
    CHECK(watcher->shown[0].http == 503);
    CHECK(watcher->shown[0].body == "busy");
    CHECK(watcher->shown[0].headers.back().name == "Retry-After");
    const Shown& good = watcher->shown[1];
    CHECK(good.method_and_path == "GET /api/x?$page=0");
    CHECK(good.http == 200);
    CHECK(good.body == R"({"data": [1]})");
    CHECK(good.carried_credential);
    CHECK(good.cookies == 1);
    std::map<std::string, std::string> fields;
    for (const HeaderField& field : good.headers) {
        fields[field.name] = field.value;
    }
    CHECK(fields.at("Content-Type") == "application/json");
    CHECK(fields.at("Date") == "Mon, 23 Nov 2026 08:15:00 GMT");
    CHECK(fields.at("X-Ntnx-Product") == "pc.7.5");
    CHECK(fields.count("X-Redirect-Token") == 0);
    CHECK(fields.count("Set-Cookie") == 0);
    CHECK(watcher->shown[2].method_and_path == "POST /api/y");
    CHECK(watcher->shown[2].sent_body == "{}");
    CHECK_FALSE(watcher->shown[2].carried_credential);
}

TEST_CASE("an attempt without an answer is shown with its trouble, and no body of another one") {
    const auto watcher = std::make_shared<Watcher>();
    Stage stage(
        [](const Seen& seen, Talk& talk) {
            if (seen.number == 2) {
                talk.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"da");
                talk.tear();
            } else {
                talk.send(http(200, R"({"data": []})"));
            }
        },
        [&](TargetSpec& spec) { spec.observer = watcher; });
    REQUIRE(stage.get().ok());
    REQUIRE(stage.get().ok());
    REQUIRE(watcher->shown.size() == 3);
    CHECK(watcher->shown[1].http == 0);
    CHECK(watcher->shown[1].trouble != "");
    CHECK(watcher->shown[1].body.empty());
    CHECK(watcher->shown[2].http == 200);
}
