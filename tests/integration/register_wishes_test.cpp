// What `prismforet register` does only when it is asked to: other credentials for a secret that is
// there, dashboards of one user, a role.
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/cloudforet_sim/services/services.hpp"
#include "tests/integration/program.hpp"

namespace {

using nlohmann::json;
using pf::cloudforet_sim::Services;
using pf::test::Ended;
using pf::test::run_program;
namespace fs = std::filesystem;

const std::string canary = "c4n4ry-Passw0rd";

// A directory of its own, removed at the end.
class Files {
  public:
    Files() {
        std::string made = (fs::temp_directory_path() / "wishes-XXXXXX").string();
        REQUIRE(::mkdtemp(made.data()) != nullptr);
        directory_ = made;
    }
    ~Files() { fs::remove_all(directory_); }
    Files(const Files&) = delete;
    Files& operator=(const Files&) = delete;
    // A file that is for its owner alone; what it had before is gone.
    std::string write(const std::string& name, const std::string& text) const {
        const fs::path path = directory_ / name;
        std::ofstream(path) << text;
        fs::permissions(path, fs::perms::owner_read | fs::perms::owner_write);
        return path.string();
    }

  private:
    fs::path directory_;
};

// The fake services, and a configuration for them with one target.
struct Wishes {
    Services cloudforet;
    Files files;
    std::string admin = cloudforet.tokens().issue({});
    std::string config;

    Wishes() {
        const std::string owner =
            cloudforet.tokens().issue({.role = "WORKSPACE_OWNER", .workspace_id = "workspace-1"});
        const json all = {
            {"cloudforet",
             {{"identity", "grpc://" + cloudforet.address("identity")},
              {"token_file", files.write("token", admin)},
              {"workspace_token_file", files.write("workspace", owner)}}},
            {"targets",
             {{{"name", "pc1"},
               {"url", "pc1.example.com:9440"},
               {"auth",
                {{"username", "svc-ro"}, {"password_file", files.write("password", canary)}}}}}}};
        config = files.write("config.yaml", all.dump());  // JSON is YAML
    }

    Ended register_all(const std::vector<std::string>& more) const {
        std::vector<std::string> arguments = {"--config", config,           "--log-level", "debug",
                                              "register", "--image-prefix", "example"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return run_program(arguments);
    }
    Ended activate(const std::vector<std::string>& more) const {
        std::vector<std::string> arguments = {"--activate", "--project", "project-1"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return register_all(arguments);
    }
};

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

// Ended with this exit code and this error code, and said what to do.
void check_refused(const Ended& ended, int exit_code, const std::string& code,
                   const std::string& words) {
    INFO(ended.err);
    CHECK(ended.exit_code == exit_code);
    CHECK(has(ended.err, "error[" + code + "]"));
    CHECK(has(ended.err, "  try: "));
    CHECK(has(ended.err, words));
    CHECK(ended.out.empty());
}

}  // namespace

TEST_CASE_METHOD(Wishes, "a changed password goes into the secret that is there") {
    REQUIRE(activate({"--no-dashboards"}).exit_code == 0);
    const json account = cloudforet.documents("ServiceAccount")[0];
    const std::string renewed = "r3newed-Passw0rd";
    files.write("password", renewed);
    const Ended unnoticed = activate({"--no-dashboards"});
    CHECK(unnoticed.exit_code == 0);
    CHECK(cloudforet.secret_data(account["secret_id"])["password"] == canary);
    const Ended plan = activate({"--no-dashboards", "--rotate-secret", "--dry-run", "-o", "json"});
    INFO(plan.err);
    REQUIRE(plan.exit_code == 0);
    CHECK_FALSE(has(plan.out, renewed));
    std::size_t updates = 0;
    const json planned = json::parse(plan.out);
    for (const json& step : planned["steps"]) {
        if (step["action"] == "update") {
            ++updates;
            CHECK(step["kind"] == "identity.ServiceAccount");
        }
    }
    CHECK(updates == 1);
    CHECK(cloudforet.secret_data(account["secret_id"])["password"] == canary);

    const Ended rotated = activate({"--no-dashboards", "--rotate-secret"});
    INFO(rotated.err);
    CHECK(rotated.exit_code == 0);
    CHECK(cloudforet.documents("ServiceAccount")[0]["secret_id"] == account["secret_id"]);
    CHECK(cloudforet.documents("Secret").size() == 1);
    CHECK(cloudforet.secret_data(account["secret_id"])["password"] == renewed);
    CHECK_FALSE(has(rotated.out + rotated.err, renewed));
    for (const std::string& request : cloudforet.requests()) {
        if (has(request, renewed)) CHECK(request.rfind("secret.Secret.update_data ", 0) == 0);
    }
    check_refused(register_all({"--rotate-secret"}), 2, "ERROR_USAGE", "--activate");
}

TEST_CASE_METHOD(Wishes, "private dashboards are of the user whose token it is") {
    check_refused(register_all({"--private-dashboards"}), 2, "ERROR_USAGE", "--user-token-file");
    CHECK(cloudforet.changes() == 0);
    const std::string user = files.write(
        "user", cloudforet.tokens().issue({.owner = "USER", .role = "USER", .user_id = "anna"}));
    const std::vector<std::string> flags = {"--private-dashboards", "--user-token-file", user};
    const Ended first = register_all(flags);
    INFO(first.err);
    REQUIRE(first.exit_code == 0);
    CHECK(cloudforet.documents("PublicDashboard").empty());
    const json made = cloudforet.documents("PrivateDashboard");
    REQUIRE(made.size() > 3);
    for (const json& dashboard : made) CHECK(dashboard["user_id"] == "anna");
    CHECK(cloudforet.documents("PrivateWidget").size() > made.size());
    const std::size_t changes = cloudforet.changes();
    CHECK(register_all(flags).exit_code == 0);
    CHECK(cloudforet.changes() == changes);

    // An app has no dashboards of its own.
    files.write("user", admin);
    check_refused(register_all(flags), 5, "ERROR_CLOUDFORET_PERMISSION", "a user's own token");
}

TEST_CASE_METHOD(Wishes, "a role is made when it is asked for, once") {
    REQUIRE(register_all({"--no-dashboards"}).exit_code == 0);
    CHECK(cloudforet.documents("Role").empty());
    for (int i = 0; i < 2; ++i) {
        const Ended ended = register_all({"--no-dashboards", "--role", "Nutanix Viewer"});
        INFO(ended.err);
        REQUIRE(ended.exit_code == 0);
    }
    REQUIRE(cloudforet.documents("Role").size() == 1);
    const json role = cloudforet.documents("Role")[0];
    CHECK(role["name"] == "Nutanix Viewer");
    CHECK(role["role_type"] == "WORKSPACE_MEMBER");
    CHECK(cloudforet.calls("identity.Role.create") == 1);
}
