// `prismforet register` and `prismforet secret` as programs, against the fake services of
// CloudForet: what is made, what a second run does, how each refusal is told, where a secret goes.
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <set>

#include "host/cloudforet/registration/plugin_roles.hpp"
#include "tests/integration/built_modules.hpp"
#include "tests/integration/register_site.hpp"
#include "tests/prism_sim/server.hpp"

namespace {

using nlohmann::json;
using pf::cloudforet_sim::Caller;
using namespace pf::test;

constexpr int unavailable = 14;
constexpr const char* cost_model = "currency: EUR\nrate_card: {vcpu_hour: 0.05}\n";

const std::size_t roles = pf::host::cloudforet::plugin_roles().size();

std::set<std::string> metric_ids() {
    pf::test::BuiltModules built;
    std::set<std::string> ids;
    for (const auto& kind : built.modules().kinds()) {
        for (const auto& metric : kind.description().metrics) {
            ids.insert(pf::host::services::metric_id(kind.description(), metric));
        }
    }
    return ids;
}

// A YAML node says the same as a JSON value; scalars are compared as text.
void check_same(const YAML::Node& node, const json& value) {
    if (value.is_object()) {
        REQUIRE((node.IsMap() || value.empty()));
        CHECK(node.size() == value.size());
        for (const auto& [key, member] : value.items()) {
            INFO(key);
            REQUIRE(node[key].IsDefined());
            check_same(node[key], member);
        }
    } else if (value.is_array()) {
        REQUIRE(node.size() == value.size());
        for (std::size_t i = 0; i < value.size(); ++i) check_same(node[i], value[i]);
    } else {
        CHECK(node.Scalar() == (value.is_string() ? value.get<std::string>() : value.dump()));
    }
}

}  // namespace

TEST_CASE_METHOD(Site, "register --activate makes all that CloudForet needs, once") {
    const Ended first = activate();
    INFO(first.err);
    REQUIRE(first.exit_code == 0);
    CHECK(has(first.out, "created"));
    const json provider = cloudforet.documents("Provider").at(0);
    CHECK(provider["provider"] == "nutanix");
    CHECK(has(provider["icon"], "data:image/svg+xml;base64,"));
    REQUIRE(cloudforet.documents("Schema").size() == 2);
    const auto plugins = cloudforet.documents("Plugin");
    REQUIRE(plugins.size() == roles);
    CHECK(plugins[0]["image"] == "example/plugin-nutanix-inven-collector");
    CHECK(plugins[1]["image"] == "example/plugin-nutanix-cost-datasource");
    CHECK(plugins[1]["resource_type"] == "cost_analysis.DataSource");
    REQUIRE(cloudforet.documents("ServiceAccount").size() == 1);
    const json account = cloudforet.documents("ServiceAccount")[0];
    CHECK(account["data"]["prism_central"] == "pc1.example.com:9440");
    CHECK(account["workspace_id"] == "workspace-1");
    const json secret = cloudforet.secret_data(account["secret_id"]);
    CHECK(secret["username"] == "svc-ro");
    CHECK(secret["password"] == canary);
    REQUIRE(cloudforet.documents("Collector").size() == 1);
    const json collector = cloudforet.documents("Collector")[0];
    CHECK(collector["schedule"] == json({{"state", "ENABLED"}, {"hours", {0, 12}}}));
    CHECK(collector["plugin_info"]["plugin_id"] == "plugin-nutanix-inven-collector");

    const json before = state();
    const std::size_t changes = cloudforet.changes();
    const Ended second = activate();
    INFO(second.err);
    CHECK(second.exit_code == 0);
    CHECK(cloudforet.changes() == changes);
    CHECK(state() == before);
    CHECK_FALSE(has(second.out, "create"));
    const json plan = json::parse(activate({"--dry-run", "-o", "json"}).out);
    for (const json& step : plan["steps"]) CHECK(step["action"] == "unchanged");
    CHECK(has(second.out, std::to_string(plan["steps"].size()) + " unchanged\n"));
}

