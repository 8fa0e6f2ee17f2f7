#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "host/app/config.hpp"
#include "host/app/config_schema.hpp"
#include "host/app/production_setup.hpp"
#include "host/app/targets.hpp"
#include "host/app/units.hpp"
#include "host/cloudforet/registration/plugin_roles.hpp"

namespace app = pf::host::app;
namespace fs = std::filesystem;
using Catch::Matchers::Contains;

namespace {

// A directory of its own for each test, removed at its end.
class Folder {
  public:
    Folder() {
        std::string name = (fs::temp_directory_path() / "pf-config-XXXXXX").string();
        REQUIRE(::mkdtemp(name.data()) != nullptr);
        path_ = name;
    }
    ~Folder() {
        std::error_code error;
        fs::remove_all(path_, error);
    }
    std::string write(const std::string& name, const std::string& text, bool is_private = true) {
        const fs::path file = path_ / name;
        std::ofstream(file) << text;
        fs::permissions(file, is_private ? fs::perms(0600) : fs::perms(0644));
        return file.string();
    }

  private:
    fs::path path_;
};

// The first problem of a file, without its directory.
std::string problem_of(const std::string& text, const app::Environment& environment = {}) {
    Folder folder;
    const std::string file = folder.write("c.yaml", text);
    const auto loaded = app::load_config(environment, {file, {}});
    if (loaded) {
        return "good";
    }
    CHECK(loaded.status().reason() == "ERROR_CONFIG");
    std::string message = loaded.status().message();
    const std::size_t at = message.find(file);
    REQUIRE(at != std::string::npos);
    return message.replace(at, file.size(), "c.yaml");
}

app::LoadedConfig load(const std::string& text, const app::Environment& environment = {},
                       std::vector<app::Override> overrides = {}) {
    Folder folder;
    auto loaded =
        app::load_config(environment, {folder.write("c.yaml", text), std::move(overrides)});
    INFO(loaded.status().text());
    REQUIRE(loaded.ok());
    return std::move(*loaded);
}

constexpr const char* target = R"(
targets:
  - name: pc1
    url: https://pc1:9440
    auth: {username: svc, password: '${env:PW}'}
)";

}  // namespace

TEST_CASE("without any file the defaults serve") {
    const auto loaded = app::load_config({}, {});
    REQUIRE(loaded.ok());
    CHECK(loaded->config.serve.grpc == "0.0.0.0:50051");
    CHECK(loaded->config.serve.role == "inventory");
    CHECK(loaded->config.serve.drain == std::chrono::seconds(25));
    CHECK(loaded->config.targets.empty());
}

TEST_CASE("each mistake is told with its line and what to do") {
    CHECK_THAT(problem_of("log:\n  levl: info\n"),
               Contains("c.yaml:2: log.levl: unknown key; did you mean 'level'?"));
    CHECK_THAT(problem_of("\n\nserv: {}\n"), Contains("c.yaml:3: serv: unknown key; did you mean"));
    CHECK_THAT(problem_of("targets:\n  - name: a\n    urll: x\n"),
               Contains("c.yaml:3: targets[0].urll"));
    CHECK_THAT(problem_of("targets:\n  - name: a\n"), Contains("c.yaml:2: targets[0]"));
    CHECK_THAT(problem_of("log: {format: xml}\n"), Contains("c.yaml:1: log.format"));
    CHECK_THAT(problem_of("log: {level: loud}\n"), Contains("c.yaml:1: log.level: is no level"));
    CHECK_THAT(problem_of("a: [1\n"), Contains("c.yaml:2: is not valid YAML"));
    CHECK_THAT(problem_of("- a\n"), Contains("c.yaml:1: must be a mapping"));
    CHECK_THAT(problem_of("log: {}\nlog: {}\n"), Contains("c.yaml:2: log: is given twice"));
    CHECK_THAT(problem_of("a: 1\n---\nb: 2\n"), Contains("several documents"));
    CHECK_THAT(problem_of("serve: {drain: soon}\n"),
               Contains("c.yaml:1: serve.drain: is not a duration; write it as 30s"));
    CHECK_THAT(problem_of("serve:\n  roles: [metrics]\n"), Contains("c.yaml:2: serve.roles[0]"));
    CHECK_THAT(problem_of("collect:\n  page_size: 1000\n"),
               Contains("c.yaml:2: collect.page_size"));
    CHECK_THAT(problem_of("collect: {pagesize: 5}\n"), Contains("did you mean 'page_size'?"));
    CHECK_THAT(problem_of(target), Contains("c.yaml:5: targets[0].auth.password: needs the "
                                            "environment variable PW"));
    CHECK_THAT(problem_of("targets:\n  - {name: a, url: h}\n"), Contains("has no credential"));
    CHECK_THAT(problem_of(std::string(target) + "  - {name: pc1, url: h, auth: {username: a}}\n",
                          {{"PW", "secret"}}),
               Contains("c.yaml:6: targets[1].name: another target has this name"));
    CHECK_THAT(problem_of("log: {level: '${nothing}'}\n"), Contains("neither ${env:NAME} nor"));
}

