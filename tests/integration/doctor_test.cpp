// Doctor against a Prism Central that works, and against each way in which one does not: what is
// wrong is found where it is, what hangs on it is not tried, and everything else is.
#include "host/doctor/doctor.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "host/doctor/checks.hpp"
#include "host/doctor/report_json.hpp"
#include "host/document/json_schema.hpp"
#include "tests/integration/plugin.hpp"
#include "tests/prism_sim/server.hpp"

using namespace pf::host;
using namespace pf::test;
using doctor::Finding;
using doctor::Verdict;
using nlohmann::json;

namespace {

const std::string password = "nutanix/4u";

struct Examined {
    doctor::Report report;
    json facts;  // the report as programs get it

    std::string verdict(const std::string& check, std::size_t target = 0) const {
        return facts["targets"][target]["checks"][check]["verdict"];
    }
    const json& of(const std::string& check) const {
        return facts["targets"][0]["checks"][check]["facts"];
    }
    std::string text(const std::string& check) const {
        const json& found = facts["targets"][0]["checks"][check];
        return found["text"].get<std::string>() + "\n" + found.value("advice", "");
    }
};

runtime::Request request_for(const std::vector<std::string>& secrets) {
    runtime::Request request;
    request.options = *runtime::parse_options(R"({"requests_per_second": 0})");
    for (const std::string& secret : secrets) {
        auto targets = runtime::parse_secret(secret, request.options);
        REQUIRE(targets);
        request.targets.push_back(targets->front());
    }
    return request;
}

// Every report is what its schema says, and holds no password.
Examined examine(const runtime::Request& request, const runtime::Modules& modules,
                 std::chrono::seconds time = std::chrono::seconds(60)) {
    doctor::Plan plan{request, modules};
    plan.time = time;
    Examined examined;
    examined.report = doctor::examine(plan, Stop());
    const std::string text = doctor::report_json(examined.report, 0);
    examined.facts = json::parse(text);
    auto schema = document::JsonSchema::compile(json::parse(doctor::report_schema()));
    REQUIRE(schema);
    const auto problem = schema->check(examined.facts);
    INFO(text);
    CHECK((problem ? problem->text() : "") == "");
    CHECK(text.find(password) == std::string::npos);
    CHECK(text.find("s3cr3t") == std::string::npos);
    return examined;
}

Examined examine(const pf::sim::Simulator& prism, const std::string& given = password,
                 std::chrono::seconds time = std::chrono::seconds(60)) {
    Plugin plugin;
    return examine(request_for({secret_for(prism.port(), prism.ca_pem(), given)}), plugin.modules(),
                   time);
}

std::uint16_t closed_port() { return pf::sim::Simulator(pf::sim::Config{}).port(); }

}  // namespace

TEST_CASE("a Prism Central that works gets ok everywhere, for few calls") {
    pf::sim::Config config;
    config.vms = 300;
    config.user = "svc";
    pf::sim::Simulator prism(config);
    Plugin plugin;
    json secret = json::parse(secret_for(prism.port(), prism.ca_pem()));
    secret["username"] = "svc";
    const Examined examined = examine(request_for({secret.dump()}), plugin.modules());
    for (const auto& [check, finding] : examined.facts["targets"][0]["checks"].items()) {
        INFO(check << ": " << finding.dump());
        CHECK(finding["verdict"] == "ok");
    }
    CHECK(examined.of("tls")["chain"][0]["sha256"] == prism.certificate_sha256());
    CHECK(examined.of("tls")["trust"] == "ca");
    CHECK(examined.of("login")["logins"] == 1);
    CHECK(examined.of("login")["requests_by_cookie"] > 0);
    CHECK(examined.of("identity")["uuid"] == prism.prism_central_id());
    CHECK(examined.of("limits")["throttled"] == 0);
    CHECK(prism.stats().logins == 1);
    CHECK(examined.report.first_failure().ok());
    CHECK_THAT(examined.report.next_step(), Catch::Contains("prismforet collect"));
}

TEST_CASE("a wrong password is tried once, and what needs it is not tried") {
    pf::sim::Simulator prism(pf::sim::Config{});
    const Examined examined = examine(prism, "s3cr3t-wrong");
    CHECK(examined.verdict("tls") == "ok");
    CHECK(examined.verdict("login") == "fail");
    CHECK(examined.verdict("clock") == "ok");
    for (const char* check : {"identity", "api", "role", "paging", "limits"}) {
        CHECK(examined.verdict(check) == "skipped");
        CHECK_THAT(examined.text(check), Catch::Contains("did not let this account in"));
    }
    CHECK(examined.report.first_failure().reason() == "ERROR_INVALID_CREDENTIALS");
    CHECK_THAT(examined.report.next_step(), Catch::Contains("credential"));
    CHECK(prism.stats().failed_logins == 1);
}