TEST_CASE_METHOD(Site, "every widget is of a type the console has, and shows a metric there is") {
    REQUIRE(register_all().exit_code == 0);
    const std::set<std::string> known = metric_ids();
    REQUIRE(known.size() > 20);
    const std::set<std::string> types = {"numberCard", "pieChart", "stackedColumnChart"};
    std::set<std::string> shown;
    for (const json& table : cloudforet.documents("PublicDataTable")) {
        const std::string id = table["options"]["ASSET"]["metric_id"];
        INFO(id);
        CHECK(known.contains(id));
        shown.insert(id);
    }
    CHECK(shown == known);
    const json widgets = cloudforet.documents("PublicWidget");
    for (const json& widget : widgets) {
        INFO(widget.dump());
        CHECK(types.contains(widget["widget_type"].get<std::string>()));
        CHECK(widget["options"]["dataField"]["value"]["data"].is_string());
    }
    std::set<std::string> names;
    for (const json& dashboard : cloudforet.documents("PublicDashboard")) {
        names.insert(dashboard["name"].get<std::string>());
    }
    CHECK(names.contains("Nutanix Overview"));
    CHECK(names.contains("Nutanix Cluster"));
}

TEST_CASE_METHOD(Site, "a dry run changes nothing and shows whole documents") {
    const Ended table = activate({"--dry-run"});
    INFO(table.err);
    CHECK(table.exit_code == 0);
    CHECK(has(table.out, "(planned; nothing was changed)"));
    const Ended text = activate({"--dry-run", "-o", "json"});
    const json plan = json::parse(text.out);
    CHECK(plan["schema"] == "prismforet/v1");
    CHECK(plan["done"] == false);
    for (const json& step : plan["steps"]) CHECK(step["action"] == "create");
    const Ended yaml = activate({"--dry-run", "-o", "yaml"});
    check_same(YAML::Load(yaml.out), plan);
    CHECK(cloudforet.changes() == 0);
}

TEST_CASE_METHOD(Site, "what differs is changed, what cannot be changed is told") {
    REQUIRE(activate().exit_code == 0);
    const Ended icon = activate({"--icon-url", "https://example.com/n.svg", "--hours", "6"});
    INFO(icon.err);
    REQUIRE(icon.exit_code == 0);
    CHECK(has(icon.out, "updated"));
    CHECK(cloudforet.documents("Provider")[0]["icon"] == "https://example.com/n.svg");
    CHECK(cloudforet.documents("Collector")[0]["schedule"]["hours"] == json({6}));
    CHECK(cloudforet.calls("identity.Provider.create") == 1);

    const json before = state();
    const Ended image = run({"register", "--image-prefix", "other"});
    check_refused(image, 1, "ERROR_REGISTER_CONFLICT", "another image");
    CHECK(state() == before);
}

TEST_CASE_METHOD(Site, "dashboards of somebody else are left alone, old ones on request replaced") {
    const auto make = [this](const json& more) {
        json dashboard = {{"name", "Nutanix Overview"}, {"resource_group", "DOMAIN"}};
        dashboard.update(more);
        const Ended made =
            run_program({"call", cloudforet.address("dashboard"), "PublicDashboard/create", "-d",
                         dashboard.dump(), "--metadata", "token=" + admin});
        INFO(made.err);
        REQUIRE(made.exit_code == 0);
    };
    SECTION("of somebody else") {
        make({{"description", "mine"}});
        check_refused(register_all(), 1, "ERROR_REGISTER_CONFLICT", "--no-dashboards");
        CHECK(cloudforet.documents("Provider").empty());
        CHECK(register_all({"--no-dashboards"}).exit_code == 0);
        CHECK(cloudforet.documents("PublicDashboard").size() == 1);
    }
    SECTION("made from other metrics") {
        make({{"tags", {{"prismforet", "0123456789abcdef"}}}});
        const Ended left = register_all();
        INFO(left.err);
        CHECK(left.exit_code == 0);
        CHECK(has(left.out, "1 outdated"));
        const std::size_t count = cloudforet.documents("PublicDashboard").size();
        const Ended replaced = register_all({"--replace-dashboards"});
        INFO(replaced.err);
        CHECK(replaced.exit_code == 0);
        CHECK(has(replaced.out, "1 replaced"));
        CHECK(cloudforet.documents("PublicDashboard").size() == count);
        CHECK(has(register_all().out, std::to_string(count + 3 + roles) + " unchanged\n"));
    }
}