TEST_CASE("a file is bounded in depth, size and by its aliases") {
    std::string deep;
    for (int i = 0; i < 40; ++i) {
        deep += "{a: ";
    }
    CHECK_THAT(problem_of("log: " + deep + std::string(40, '}') + "\n"),
               Contains("nested too deeply"));
    std::string bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
    for (int i = 1; i < 8; ++i) {
        const std::string name = "a" + std::to_string(i);
        const std::string below = "*a" + std::to_string(i - 1);
        bomb += name + ": &" + name + " [";
        for (int k = 0; k < 10; ++k) {
            bomb += (k == 0 ? "" : ", ") + below;
        }
        bomb += "]\n";
    }
    CHECK_THAT(problem_of(bomb), Contains("aliases that multiply"));
    CHECK_THAT(problem_of(std::string(2u << 20, '#')), Contains("larger than"));
    CHECK_FALSE(app::load_config({}, {"/nowhere/c.yaml", {}}).ok());
}

TEST_CASE("flags win over the environment, the environment over the file, the file over defaults") {
    const std::string file = "serve: {grpc: 'f:1'}\nlog: {level: warn}\n";
    CHECK(load(file).config.serve.grpc == "f:1");
    const app::Environment environment = {{"PRISMFORET_SERVE__GRPC", "e:2"}};
    CHECK(load(file, environment).config.serve.grpc == "e:2");
    const auto loaded = load(file, environment, {{"serve.grpc", "o:3", "--listen"}});
    CHECK(loaded.config.serve.grpc == "o:3");
    CHECK(loaded.layers->origin("serve.grpc").text() == "--listen");
    CHECK(loaded.layers->origin("serve.drain").text() == "default");
    CHECK(loaded.layers->origin("log.level").line == 2);
    CHECK(load(file, environment).layers->origin("serve.grpc").text() ==
          "environment PRISMFORET_SERVE__GRPC");
}

TEST_CASE("the environment reaches every key, and only ours") {
    const app::Environment environment = {
        {"PRISMFORET_MODULES__ENABLE", "vm, cluster"},
        {"PRISMFORET_LOG__LEVEL", "debug"},
        {"LOG_LEVEL", "ERROR"},
        {"PRISMFORET_TARGETS__0__LIMITS__PER_SECOND", "5.5"},
        {"PRISMFORET_TARGETS__0__TLS__INSECURE_SKIP_VERIFY", "true"},
        {"PW", "12345"},
        {"PRISMFORET_SERVICE_HOST", "10.0.0.1"},
        {"PRISMFORET_PORT", "tcp://10.0.0.1:50051"},
    };
    const auto loaded = load(target, environment);
    CHECK(loaded.config.modules.enable == std::vector<std::string>{"vm", "cluster"});
    CHECK(loaded.config.log.level == pf::host::observe::Level::debug);
    CHECK(loaded.config.targets[0].limits.per_second == 5.5);
    CHECK(loaded.config.targets[0].skips_verification);
    CHECK(loaded.config.targets[0].password.reveal() == "12345");

    const auto upper = app::load_config({{"LOG_LEVEL", "DEBUG"}}, {});
    REQUIRE(upper.ok());
    CHECK(upper->config.log.level == pf::host::observe::Level::debug);
    const auto wrong = app::load_config({{"PRISMFORET_SERVE__GPRC", "x"}}, {});
    CHECK_THAT(wrong.status().message(),
               Contains("environment PRISMFORET_SERVE__GPRC") && Contains("did you mean 'grpc'?"));
    CHECK_FALSE(app::load_config({{"PRISMFORET_ROLE", "metrics"}}, {}).ok());
    for (const auto& role : pf::host::cloudforet::plugin_roles()) {
        const auto loaded = app::load_config({{"PRISMFORET_ROLE", std::string(role.role)}}, {});
        REQUIRE(loaded.ok());
        CHECK(loaded->config.serve.role == role.role);
    }
}

TEST_CASE("a wrong value of a flag is a wrong use of the command line") {
    const auto wrong = app::load_config({}, {"", {{"serve.drain", "soon", "--drain"}}});
    CHECK(wrong.status().reason() == "ERROR_USAGE");
    CHECK_THAT(wrong.status().message(), Contains("--drain: serve.drain: is not a duration"));
}