TEST_CASE("a certificate that is refused is shown with its chain, and nothing is sent") {
    pf::sim::Simulator prism(pf::sim::Config{});
    pf::sim::Simulator other(pf::sim::Config{});
    Plugin plugin;
    const Examined examined =
        examine(request_for({secret_for(prism.port(), other.ca_pem())}), plugin.modules());
    CHECK(examined.verdict("tcp") == "ok");
    CHECK(examined.verdict("tls") == "fail");
    CHECK(examined.of("tls")["accepted"] == false);
    CHECK(examined.of("tls")["chain"].size() == 2);
    CHECK(examined.of("tls")["chain"][0]["sha256"] == prism.certificate_sha256());
    CHECK_THAT(examined.text("tls"), Catch::Contains("ca_cert") && Catch::Contains("fingerprint"));
    CHECK(examined.verdict("login") == "skipped");
    CHECK(examined.report.first_failure().reason() == "ERROR_TLS");
    CHECK(prism.stats().requests == 0);
}

TEST_CASE("verification that is off is a warning, a pin is good") {
    pf::sim::Simulator prism(pf::sim::Config{});
    Plugin plugin;
    json secret = json::parse(secret_for(prism.port(), ""));
    secret["verify_ssl"] = false;
    CHECK(examine(request_for({secret.dump()}), plugin.modules()).verdict("tls") == "warn");
    secret["fingerprint_sha256"] = prism.certificate_sha256();
    const Examined pinned = examine(request_for({secret.dump()}), plugin.modules());
    CHECK(pinned.verdict("tls") == "ok");
    CHECK(pinned.of("tls")["trust"] == "pin");
}

TEST_CASE("where nothing answers the rest is not tried, and other targets are examined") {
    pf::sim::Simulator prism(pf::sim::Config{});
    Plugin plugin;
    const std::string good = secret_for(prism.port(), prism.ca_pem());
    json unknown = json::parse(good);
    unknown["host"] = "no-such-host.invalid";
    const Examined examined =
        examine(request_for({secret_for(closed_port(), prism.ca_pem()), unknown.dump(), good}),
                plugin.modules());
    CHECK(examined.verdict("dns") == "ok");
    CHECK(examined.verdict("tcp") == "fail");
    CHECK(examined.verdict("tls") == "skipped");
    CHECK(examined.verdict("clock") == "skipped");
    CHECK(examined.verdict("dns", 1) == "fail");
    CHECK(examined.verdict("tcp", 1) == "skipped");
    CHECK(examined.verdict("login", 2) == "ok");
    CHECK(examined.report.first_failure().reason() == "ERROR_PRISM_UNREACHABLE");
}

TEST_CASE("a Prism Central that never answers does not hold it up") {
    pf::sim::Config config;
    config.faults = {"silent"};
    pf::sim::Simulator prism(config);
    const Examined examined = examine(prism, password, std::chrono::seconds(2));
    CHECK(examined.verdict("tls") == "ok");
    CHECK(examined.verdict("login") == "fail");
    CHECK(examined.verdict("limits") == "skipped");
    CHECK(examined.report.first_failure().code() != Code::ok);
}

TEST_CASE("what answers is no Prism Central: it is told as such") {
    pf::sim::Config config;
    config.faults = {"html"};
    pf::sim::Simulator prism(config);
    const Examined examined = examine(prism);
    CHECK(examined.verdict("login") == "fail");
    CHECK(examined.report.first_failure().reason() == "ERROR_PRISM_ANSWER");
}

TEST_CASE("an API key is named as such") {
    pf::sim::Config config;
    config.api_key = "s3cr3t-key";
    pf::sim::Simulator prism(config);
    Plugin plugin;
    json secret = json::parse(secret_for(prism.port(), prism.ca_pem()));
    secret.erase("username");
    secret.erase("password");
    secret["api_key"] = "s3cr3t-key";
    const Examined by_key = examine(request_for({secret.dump()}), plugin.modules());
    CHECK(by_key.verdict("login") == "ok");
    CHECK(by_key.of("login")["method"] == "api_key");
}

