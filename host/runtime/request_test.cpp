#include "host/runtime/request.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <random>

#include "host/runtime/nearest.hpp"

using namespace pf::host;
using namespace pf::host::runtime;
using nlohmann::json;

namespace {

std::vector<TargetRequest> targets_of(const json& secret, const Options& options = {}) {
    const auto parsed = parse_secret(secret.dump(), options);
    INFO(parsed.status().text());
    REQUIRE(parsed.ok());
    return *parsed;
}

TargetRequest target_of(const json& secret, const Options& options = {}) {
    const auto targets = targets_of(secret, options);
    REQUIRE(targets.size() == 1);
    CHECK(targets[0].refusal.ok());
    return targets[0];
}

Status refusal_of(const json& secret) { return parse_secret(secret.dump(), {}).status(); }

json secret_with(const json& more = json::object()) {
    json secret = {{"host", "pc1"}, {"username", "admin"}, {"password", "p4ss"}};
    secret.update(more);
    return secret;
}

// A certificate's outline; the parser of requests looks no deeper.
const char* const pem =
    "-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIBAgIUQ2VydA==\n"
    "-----END CERTIFICATE-----\n";

}  // namespace

TEST_CASE("a host is understood however it was pasted") {
    struct Row {
        const char* text;
        const char* name;
    };
    for (const Row& row : {Row{"pc1", "pc1:9440"},
                           {" PC1.Example.COM. ", "pc1.example.com:9440"},
                           {"https://pc1/", "pc1:9440"},
                           {"http://pc1:9441/console/#page", "pc1:9441"},
                           {"HTTPS://pc1:443/api?x=1", "pc1:443"},
                           {"pc1:", "pc1:9440"},
                           {"10.0.0.5", "10.0.0.5:9440"},
                           {"10.0.0.5:9441", "10.0.0.5:9441"},
                           {"::1", "[::1]:9440"},
                           {"[::1]", "[::1]:9440"},
                           {"[FE80::1%eth0]:9441", "[fe80::1%eth0]:9441"},
                           {"https://[2001:db8::5]:9441/", "[2001:db8::5]:9441"}}) {
        INFO(row.text);
        const TargetRequest target = target_of(secret_with({{"host", row.text}}));
        CHECK(target.name == row.name);
        CHECK(target.spec.host.find_first_of("[]/") == std::string::npos);
    }
}

TEST_CASE("a host that is none is refused without being quoted") {
    for (const char* text : {"ftp://pc1",
                             "admin:s3cret@pc1",
                             "https://admin:s3cret@pc1/",
                             "pc1:99999",
                             "pc1:abc",
                             "pc 1",
                             "-pc",
                             "pc..1",
                             "[::1",
                             "[pc1]",
                             "[::1]9440",
                             "https://",
                             "[::1%a\r\nX-Evil: 1]",
                             "fe80::1%eth 0",
                             "::1%",
                             "fe80::1%\"",
                             "::1%0123456789abcdef",
                             "::1%eth0.",
                             "pr\xc3\xbc"
                             "fung",
                             "a:b:c"}) {
        INFO(text);
        const Status status = refusal_of(secret_with({{"host", text}}));
        CHECK(status.code() == Code::invalid_argument);
        CHECK(status.message().find("secret_data.host") != std::string::npos);
        CHECK(status.message().find("s3cret") == std::string::npos);
    }
}

TEST_CASE("nothing hides behind a NUL in a host") {
    for (const std::string text : {std::string("fe80::1\0\r\nX-Evil: 1", 20),
                                   std::string("::1\0", 4), std::string("pc1\0x", 5)}) {
        CHECK(refusal_of(secret_with({{"host", text}})).reason() == "ERROR_INVALID_PARAMETER");
    }
}

TEST_CASE("a port is understood however it was sent") {
    for (const json& port :
         {json(9441), json(9441.0), json("9441"), json(" 9441 "), json("9441.0")}) {
        CHECK(target_of(secret_with({{"port", port}})).spec.port == 9441);
    }
    for (const json& port : {json(nullptr), json("")}) {
        CHECK(target_of(secret_with({{"port", port}})).spec.port == 9440);
    }
    CHECK(target_of(secret_with({{"host", "pc1:9441"}, {"port", 9440.0}})).spec.port == 9441);
    for (const json& port : {json(0), json(70000), json(9440.5), json("abc"), json::array()}) {
        CHECK(refusal_of(secret_with({{"port", port}})).code() == Code::invalid_argument);
    }
}

