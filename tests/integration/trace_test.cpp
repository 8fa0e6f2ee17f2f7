// A caller's trace, from its gRPC metadata to what Prism Central sees and what the log says.
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/acceptance/reflection_client.hpp"
#include "tests/integration/plugin.hpp"
#include "tests/integration/program.hpp"
#include "tests/prism_sim/server.hpp"

using namespace pf::test;
using nlohmann::json;

namespace {

const std::string trace_id = "0af7651916cd43dd8448eb211c80319c";

class ConfigFile {
  public:
    ConfigFile() {
        std::string made = (std::filesystem::temp_directory_path() / "pf-trace-XXXXXX").string();
        REQUIRE(::mkdtemp(made.data()) != nullptr);
        directory_ = made;
        // JSON is YAML.
        std::ofstream(path()) << json{{"modules", {{"dir", PF_MODULE_DIRECTORY}}},
                                      {"log", {{"format", "json"}, {"level", "debug"}}}};
    }
    ~ConfigFile() { std::filesystem::remove_all(directory_); }
    std::string path() const { return directory_ + "/prismforet.yaml"; }

  private:
    std::string directory_;
};

CallOptions told(const std::string& traceparent, const std::string& request_id) {
    CallOptions options;
    options.metadata = {{"token", "NO_TOKEN"},
                        {"traceparent", traceparent},
                        {"tracestate", "vendor=1"},
                        {"x-request-id", request_id}};
    return options;
}

// Everything that CloudForet asks of a collector, with these options.
void ask_all(const ReflectionClient& client, const std::string& secret,
             const CallOptions& options) {
    const json body{{"options", {{"requests_per_second", 0}, {"kinds", {"vm"}}}},
                    {"secret_data", json::parse(secret)}};
    CHECK(client.call("Collector", "init", "{}", options).status.ok());
    CHECK(client.call("Collector", "verify", body.dump(), options).status.ok());
    CHECK(client.call("Job", "get_tasks", body.dump(), options).status.ok());
    std::size_t rows = 0;
    const auto count = [&rows](std::string_view) { return ++rows != 0; };
    CHECK(client.stream("Collector", "collect", body.dump(), count, options).ok());
    CHECK(rows > 300);
}

// The lines of calls, by request id.
std::map<std::string, std::vector<json>> calls_of(const std::string& log) {
    std::map<std::string, std::vector<json>> calls;
    std::istringstream in(log);
    for (std::string line; std::getline(in, line);) {
        const json event = json::parse(line, nullptr, false);
        if (event.is_object() && event.contains("request_id")) {
            calls[event["request_id"]].push_back(event);
        }
    }
    return calls;
}

std::size_t events(const std::vector<json>& lines, const std::string& name) {
    return static_cast<std::size_t>(std::count_if(
        lines.begin(), lines.end(), [&](const json& line) { return line["event"] == name; }));
}

}  // namespace

TEST_CASE(
    "every request of a traced call arrives as a child of its trace, and its log lines say so") {
    pf::sim::Config world;
    world.vms = 300;  // several pages, fetched by several threads
    pf::sim::Simulator prism(world);
    const std::string secret = secret_for(prism.port(), prism.ca_pem());
    const ConfigFile config;
    ServeProcess serve(config.path());
    const auto client = ReflectionClient::connect(serve.address());

    ask_all(*client, secret, told("00-" + trace_id + "-b7ad6b7169203331-01", "traced-1"));
    const auto traced = prism.stats();
    CHECK(traced.untraced == 0);
    std::uint64_t requests = 0;
    for (const auto& [header, count] : traced.by_trace) {
        INFO(header);
        CHECK(header.starts_with("00-" + trace_id + "-"));
        CHECK(header.find("b7ad6b7169203331") == std::string::npos);
        CHECK(header.ends_with("-01|vendor=1"));
        CHECK(count == 1);  // a span id of its own
        requests += count;
    }
    CHECK(requests == traced.requests);
    CHECK(requests > 5);

    // What is no trace is ignored: nothing of it goes on, and nothing of the call before.
    ask_all(*client, secret, told("00-" + trace_id + "-0000000000000000-01", "untraced-1"));
    const auto after = prism.stats();
    CHECK(after.by_trace == traced.by_trace);
    CHECK(after.untraced > 2);
    CHECK(after.untraced == after.requests - traced.requests);

    ask_all(*client, secret, {});
    serve.terminate();
    const Ended ended = serve.wait();
    CHECK(ended.exit_code == 0);
    auto calls = calls_of(ended.err);
    INFO(ended.err);
    REQUIRE(calls.contains("traced-1"));
    REQUIRE(calls.contains("untraced-1"));
    for (const json& line : calls["traced-1"]) CHECK(line["trace_id"] == trace_id);
    for (const char* id : {"traced-1", "untraced-1"}) {
        CHECK(events(calls[id], "call.end") == 4);
        CHECK(events(calls[id], "collect.end") == 1);
    }
    CHECK(events(calls["traced-1"], "prism.api") > 0);  // logged by a thread of the run
    for (const json& line : calls["untraced-1"]) CHECK_FALSE(line.contains("trace_id"));
    // Each call without an id got one of its own.
    CHECK(calls.size() == 2 + 4);
}