TEST_CASE_METHOD(Site, "each refusal says what to do, and nothing is begun that cannot be ended") {
    const Caller member = {
        .owner = "USER", .role = "WORKSPACE_MEMBER", .workspace_id = "workspace-1"};
    SECTION("an expired token") {
        configure(cloudforet.tokens().issue({.lifetime_s = -10}), owner);
        check_refused(register_all(), 5, "ERROR_CLOUDFORET_TOKEN", "the token expired on");
    }
    SECTION("a token of somewhere else") {
        configure("nonsense", owner);
        check_refused(register_all(), 5, "ERROR_CLOUDFORET_TOKEN", "does not accept the token");
    }
    SECTION("a role that may not") {
        configure(cloudforet.tokens().issue(member), owner);
        check_refused(register_all(), 5, "ERROR_REGISTER_SCOPE", "a DOMAIN_ADMIN role");
    }
    SECTION("no workspace for the service account") {
        configure(admin, admin);
        check_refused(activate(), 5, "ERROR_REGISTER_SCOPE", "--workspace-token-file");
    }
    SECTION("no permission, whatever the token says") {
        cloudforet.fail("repository.Plugin.list", 7, "ERROR_PERMISSION_DENIED: Permission denied.",
                        1);
        check_refused(register_all(), 5, "ERROR_CLOUDFORET_PERMISSION", "repository.Plugin.list");
    }
    SECTION("a service that is down") {
        cloudforet.stop("dashboard");
        check_refused(register_all(), 6, "ERROR_CLOUDFORET_UNAVAILABLE",
                      cloudforet.address("dashboard"));
    }
    SECTION("identity is down") {
        const std::string address = cloudforet.address("identity");
        cloudforet.stop("identity");
        check_refused(register_all(), 6, "ERROR_CLOUDFORET_UNAVAILABLE", address);
    }
    SECTION("no image, no project, too many hours") {
        check_refused(run({"register"}), 2, "ERROR_USAGE", "--image-prefix");
        check_refused(register_all({"--activate"}), 2, "ERROR_USAGE", "--project ID");
        check_refused(activate({"--hours", "1,2,3"}), 2, "ERROR_USAGE", "2 hours a day");
    }
    CHECK(cloudforet.changes() == 0);
}

TEST_CASE_METHOD(Site, "a name that is taken meanwhile, and an answer that is lost") {
    cloudforet.fail("identity.Provider.create", 6,
                    "ERROR_NOT_UNIQUE: Value is not unique. (key = provider, value = nutanix)", 1);
    check_refused(register_all(), 1, "ERROR_CLOUDFORET_NAME_TAKEN", "nutanix");
    cloudforet.fail("repository.Plugin.register", unavailable, "Socket closed", 1, true);
    const Ended done = register_all();
    INFO(done.err);
    CHECK(done.exit_code == 0);
    CHECK(cloudforet.documents("Plugin").size() == roles);
    CHECK(cloudforet.calls("repository.Plugin.register") == roles);
}

TEST_CASE_METHOD(Site, "what comes back otherwise than it was sent is told") {
    REQUIRE(register_all({"--no-dashboards"}).exit_code == 0);
    // The update is answered, but not done.
    cloudforet.fail("identity.Provider.update", 0, "", 1);
    const Ended ended = register_all({"--no-dashboards", "--icon-url", "https://example.com/i"});
    INFO(ended.err);
    CHECK(ended.exit_code == 1);
    CHECK(has(ended.err, "error[ERROR_REGISTER_UNVERIFIED]"));
    CHECK(has(ended.err, "icon"));
}