TEST_CASE("ways to log in") {
    const TargetRequest basic = target_of(secret_with({{"api_key", ""}}));
    CHECK(basic.spec.credential.username == "admin");
    CHECK(basic.spec.credential.password.reveal() == "p4ss");
    CHECK(target_of(secret_with({{"password", 123456.0}})).spec.credential.password.reveal() ==
          "123456");

    const TargetRequest key = target_of({{"prism_central", "pc1"}, {"api_key", "k3y"}});
    CHECK(key.spec.credential.api_key.reveal() == "k3y");
    CHECK(key.spec.credential.username.empty());

    const TargetRequest old = target_of(secret_with({{"username", "X-ntnx-api-key"}}));
    CHECK(old.spec.credential.api_key.reveal() == "p4ss");
    CHECK(old.spec.credential.username.empty());
    CHECK(old.spec.credential.password.empty());

    const TargetRequest both = target_of(
        secret_with({{"username", " x-NTNX-api-key "}, {"password", "k3y"}, {"api_key", "k3y"}}));
    CHECK(both.spec.credential.api_key.reveal() == "k3y");
    CHECK(both.spec.credential.password.empty());
    CHECK(target_of({{"host", "pc1"}, {"api_key", " k3y\n"}}).spec.credential.api_key.reveal() ==
          "k3y");
    for (const char* broken : {"k3\ny", "k3\r\nX-Evil: 1", "k3 y", "k\xc3\xa9y"}) {
        const Status status = refusal_of({{"host", "pc1"}, {"api_key", broken}});
        CHECK(status.code() == Code::invalid_argument);
        CHECK(status.message().find("k3") == std::string::npos);
    }

    CHECK(refusal_of(secret_with({{"api_key", "k3y"}})).code() == Code::invalid_argument);
    CHECK(refusal_of(secret_with({{"username", "X-ntnx-api-key"}, {"api_key", "other"}})).code() ==
          Code::invalid_argument);
    CHECK(refusal_of(secret_with({{"username", "a:b"}})).code() == Code::invalid_argument);
    CHECK(refusal_of(secret_with({{"password", ""}})).text() ==
          "ERROR_REQUIRED_PARAMETER: Required parameter. (key = secret_data.password)");
    CHECK(refusal_of(secret_with({{"username", nullptr}})).message().find("secret_data.username") !=
          std::string::npos);
}

TEST_CASE("what is missing is named") {
    CHECK(refusal_of(json::object()).text() ==
          "ERROR_REQUIRED_PARAMETER: Required parameter. (key = secret_data.host)");
    CHECK_FALSE(parse_secret("", {}).ok());
    CHECK(refusal_of({{"clusters", json::array()}}).reason() == "ERROR_REQUIRED_PARAMETER");
    CHECK(refusal_of(secret_with({{"host", "pc1"}, {"prism_central", "pc2"}})).code() ==
          Code::invalid_argument);
    CHECK(target_of(secret_with({{"prism_central", "https://pc1/"}})).name == "pc1:9440");
}

TEST_CASE("TLS settings") {
    CHECK(target_of(secret_with()).spec.tls.verify);
    for (const json& no :
         {json(false), json("false"), json("No"), json("0"), json(0.0), json("off")}) {
        CHECK_FALSE(target_of(secret_with({{"verify_ssl", no}})).spec.tls.verify);
    }
    for (const json& yes : {json(true), json("TRUE"), json(1), json(""), json(nullptr)}) {
        CHECK(target_of(secret_with({{"verify_ssl", yes}})).spec.tls.verify);
    }
    CHECK(refusal_of(secret_with({{"verify_ssl", "maybe"}})).code() == Code::invalid_argument);

    std::string flat = pem;
    std::replace(flat.begin(), flat.end(), '\n', ' ');
    CHECK(target_of(secret_with({{"ca_cert", flat}})).spec.tls.ca_pem == flat);
    flat.erase(std::remove(flat.begin(), flat.end(), ' '), flat.end());
    CHECK(refusal_of(secret_with({{"ca_cert", flat}})).code() == Code::invalid_argument);
    std::string joined = pem;
    joined.erase(std::remove(joined.begin(), joined.end(), '\n'), joined.end());
    CHECK(target_of(secret_with({{"ca_cert", joined}})).spec.tls.ca_pem == joined);
    CHECK(refusal_of(secret_with({{"ca_cert", "MIIB..."}})).code() == Code::invalid_argument);

    const std::string hex(64, 'A');
    CHECK(target_of(secret_with({{"fingerprint_sha256", hex}})).spec.tls.pin_sha256 ==
          std::string(64, 'a'));
    CHECK(refusal_of(secret_with({{"fingerprint_sha256", "abc"}})).code() ==
          Code::invalid_argument);
}