TEST_CASE("secrets come from files and the environment; in place they give a warning") {
    Folder folder;
    const std::string secret = folder.write("pw", "hunter2hunter2\n");
    const std::string open_secret = folder.write("open", "hunter3\n", false);
    const std::string head = "targets:\n  - name: a\n    url: h\n    auth:\n      username: u\n";
    auto loaded = load(head + "      password_file: " + secret + "\n");
    CHECK(loaded.config.targets[0].password.reveal() == "hunter2hunter2");
    CHECK(loaded.warnings.empty());

    loaded = load(head + "      password_file: " + open_secret + "\n");
    REQUIRE(loaded.warnings.size() == 1);
    CHECK_THAT(loaded.warnings[0], Contains("everybody") && Contains("chmod 600"));

    loaded = load(head + "      password: 'x${file:" + secret + "}y'\n");
    CHECK(loaded.config.targets[0].password.reveal() == "xhunter2hunter2y");
    CHECK(loaded.warnings.empty());

    loaded = load(head + "      password: 12345\n");
    CHECK(loaded.config.targets[0].password.reveal() == "12345");
    REQUIRE(loaded.warnings.size() == 1);
    CHECK_THAT(loaded.warnings[0],
               Contains(":6: targets[0].auth.password") && Contains("password_file"));
    CHECK(loaded.warnings[0].find("12345") == std::string::npos);

    loaded = load(head + "      password: 'a$${b}'\n");
    CHECK(loaded.config.targets[0].password.reveal() == "a${b}");
}

TEST_CASE("the proxy comes from the target, else from the usual variables") {
    const app::Environment environment = {{"PW", "secret"},
                                          {"HTTPS_PROXY", "http://u:envpass@upper:3128"},
                                          {"https_proxy", "http://lower:3128"},
                                          {"NO_PROXY", ".inside.example"}};
    auto loaded =
        load(std::string(target) + "    proxy: 'http://me:${env:PW}@own:8080'\n", environment);
    CHECK(loaded.config.targets[0].proxy.reveal() == "http://me:secret@own:8080");
    CHECK(loaded.config.proxies.choose("pc1.example", 9440).host == "lower");
    CHECK(loaded.config.proxies.choose("pc1.inside.example", 9440).host.empty());
    const auto request = app::target_request(loaded.config.targets[0], {});
    REQUIRE(request.ok());
    CHECK(request->spec.proxy->host == "own");
    loaded = load(target, {{"PW", "x"}, {"https_proxy", ""}, {"HTTPS_PROXY", "upper:3128"}});
    CHECK(loaded.config.targets[0].proxy.empty());
    CHECK(loaded.config.proxies.choose("pc1.example", 9440).host == "upper");
    CHECK(load("log: {}\n").config.proxies.choose("pc1.example", 9440).host.empty());
    CHECK_THAT(
        problem_of(std::string(target) + "    proxy: https://me:topsecret@p:1\n", {{"PW", "x"}}),
        Contains("c.yaml:6: targets[0].proxy: the proxy is none of the kind http://") &&
            !Contains("topsecret"));
    const auto wrong = app::load_config({{"HTTPS_PROXY", "socks5://u:topsecret@p:1"}}, {});
    CHECK(wrong.status().reason() == "ERROR_CONFIG");
    CHECK_THAT(wrong.status().message(),
               Contains("environment HTTPS_PROXY: ") && !Contains("topsecret"));
}

TEST_CASE("no message of a wrong configuration shows a secret") {
    const std::string head = "targets:\n  - name: a\n    url: h\n    auth:\n      username: u\n";
    for (const char* const tail :
         {"      password: [topsecret]\n", "      password: {a: topsecret}\n",
          "      password: topsecret\n      password_file: /nowhere\n"}) {
        CHECK(problem_of(head + std::string(tail)).find("topsecret") == std::string::npos);
    }
}

TEST_CASE("durations and sizes") {
    using std::chrono::milliseconds;
    CHECK(*app::parse_duration("30s") == milliseconds(30000));
    CHECK(*app::parse_duration("1h30m") == milliseconds(5400000));
    CHECK(*app::parse_duration("1.5s") == milliseconds(1500));
    CHECK(*app::parse_duration("500ms") == milliseconds(500));
    CHECK(*app::parse_duration("0") == milliseconds(0));
    for (const char* wrong : {"", "30", "s", "-1s", "1s 2", "1e3s", "99999999d", "1.2.3s", "5 s"}) {
        INFO(wrong);
        CHECK_FALSE(app::parse_duration(wrong).ok());
    }
    CHECK(*app::parse_size("64MiB") == 67108864);
    CHECK(*app::parse_size("1.5KiB") == 1536);
    CHECK(*app::parse_size("2GB") == 2000000000);
    for (const char* wrong : {"", "64", "MiB", "1XB", "-1B", "99999999TiB", "1MiB1"}) {
        INFO(wrong);
        CHECK_FALSE(app::parse_size(wrong).ok());
    }
}

