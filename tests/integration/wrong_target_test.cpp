// What an operator gets wrong: one clear error each, with the right status and no secret in it.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <thread>

#include "tests/acceptance/inventory_job.hpp"
#include "tests/integration/plugin.hpp"
#include "tests/prism_sim/server.hpp"

using namespace pf::test;

namespace {

const std::string fast_options = R"({"requests_per_second": 0, "kinds": ["vm"]})";

nlohmann::json json_of(const std::string& text) { return nlohmann::json::parse(text); }

int occurrences(const std::string& text, const std::string& word) {
    int count = 0;
    for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) {
        ++count;
    }
    return count;
}

// The status of Collector.verify and the FAILURE message of a collect, for one secret.
struct Answers {
    CallStatus verify;
    std::string failure;
    bool collect_ok = false;
};

// One collect of everything, whatever verify says.
InventoryJob one_collect(const std::string& secret) {
    InventoryJob job;
    job.options_json = fast_options;
    job.secret_data_json = secret;
    job.split_into_tasks = false;
    job.stop_on_verify_error = false;
    job.row_check.whole_run = false;
    return job;
}

Answers ask(Plugin& plugin, const std::string& secret) {
    const auto client = ReflectionClient::connect(plugin.address());
    Answers answers;
    answers.verify =
        client
            ->call("Collector", "verify",
                   R"({"options": )" + fast_options + R"(, "secret_data": )" + secret + "}")
            .status;
    const JobReport report = run_inventory_job(*client, one_collect(secret));
    answers.collect_ok = report.tasks.at(0).status.ok();
    if (!report.rows.failure_messages().empty()) {
        answers.failure = report.rows.failure_messages().front();
    }
    CHECK(report.failure_rows == 1);
    CHECK(report.rows.unique_services() == 0);
    // The row and the status have no other place for the target: once, and once only.
    const std::string target = "127.0.0.1:" + std::to_string(json_of(secret)["port"].get<int>());
    CHECK(occurrences(answers.failure, target) == 1);
    CHECK(occurrences(answers.verify.details, target) == 1);
    return answers;
}

std::string with(const std::string& secret, const char* key, const nlohmann::json& value) {
    auto json = nlohmann::json::parse(secret);
    json[key] = value;
    return json.dump();
}

}  // namespace

TEST_CASE("twelve tasks at once with a wrong password are at most two logins") {
    pf::sim::Simulator prism(pf::sim::Config{});
    Plugin plugin;
    const std::string secret = secret_for(prism.port(), prism.ca_pem(), "s3cr3t-wrong");
    std::vector<std::string> failures(12);
    {
        std::vector<std::jthread> tasks;
        for (std::string& failure : failures) {
            tasks.emplace_back([&failure, &secret, address = plugin.address()] {
                const auto client = ReflectionClient::connect(address);
                const JobReport report = run_inventory_job(*client, one_collect(secret));
                failure = report.rows.failure_messages().empty()
                              ? report.summary()
                              : report.rows.failure_messages().front();
            });
        }
    }
    for (const std::string& failure : failures) {
        CHECK_THAT(failure, Catch::StartsWith("ERROR_INVALID_CREDENTIALS"));
    }
    CHECK(prism.stats().failed_logins >= 1);
    CHECK(prism.stats().failed_logins <= 2);
    CHECK(prism.stats().credentials <= 2);
}

TEST_CASE("a wrong password is one error and at most two logins") {
    pf::sim::Simulator prism(pf::sim::Config{});
    Plugin plugin;
    const Answers answers = ask(plugin, secret_for(prism.port(), prism.ca_pem(), "s3cr3t-wrong"));
    CHECK(answers.verify.code_name() == "UNAUTHENTICATED");
    // CloudForet shows ERROR_AUTHENTICATE_FAILURE for this status, with our text.
    CHECK(answers.verify.details.rfind("ERROR_INVALID_CREDENTIALS: ", 0) == 0);
    CHECK(answers.failure.rfind("ERROR_INVALID_CREDENTIALS", 0) == 0);
    CHECK(answers.failure.find("s3cr3t-wrong") == std::string::npos);
    CHECK(answers.verify.details.find("s3cr3t-wrong") == std::string::npos);
    CHECK(prism.stats().failed_logins <= 2);
}

TEST_CASE("a certificate nobody vouches for is refused with its fingerprint and the fix") {
    pf::sim::Simulator prism(pf::sim::Config{});
    pf::sim::Simulator other(pf::sim::Config{});
    Plugin plugin;
    const Answers answers = ask(plugin, secret_for(prism.port(), other.ca_pem()));
    CHECK(answers.verify.code_name() == "FAILED_PRECONDITION");
    CHECK(answers.verify.error_code() == "ERROR_TLS");
    CHECK(answers.failure.find("ca_cert") != std::string::npos);
    CHECK(prism.stats().requests == 0);

    const std::string pinned =
        with(secret_for(prism.port(), ""), "fingerprint_sha256", prism.certificate_sha256());
    const auto client = ReflectionClient::connect(plugin.address());
    CHECK(client
              ->call("Collector", "verify",
                     R"({"options": )" + fast_options + R"(, "secret_data": )" + pinned + "}")
              .status.describe() == "OK");
}

TEST_CASE("a host that cannot be reached is FAILED_PRECONDITION, not a bare UNAVAILABLE") {
    std::uint16_t port = 0;
    std::string ca;
    {
        pf::sim::Simulator gone(pf::sim::Config{});
        port = gone.port();
        ca = gone.ca_pem();
    }
    Plugin plugin;
    const Answers answers = ask(plugin, secret_for(port, ca));
    CHECK(answers.verify.code_name() == "FAILED_PRECONDITION");
    CHECK(answers.verify.error_code() == "ERROR_PRISM_UNREACHABLE");
    CHECK(answers.collect_ok);
}

TEST_CASE("HTML instead of JSON is named for what it is") {
    pf::sim::Config config;
    config.faults = {"html"};
    pf::sim::Simulator prism(config);
    Plugin plugin;
    const Answers answers = ask(plugin, secret_for(prism.port(), prism.ca_pem()));
    CHECK(answers.verify.error_code() == "ERROR_PRISM_ANSWER");
    CHECK(answers.failure.find("html") != std::string::npos);
}

TEST_CASE("one unreachable Prism Central never hides the others") {
    pf::sim::Config config;
    config.vms = 30;
    pf::sim::Simulator prism(config);
    std::uint16_t dead_port = 0;
    {
        pf::sim::Simulator gone(pf::sim::Config{});
        dead_port = gone.port();
    }
    Plugin plugin;
    auto secret = nlohmann::json::parse(secret_for(prism.port(), prism.ca_pem()));
    secret["clusters"] = {{{"host", "127.0.0.1"}, {"port", dead_port}}};
    InventoryJob job;
    job.options_json = fast_options;
    job.secret_data_json = secret.dump();
    job.stop_on_verify_error = false;
    const auto client = ReflectionClient::connect(plugin.address());
    const JobReport report = run_inventory_job(*client, job);
    CHECK(report.rows.unique_services() == 30);
    CHECK(report.failure_rows == 1);
}