TEST_CASE("limits and account come from the options, the secret's account wins") {
    Options options;
    options.sessions = 16;
    options.requests_per_second = 30;
    options.replicas = 4;
    options.account_id = "from-options";
    const TargetRequest target = target_of(secret_with(), options);
    CHECK(target.spec.limits.sessions == 4);
    CHECK(target.spec.limits.in_flight == 4);
    CHECK(target.spec.limits.per_second == 7.5);
    CHECK(target.account_id == "from-options");
    CHECK(target_of(secret_with({{"account_id", " mine "}}), options).account_id == "mine");
    CHECK(refusal_of(secret_with({{"account_id", std::string(256, 'x')}})).code() ==
          Code::invalid_argument);
}

TEST_CASE("a target may name its proxy, for itself and for those below it") {
    json secret = secret_with({{"proxy", " http://me:pr0xypass@proxy.example:3128 "}});
    CHECK_FALSE(target_of(secret_with()).spec.proxy.has_value());
    CHECK(target_of(secret).spec.proxy->host == "proxy.example");
    CHECK(target_of(secret).spec.proxy->user_info.reveal() == "me:pr0xypass");
    CHECK(target_of(secret_with({{"proxy", "none"}})).spec.proxy->host.empty());
    secret["clusters"] = {{{"host", "pc2"}}, {{"host", "pc3"}, {"proxy", "none"}}};
    const auto targets = parse_secret(secret.dump(), {});
    REQUIRE(targets->size() == 3);
    CHECK((*targets)[1].spec.proxy->port == 3128);
    CHECK((*targets)[2].spec.proxy->host.empty());
    const Status refusal = refusal_of(secret_with({{"proxy", "https://me:pr0xypass@proxy:1"}}));
    CHECK(refusal.code() == Code::invalid_argument);
    CHECK_THAT(refusal.message(),
               Catch::Contains("secret_data.proxy") && !Catch::Contains("pr0xypass"));
}

TEST_CASE("the time budget is given in minutes, also in parts of one") {
    using std::chrono::milliseconds;
    CHECK_FALSE(parse_options("{}")->budget.has_value());
    CHECK(parse_options(R"({"budget_minutes": "90"})")->budget == milliseconds(5'400'000));
    CHECK(parse_options(R"({"budget_minutes": 0.01})")->budget == milliseconds(600));
    CHECK(parse_options(R"({"budget_minutes": 0})")->budget == milliseconds(0));
    CHECK_FALSE(parse_options(R"({"budget_minutes": 1441})").ok());
    CHECK_FALSE(parse_options(R"({"budget_minutes": -1})").ok());
}

TEST_CASE("replicas share the limits, down to what is still of use") {
    const auto shares = [](std::uint32_t replicas, std::uint32_t sessions, double per_second) {
        Options options;
        options.replicas = replicas;
        options.sessions = sessions;
        options.requests_per_second = per_second;
        const prism::Limits limits = limits_of(options);
        CHECK(limits.in_flight == limits.sessions);
        return std::pair(limits.sessions, limits.per_second);
    };
    CHECK(shares(1, 8, 20) == std::pair(8u, 20.0));
    CHECK(shares(3, 8, 30) == std::pair(3u, 10.0));
    CHECK(shares(1000, 8, 20) == std::pair(2u, 1.0));
    CHECK(shares(1000, 1, 0.5) == std::pair(1u, 0.5));
    CHECK(shares(4, 64, 0) == std::pair(16u, 0.0));
}