TEST_CASE("the version, the size of pages and the order of each list are told") {
    pf::sim::Config config;
    config.vms = 300;
    pf::sim::Simulator prism(config);
    const Examined examined = examine(prism);
    CHECK(examined.verdict("api") == "ok");
    CHECK_THAT(examined.text("api"), Catch::Contains("vmm v4.3"));
    const json& list = examined.of("paging")["lists"][0];
    CHECK(list["resource"] == "ahv/config/vms");
    CHECK(list["page_asked"] == 100);
    CHECK(list["page_given"] == 100);
    CHECK(list["page_default"] == 50);
    CHECK(list["total"] == 300);
    CHECK(list["order"] == "by id");
}

TEST_CASE("an old Prism Central is read by v3, and doctor says so") {
    pf::sim::Config config;
    config.pc_version = "2022.6";
    pf::sim::Simulator prism(config);
    const Examined examined = examine(prism);
    CHECK(examined.verdict("api") == "warn");  // v3 has no templates
    CHECK_THAT(examined.text("api"), Catch::Contains("vmm v3") &&
                                         Catch::Contains("content/templates is not offered here"));
    CHECK(examined.of("paging")["lists"][0]["page_given"] == 500);
}

TEST_CASE("servers that do not page as others do are a warning, or as they are") {
    pf::sim::Config config;
    config.vms = 150;
    SECTION("no totals") {
        config.v4.totals = pf::sim::Totals::missing;
        pf::sim::Simulator prism(config);
        const Examined examined = examine(prism);
        CHECK(examined.verdict("paging") == "warn");
        CHECK_THAT(examined.text("paging"), Catch::Contains("without a total"));
    }
    SECTION("no sorting") {
        config.v4.refuse_orderby = {"all"};
        pf::sim::Simulator prism(config);
        const Examined examined = examine(prism);
        CHECK(examined.verdict("paging") == "ok");
        CHECK(examined.of("paging")["lists"][0]["order"] == "refused");
    }
}

TEST_CASE("what the account may not read is named, with the role to grant") {
    pf::sim::Config config;
    SECTION("the kind itself") {
        config.access.forbidden = {"vm"};
        pf::sim::Simulator prism(config);
        const Examined examined = examine(prism);
        CHECK(examined.verdict("role") == "fail");
        CHECK(examined.report.first_failure().reason() == "ERROR_PRISM_PERMISSION");
        CHECK_THAT(examined.text("role"), Catch::Contains("Prism Viewer"));
        CHECK(examined.of("role")["denied"][0]["resource"] == "ahv/config/vms");
    }
    SECTION("names only") {
        config.access.forbidden = {"subnet"};
        pf::sim::Simulator prism(config);
        const Examined examined = examine(prism);
        CHECK(examined.verdict("role") == "warn");
        CHECK_THAT(examined.text("role"), Catch::Contains("config/subnets"));
    }
}

TEST_CASE("roles are told where Prism shows them, and one that writes is a warning") {
    pf::sim::Config config;
    config.user = "svc";
    const auto examined = [&](std::vector<std::string> roles) {
        config.access.account_roles = std::move(roles);
        pf::sim::Simulator prism(config);
        Plugin plugin;
        json secret = json::parse(secret_for(prism.port(), prism.ca_pem()));
        secret["username"] = "svc";
        return examine(request_for({secret.dump()}), plugin.modules());
    };
    const Examined unknown = examined({});
    CHECK(unknown.verdict("role") == "ok");
    CHECK(unknown.of("role")["can_write"].is_null());
    const Examined reader = examined({"Prism Viewer", "Storage Viewer"});
    CHECK(reader.verdict("role") == "ok");
    CHECK(reader.of("role")["roles"] == json({"Prism Viewer", "Storage Viewer"}));
    CHECK(reader.of("role")["can_write"] == false);
    const Examined writer = examined({"Prism Viewer", "Super Admin"});
    CHECK(writer.verdict("role") == "warn");
    CHECK(writer.of("role")["can_write"] == true);
    CHECK_THAT(writer.text("role"), Catch::Contains("Super Admin"));
}

TEST_CASE("too many requests are told") {
    pf::sim::Config config;
    config.faults = {"status-429:first=1:retry-after=0"};
    pf::sim::Simulator prism(config);
    const Examined examined = examine(prism);
    CHECK(examined.verdict("limits") == "warn");
    CHECK(examined.of("limits")["throttled"] == 1);
}

TEST_CASE("modules that are missing or refused fail with their reason") {
    const runtime::Modules none;
    CHECK(doctor::check_modules(none).problem.reason() == "ERROR_MODULE_UNAVAILABLE");
    runtime::Modules refused;
    refused.add_refused("vm", "/x/vm.so",
                        Status(Code::failed_precondition, "ERROR_MODULE_ABI",
                               "built for ABI 7.0, this is 0.9; rebuild it"),
                        nullptr);
    const Finding finding = doctor::check_modules(refused);
    CHECK(finding.verdict == Verdict::fail);
    CHECK(finding.problem.reason() == "ERROR_MODULE_ABI");
    CHECK(finding.advice == "rebuild it");
    Plugin plugin;
    CHECK(doctor::check_modules(plugin.modules()).verdict == Verdict::ok);
}