TEST_CASE_METHOD(Site, "exported files carry the objects of the plan, and ask nobody") {
    const std::string model = files.write("cost.yaml", cost_model);
    const json plan = json::parse(activate({"--cost-model", model, "--dry-run", "-o", "json"}).out);
    const std::size_t calls = cloudforet.requests().size();
    const fs::path directory = files / "export";
    const Ended exported = activate({"--cost-model", model, "--export", directory.string()});
    INFO(exported.err);
    REQUIRE(exported.exit_code == 0);
    CHECK(cloudforet.requests().size() == calls);
    std::set<fs::path> paths;
    for (const auto& entry : fs::directory_iterator(directory)) paths.insert(entry.path());
    REQUIRE(paths.size() == plan["steps"].size() + 1);
    auto path = paths.begin();
    for (const json& step : plan["steps"]) {
        INFO(*path);
        CHECK(has(path->filename().string(), step["kind"]));
        check_same(YAML::LoadFile(path->string()), step["document"]);
        ++path;
    }
    const YAML::Node tasks = YAML::LoadFile((directory / "tasks.yaml").string())["tasks"];
    REQUIRE(tasks.size() == plan["steps"].size());
    for (std::size_t i = 0; i < tasks.size(); ++i) {
        check_same(tasks[i]["spec"]["data"], plan["steps"][i]["document"]);
        if (plan["steps"][i]["kind"] == "cost_analysis.DataSource") {
            CHECK(tasks[i]["id"].Scalar() == "cost_data_source");
            CHECK(tasks[i]["spec"]["verb"]["create"].Scalar() == "register");
        }
    }
    // The dashboard of costs names the task that makes its data source.
    CHECK(has(plan["steps"].back()["document"].dump(),
              "${{ tasks.cost_data_source.output.data_source_id }}"));
}

TEST_CASE_METHOD(Site, "a secret goes where it must and nowhere else") {
    std::string seen;
    const std::string model = files.write("cost.yaml", cost_model);
    for (const auto& more : std::vector<std::vector<std::string>>{
             {"--dry-run", "-o", "json"}, {"--dry-run", "-o", "yaml"}, {"--dry-run"}, {}, {}}) {
        std::vector<std::string> flags = {"--cost-model", model};
        flags.insert(flags.end(), more.begin(), more.end());
        const Ended ended = activate(flags);
        CHECK(ended.exit_code == 0);
        seen += ended.out + ended.err;
    }
    cloudforet.fail("identity.Provider.list", 3, "ERROR_INVALID_PARAMETER: " + canary, 1);
    const Ended echoed = activate();
    CHECK(echoed.exit_code == 1);
    seen += echoed.out + echoed.err;
    const fs::path directory = files / "export";
    CHECK(activate({"--export", directory.string()}).exit_code == 0);
    for (const auto& entry : fs::directory_iterator(directory)) seen += read(entry.path());
    seen += run({"config", "show"}).out;
    CHECK_FALSE(has(seen, canary));
    CHECK_FALSE(has(seen, admin));
    CHECK_FALSE(has(seen, owner));
    for (const std::string& request : cloudforet.requests()) {
        INFO(request);
        CHECK(has(request, canary) == (request.rfind("identity.ServiceAccount.create ", 0) == 0));
    }
}

TEST_CASE_METHOD(Site, "secret create takes it from standard input only") {
    const Ended made =
        run({"secret", "create", "pc1", "--host", "pc1:9440", "-u", "svc"}, canary + "\n");
    INFO(made.err);
    REQUIRE(made.exit_code == 0);
    const std::string id = made.out.substr(0, made.out.find('\n'));
    CHECK(cloudforet.secret_data(id) ==
          json({{"host", "pc1:9440"}, {"username", "svc"}, {"password", canary}}));
    CHECK(has(made.err, "secret://" + id));
    const Ended object = run({"secret", "create", "whole", "--resource-group", "WORKSPACE"},
                             json({{"host", "h"}, {"api_key", canary}}).dump());
    INFO(object.err);
    REQUIRE(object.exit_code == 0);
    CHECK(cloudforet.documents("Secret")[1]["workspace_id"] == "workspace-1");

    check_refused(run({"secret", "create", "s", "--host", "h", "-u", "u"}), 2, "ERROR_USAGE",
                  "standard input");
    check_refused(run({"secret", "create", "s"}, "no json"), 2, "ERROR_USAGE", "no JSON object");
    const Ended broken = run({"secret", "create", "s"}, "{\"password\": \"" + canary);
    check_refused(broken, 2, "ERROR_USAGE", "no JSON object");
    CHECK_FALSE(has(made.out + made.err + object.out + object.err + broken.err, canary));

    files.write("user",
                cloudforet.tokens().issue({.owner = "USER", .role = "USER", .user_id = "anna"}));
    const Ended own =
        run({"secret", "create", "mine", "--user", "--user-token-file", (files / "user").string()},
            json({{"token", canary}}).dump());
    INFO(own.err);
    CHECK(own.exit_code == 0);
    CHECK(cloudforet.documents("UserSecret")[0]["user_id"] == "anna");
    const Ended app =
        run({"secret", "create", "mine", "--user", "--user-token-file", (files / "token").string()},
            "{\"a\": 1}");
    check_refused(app, 5, "ERROR_CLOUDFORET_PERMISSION", "a user's own token");
}