TEST_CASE("clusters inherit what they do not say") {
    json secret = secret_with({{"port", 9441}, {"ca_cert", pem}, {"verify_ssl", "false"}});
    secret["clusters"] = {{{"host", "pc2"}},
                          {{"host", "pc3"}, {"username", "other"}, {"password", "0ther"}},
                          {{"host", "pc4:9440"}, {"api_key", "k3y"}},
                          {{"host", "pc5"}, {"fingerprint_sha256", std::string(64, 'b')}},
                          "pc6"};
    const auto targets = targets_of(secret);
    REQUIRE(targets.size() == 6);
    for (const TargetRequest& target : targets) {
        INFO(target.name);
        CHECK(target.refusal.ok());
    }
    CHECK(targets[1].name == "pc2:9441");
    CHECK(targets[1].spec.credential.password.reveal() == "p4ss");
    CHECK(targets[1].spec.tls.ca_pem == pem);
    CHECK_FALSE(targets[1].spec.tls.verify);
    CHECK(targets[2].spec.credential.username == "other");
    CHECK(targets[2].spec.credential.password.reveal() == "0ther");
    CHECK(targets[3].name == "pc4:9440");
    CHECK(targets[3].spec.credential.username.empty());
    CHECK(targets[3].spec.credential.api_key.reveal() == "k3y");
    CHECK(targets[4].spec.tls.verify);
    CHECK(targets[4].spec.tls.ca_pem.empty());
    CHECK(targets[5].name == "pc6:9441");
}

TEST_CASE("clusters without a host beside them, and as text") {
    json secret = {{"username", "admin"}, {"password", "p"}, {"clusters", "pc1, pc2:9441"}};
    CHECK(targets_of(secret).size() == 2);
    secret["clusters"] = R"([{"host": "pc1"}, {"host": "pc2"}])";
    CHECK(targets_of(secret).size() == 2);
    secret["clusters"] = {{"host", "pc1"}};
    CHECK(targets_of(secret).size() == 1);
    secret["fingerprint_sha256"] = std::string(64, 'c');
    CHECK(targets_of(secret)[0].spec.tls.pin_sha256 == std::string(64, 'c'));
    secret["clusters"] = {1, 2};
    CHECK(refusal_of(secret).code() == Code::invalid_argument);
}

TEST_CASE("one bad entry does not hide the others") {
    json secret = secret_with();
    secret["clusters"] = {{{"host", "p c"}}, {{"username", "x"}}, {{"host", "pc3"}}};
    const auto targets = targets_of(secret);
    REQUIRE(targets.size() == 4);
    CHECK(targets[0].refusal.ok());
    CHECK(targets[1].refusal.message().find("secret_data.clusters[0].host") != std::string::npos);
    CHECK(targets[1].name == "secret_data.clusters[0]");
    CHECK(targets[2].refusal.reason() == "ERROR_REQUIRED_PARAMETER");
    CHECK(targets[3].refusal.ok());
}

TEST_CASE("a target listed twice is one, or a mistake that is told") {
    json secret = secret_with();
    secret["clusters"] = {{{"host", "https://PC1:9440/"}}};
    CHECK(target_of(secret).name == "pc1:9440");
    secret["clusters"] = {{{"host", "pc1"}, {"password", "0ther"}}, {{"host", "pc2"}}};
    const auto targets = targets_of(secret);
    REQUIRE(targets.size() == 2);
    CHECK(targets[0].refusal.message().find("more than once") != std::string::npos);
    CHECK(targets[0].refusal.message().find("0ther") == std::string::npos);
    CHECK(targets[1].refusal.ok());
}

TEST_CASE("encrypted secrets and references are refused in words") {
    CHECK(refusal_of({{"encrypted_data", "AAAA"}}).reason() == "ERROR_SECRET_ENCRYPTED");
    CHECK(refusal_of({{"encrypted_data", "AAAA"}}).code() == Code::failed_precondition);
    CHECK(refusal_of(secret_with({{"encrypted_data", "AAAA"}})).reason() ==
          "ERROR_SECRET_ENCRYPTED");
    const Status status = refusal_of(secret_with({{"password", "secret://pc1-admin"}}));
    CHECK(status.reason() == "ERROR_SECRET_REFERENCE");
    CHECK(status.message().find("pc1-admin") == std::string::npos);
}

TEST_CASE("keys that a form adds are not minded") {
    CHECK(target_of(secret_with({{"comment", "x"}, {"nested", {{"a", 1}}}})).name == "pc1:9440");
}