TEST_CASE("the schema knows every default") {
    CHECK(nlohmann::json::parse(app::config_schema_text()).contains("properties"));
    for (const auto& [key, value] : app::config_defaults().items()) {
        CHECK(app::config_schema()["properties"].contains(key));
    }
}

TEST_CASE("CloudForet's services and tokens, and credentials that it keeps") {
    Folder folder;
    const std::string token = folder.write("token", "t0ken-of-the-domain\n");
    const auto loaded =
        load("cloudforet:\n  identity: grpc://identity:50051\n  token_file: " + token +
             "\n  endpoints: {repository: grpc://r:1}\n  outside: true\n");
    CHECK(loaded.config.cloudforet.identity == "grpc://identity:50051");
    CHECK(loaded.config.cloudforet.token.reveal() == "t0ken-of-the-domain");
    CHECK(loaded.config.cloudforet.workspace_token.empty());
    CHECK(loaded.config.cloudforet.endpoints.at("repository") == "grpc://r:1");
    CHECK(loaded.config.cloudforet.is_outside);
    CHECK(app::is_secret_key("cloudforet.workspace_token"));

    const std::string head = "targets:\n  - name: a\n    url: h\n    auth:\n";
    const auto kept = load(head + "      secret: 'secret://secret-1'\n");
    CHECK(kept.config.targets[0].secret_id == "secret-1");
    CHECK(kept.warnings.empty());
    CHECK_THAT(problem_of(head + "      secret: secret-1\n"), Contains("secret://ID"));
    CHECK_THAT(problem_of(head + "      secret: 'secret://'\n"), Contains("secret://ID"));
    CHECK_THAT(problem_of(head + "      secret: 'secret://s'\n      username: u\n"),
               Contains("beside another credential"));
    CHECK_THAT(problem_of("cloudforet: {tokn: x}\n"), Contains("did you mean 'token'"));
}

TEST_CASE("what the production checks look at: places of credentials, never one of them") {
    Folder folder;
    const std::string private_file = folder.write("pw", "c4n4ry-file");
    const std::string text = R"(
targets:
  - name: clear
    url: https://pc1:9440
    auth: {username: svc, password: c4n4ry-clear}
    proxy: "http://u:c4n4ry-proxy@p:3128"
  - name: variable
    url: https://pc2:9440
    auth: {username: svc, password: '${env:PW}'}
  - name: file
    url: https://pc3:9440
    auth: {username: svc, password_file: ")" +
                             private_file + R"("}
  - name: reference
    url: https://pc4:9440
    auth: {username: svc, password: '${file:)" +
                             private_file + R"(}'}
modules: {enable: [vm]}
collect: {replicas: 3, budget_minutes: 0}
)";
    const app::Environment environment = {{"PW", "c4n4ry-variable"},
                                          {"HTTPS_PROXY", "http://u:c4n4ry-env@p:3128"},
                                          {"KUBERNETES_SERVICE_HOST", "10.0.0.1"}};
    const auto setup = app::production_setup(load(text, environment), environment);
    std::vector<std::pair<std::string, bool>> places;
    for (const auto& secret : setup.clear_secrets) {
        places.emplace_back(secret.path, secret.is_environment);
        for (const std::string& said : {secret.path, secret.origin}) {
            CHECK(said.find("c4n4ry") == std::string::npos);
        }
    }
    CHECK(places == std::vector<std::pair<std::string, bool>>{
                        {"targets[0].auth.password", false},
                        {"targets[0].proxy", false},
                        {"targets[1].auth.password", true},
                        {"the proxy's user", true},
                    });
    CHECK(setup.secret_files == std::vector<fs::path>{private_file});
    CHECK(setup.expected_modules == std::vector<std::string>{"vm"});
    CHECK(setup.replicas == 3);
    CHECK(setup.budget.count() == 0);
    CHECK(setup.is_in_kubernetes);
    CHECK(setup.log_level == "info");
    CHECK_FALSE(setup.has_json_log);

    const auto good = app::production_setup(load(""), {});
    CHECK(good.clear_secrets.empty());
    CHECK(good.secret_files.empty());
    CHECK_FALSE(good.is_in_kubernetes);
}

TEST_CASE("where the shape ledger is and how long it keeps") {
    CHECK(load("targets: []\n").config.cost.ledger.empty());
    CHECK(load("targets: []\n").config.cost.ledger_months == 37);
    const auto loaded = load("cost: {ledger: /var/lib/shapes.ledger, ledger_months: 12}\n");
    CHECK(loaded.config.cost.ledger == "/var/lib/shapes.ledger");
    CHECK(loaded.config.cost.ledger_months == 12);
    CHECK_THAT(problem_of("cost: {ledger_months: 0}\n"), Contains("ledger_months"));
    CHECK_THAT(problem_of("cost: {leger: x}\n"), Contains("did you mean 'ledger'"));
}