TEST_CASE_METHOD(Site, "secret://ID is fetched when it is needed, and never stored") {
    pf::sim::Config prism_config;
    prism_config.vms = 3;
    pf::sim::Simulator prism(prism_config);
    const std::string address = "127.0.0.1:" + std::to_string(prism.port());
    const std::string ca = files.write("ca.pem", prism.ca_pem());
    const std::string password = "nutanix/4u";
    const Ended made = run({"secret", "create", "pc", "--host", address, "-u", "admin"}, password);
    INFO(made.err);
    REQUIRE(made.exit_code == 0);
    const std::string id = made.out.substr(0, made.out.find('\n'));
    const auto targets = [&](const std::string& secret) {
        return "targets:\n  - name: pc\n    url: " + address + "\n    auth: {secret: \"secret://" +
               secret + "\"}\n    tls: {ca_file: " + ca + "}\n";
    };
    configure(admin, owner, targets(id));
    const Ended got = run({"get", "vm", "-o", "ndjson"});
    INFO(got.err);
    CHECK(got.exit_code == 0);
    CHECK(has(got.out, "VirtualMachine"));
    CHECK(cloudforet.calls("secret.Secret.get_data") == 1);
    CHECK_FALSE(has(got.out + got.err + read(config), password));

    configure(admin, owner, targets("secret-none"));
    check_refused(run({"get", "vm"}), 1, "ERROR_CLOUDFORET_NOT_FOUND", "secret-none");
    cloudforet.stop("secret");
    check_refused(run({"get", "vm"}), 6, "ERROR_CLOUDFORET_UNAVAILABLE",
                  cloudforet.address("secret"));
}

TEST_CASE_METHOD(
    Site, "what shows a real CloudForet registers here as well, and finds nothing to do again") {
    const std::string script = PF_SOURCE_DIRECTORY "/tests/real/cloudforet.sh";
    const std::string words = "PRISMFORET=" PF_PROGRAM " " + script + " --register-only " + config +
                              " example project-1 >" + (files / "out").string() + " 2>&1";
    CHECK(std::system(words.c_str()) == 0);
    INFO(read(files / "out"));
    CHECK(has(read(files / "out"), "a second run changes nothing"));
    CHECK(cloudforet.documents("Collector").size() == 1);
    CHECK_FALSE(has(read(files / "out"), canary));
}

TEST_CASE_METHOD(Site, "a call takes its token from a file") {
    REQUIRE(register_all().exit_code == 0);
    const std::string address = "grpc://" + cloudforet.address("identity");
    const auto list = [&](const std::string& token) {
        return run_program({"call", address, "spaceone.api.identity.v2.Provider/list", "-d", "{}",
                            "--metadata", "token=@" + token});
    };
    const Ended good = list((files / "token").string());
    INFO(good.err);
    CHECK(good.exit_code == 0);
    CHECK(has(good.out, "\"nutanix\""));
    CHECK_FALSE(has(good.err, admin));
    CHECK(list(files.write("old", "no.such.token")).exit_code != 0);
    const Ended none = list((files / "missing").string());
    CHECK(none.exit_code == 78);
    CHECK(has(none.err, "ERROR_CONFIG_FILE"));
}