TEST_CASE("the port is free, served by us already, or somebody else's") {
    const auto state = [](const Finding& finding) {
        return json::parse(finding.facts)["state"].get<std::string>();
    };
    CHECK(state(doctor::check_port("127.0.0.1:0", true, Stop())) == "free");
    Plugin plugin;
    const Finding ours = doctor::check_port(plugin.address(), true, Stop());
    CHECK(ours.verdict == Verdict::ok);
    CHECK(state(ours) == "served");
    CHECK_THAT(ours.text, Catch::Contains("prismforet test"));
    const pf::sim::Simulator other(pf::sim::Config{});
    const std::string address = "127.0.0.1:" + std::to_string(other.port());
    const Finding chosen = doctor::check_port(address, true, Stop());
    CHECK(chosen.verdict == Verdict::fail);
    CHECK(chosen.problem.reason() == "ERROR_CONFIG");
    const Finding by_default = doctor::check_port(address, false, Stop());
    CHECK(by_default.verdict == Verdict::warn);
    CHECK(state(by_default) == "taken");
    CHECK(doctor::check_port("nonsense", true, Stop()).verdict == Verdict::fail);
}

TEST_CASE("settings that cannot be used are one failure, and nothing is tried") {
    runtime::Request request;
    runtime::TargetRequest target;
    target.name = "a:9440";
    target.refusal = Status(Code::invalid_argument, "ERROR_INVALID_PARAMETER",
                            "the port is no number; give one from 1 to 65535");
    request.targets.push_back(target);
    const Examined examined = examine(request, runtime::Modules());
    CHECK(examined.facts["targets"][0]["checks"].size() == 1);
    CHECK(examined.verdict("settings") == "fail");
}

TEST_CASE("a stop ends it, and what was not reached is said") {
    pf::sim::Simulator prism(pf::sim::Config{});
    const runtime::Request request = request_for({secret_for(prism.port(), prism.ca_pem())});
    const runtime::Modules none;
    const doctor::Plan plan{request, none};
    StopSource stop;
    stop.request(Status(Code::cancelled, "ERROR_INTERRUPTED", "interrupted by a signal"));
    const doctor::Report report = doctor::examine(plan, stop.stop());
    for (const Finding& finding : report.targets[0].findings) {
        CHECK(finding.verdict == Verdict::skipped);
        CHECK_THAT(finding.text, Catch::Contains("interrupted"));
    }
    CHECK(prism.stats().connections == 0);
}

TEST_CASE("for production, what is only doubtful otherwise is unfit") {
    pf::sim::Config config;
    config.user = "svc";
    config.access.account_roles = {"Super Admin"};
    pf::sim::Simulator prism(config);
    json secret = json::parse(secret_for(prism.port(), prism.ca_pem()));
    secret["username"] = "svc";
    Plugin plugin;
    const auto look = [&](const runtime::Request& request) {
        doctor::Plan plan{request, plugin.modules()};
        plan.production.emplace();
        plan.production->clear_secrets.push_back({"targets[0].auth.password", "c.yaml:3"});
        const doctor::Report report = doctor::examine(plan, Stop());
        const json facts = json::parse(doctor::report_json(report, 0));
        auto schema = document::JsonSchema::compile(json::parse(doctor::report_schema()));
        REQUIRE(schema);
        const auto problem = schema->check(facts);
        INFO(facts.dump(2));
        CHECK((problem ? problem->text() : "") == "");
        CHECK(facts["production"]["checks"]["clear_secrets"]["verdict"] == "fail");
        CHECK(facts["production"]["checks"]["network"]["verdict"] == "todo");
        CHECK(facts["summary"]["todo"] > 5);
        return facts["targets"][0]["checks"];
    };
    const json good = look(request_for({secret.dump()}));
    CHECK(good["role"]["verdict"] == "warn");
    CHECK(good["least_role"]["verdict"] == "fail");
    CHECK(good["trust"]["verdict"] == "ok");
    secret.erase("ca_cert");
    secret["verify_ssl"] = false;
    const json open = look(request_for({secret.dump()}));
    CHECK(open["tls"]["verdict"] == "warn");
    CHECK(open["trust"]["verdict"] == "fail");
    CHECK(open["trust"]["code"] == "ERROR_NOT_FOR_PRODUCTION");
}
