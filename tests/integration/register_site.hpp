// The fake services of CloudForet with a configuration for them, for tests of the program.
#pragma once

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "tests/cloudforet_sim/services/services.hpp"
#include "tests/integration/program.hpp"

namespace pf::test {

using cloudforet_sim::Services;
using nlohmann::json;
namespace fs = std::filesystem;

inline const std::string canary = "c4n4ry-Passw0rd";

// A directory of its own, removed at the end.
class Directory {
  public:
    Directory() {
        std::string made = (fs::temp_directory_path() / "register-XXXXXX").string();
        REQUIRE(::mkdtemp(made.data()) != nullptr);
        path_ = made;
    }
    ~Directory() { fs::remove_all(path_); }
    Directory(const Directory&) = delete;
    Directory& operator=(const Directory&) = delete;
    fs::path operator/(const std::string& name) const { return path_ / name; }
    std::string write(const std::string& name, const std::string& text) const {
        std::ofstream(path_ / name) << text;
        fs::permissions(path_ / name, fs::perms::owner_read | fs::perms::owner_write);
        return (path_ / name).string();
    }

  private:
    fs::path path_;
};

inline std::string read(const fs::path& path) {
    std::ostringstream text;
    text << std::ifstream(path).rdbuf();
    return text.str();
}

// The fake services, and a configuration for them with a target that has the canary as password.
struct Site {
    Services cloudforet;
    Directory files;
    std::string admin = cloudforet.tokens().issue({});
    std::string owner =
        cloudforet.tokens().issue({.role = "WORKSPACE_OWNER", .workspace_id = "workspace-1"});
    std::string config;

    Site() {
        cloudforet.switch_on_alerts("project-1");
        configure(admin, owner);
    }

    void configure(const std::string& token, const std::string& workspace_token,
                   const std::string& targets = "") {
        files.write("token", token);
        files.write("workspace", workspace_token);
        files.write("password", canary);
        std::string text = "cloudforet:\n  identity: grpc://" + cloudforet.address("identity") +
                           "\n  token_file: " + (files / "token").string() +
                           "\n  workspace_token_file: " + (files / "workspace").string() + "\n";
        text += targets.empty() ? "targets:\n  - name: pc1\n    url: pc1.example.com:9440\n"
                                  "    auth: {username: svc-ro, password_file: " +
                                      (files / "password").string() + "}\n"
                                : targets;
        config = files.write("config.yaml", text);
    }

    Ended run(std::vector<std::string> arguments, const std::string& input = "") const {
        arguments.insert(arguments.begin(), {"--config", config, "--log-level", "debug"});
        return run_program(arguments, input);
    }
    Ended register_all(const std::vector<std::string>& more = {}) const {
        std::vector<std::string> arguments = {"register", "--image-prefix", "example"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return run(arguments);
    }
    Ended activate(const std::vector<std::string>& more = {}) const {
        std::vector<std::string> arguments = {"--activate", "--project", "project-1"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return register_all(arguments);
    }
    // Everything that CloudForet keeps.
    json state() const {
        json all = json::object();
        for (const char* kind : {"Provider", "Schema", "ServiceAccount", "Plugin", "Secret",
                                 "Collector", "PublicDashboard", "PublicWidget", "PublicDataTable",
                                 "CostDataSource", "DataSource", "Webhook", "Protocol"}) {
            all[kind] = cloudforet.documents(kind);
        }
        return all;
    }
};

inline bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

// Ended with this exit code and this error code, and said what to do.
inline void check_refused(const Ended& ended, int exit_code, const std::string& code,
                          const std::string& words) {
    INFO(ended.err);
    CHECK(ended.exit_code == exit_code);
    CHECK(has(ended.err, "error[" + code + "]"));
    CHECK(has(ended.err, "  try: "));
    CHECK(has(ended.err, words));
    CHECK(ended.out.empty());
}

}  // namespace pf::test