TEST_CASE("tasks go out and come back the same") {
    CHECK_FALSE(parse_task("").value().has_value());
    CHECK_FALSE(parse_task("{}").value().has_value());
    Task task;
    task.target = "pc1:9440";
    task.kind = "vm";
    task.cluster = "rest";
    task.listed = {"a", "b"};
    const json sent = json::parse(to_json(task));
    CHECK(sent["resource_type"] == "inventory.CloudService");
    const auto back = parse_task(sent.dump());
    REQUIRE(back.ok());
    CHECK(to_json(**back) == sent.dump());
    Task whole;
    whole.target = "pc1:9440";
    CHECK(parse_task(to_json(whole)).value()->kind.empty());
    Task types;
    types.scope = Task::Scope::types;
    CHECK(parse_task(to_json(types)).value()->scope == Task::Scope::types);
}

TEST_CASE("a task that is none of ours is refused") {
    for (const char* text :
         {R"({"target": "pc1:9440", "cluster": "a"})", R"({"kind": "vm"})",
          R"({"targte": "a", "kind": "vm"})",
          R"({"resource_type": "inventory.Server", "target": "a", "kind": "vm"})",
          R"({"target": 1, "kind": "vm"})", R"({"target": "a", "kind": "vm", "listed": "b"})",
          "[]"}) {
        INFO(text);
        CHECK(parse_task(text).status().code() == Code::invalid_argument);
    }
}

TEST_CASE("the nearest name is suggested, and only when it is near") {
    const std::vector<std::string> known = {"init", "verify", "collect"};
    CHECK(suggestion("inti", known) == "; did you mean 'init'?");
    CHECK(suggestion("colect", known) == "; did you mean 'collect'?");
    CHECK(suggestion("delete_all", known).empty());
    CHECK(suggestion("", known).empty());
    CHECK(suggestion(std::string(100000, 'i'), known).empty());
    CHECK(suggestion("x", {}).empty());
}

namespace {

// Documents of the right keys and every wrong value.
class RandomJson {
  public:
    explicit RandomJson(unsigned seed) : random_(seed) {}

    json value(int depth) {
        static const std::vector<json> leaves = {nullptr,
                                                 true,
                                                 0,
                                                 -1,
                                                 9440.0,
                                                 1e300,
                                                 "",
                                                 " ",
                                                 "vm",
                                                 "pc1:9440",
                                                 "false",
                                                 "rest",
                                                 "[::1]:",
                                                 "secret://x",
                                                 "\xff\xfe",
                                                 "https://",
                                                 "{\"host\":\"a\"}",
                                                 "X-NTNX-api-key"};
        switch (depth > 3 ? 9 : pick(10)) {
            case 0:
                return object(depth + 1);
            case 1: {
                json list = json::array();
                for (std::size_t i = pick(4); i > 0; --i) {
                    list.push_back(value(depth + 1));
                }
                return list;
            }
            default:
                return leaves[pick(leaves.size())];
        }
    }

    json object(int depth) {
        static const std::vector<std::string> keys = {
            "host",       "prism_central", "port",      "username",      "password",
            "api_key",    "clusters",      "ca_cert",   "verify_ssl",    "fingerprint_sha256",
            "account_id", "kinds",         "page_size", "encoding",      "target",
            "kind",       "cluster",       "listed",    "resource_type", "encrypted_data",
            "sessions"};
        json result = json::object();
        for (std::size_t i = pick(8); i > 0; --i) {
            result[keys[pick(keys.size())]] = value(depth);
        }
        return result;
    }

    std::size_t pick(std::size_t count) {
        return std::uniform_int_distribution<std::size_t>(0, count - 1)(random_);
    }

  private:
    std::mt19937 random_;
};

}  // namespace

TEST_CASE("no document is too odd") {
    RandomJson random(7);
    std::size_t usable = 0;
    for (int i = 0; i < 20000; ++i) {
        const std::string text =
            random.object(0).dump(-1, ' ', false, json::error_handler_t::replace);
        const std::string torn = text.substr(0, random.pick(text.size() + 1));
        for (const std::string& document : {text, torn}) {
            static_cast<void>(parse_options(document));
            usable += parse_secret(document, {}).ok() ? 1 : 0;
            const auto task = parse_task(document);
            if (task.ok() && task->has_value()) {
                const auto again = parse_task(to_json(**task));
                REQUIRE(again.ok());
                REQUIRE(to_json(**again) == to_json(**task));
            }
        }
    }
    CHECK(usable > 0);
    CHECK_FALSE(parse_options(std::string(100000, '[')).ok());
    CHECK_FALSE(parse_secret("{\"a\":" + std::string(100000, '['), {}).ok());
}
