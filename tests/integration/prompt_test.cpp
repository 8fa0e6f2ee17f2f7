// A password that is asked for at a terminal: it is not shown, and the terminal is as before
// however the question ends.
#include <catch2/catch.hpp>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/cloudforet_sim/services/services.hpp"
#include "tests/integration/terminal_program.hpp"

namespace {

using pf::cloudforet_sim::Services;
using pf::test::TerminalProgram;
namespace fs = std::filesystem;

const std::string canary = "c4n4ry-Passw0rd";
const std::string prompt = "Password of svc: ";

// The fake services of CloudForet, and a configuration for them.
struct Site {
    Services cloudforet;
    fs::path directory;

    Site() {
        std::string made = (fs::temp_directory_path() / "prompt-XXXXXX").string();
        REQUIRE(::mkdtemp(made.data()) != nullptr);
        directory = made;
        std::ofstream(directory / "token") << cloudforet.tokens().issue({});
        fs::permissions(directory / "token", fs::perms::owner_read);
        std::ofstream(directory / "config.yaml")
            << "cloudforet: {identity: \"grpc://" << cloudforet.address("identity")
            << "\", token_file: " << (directory / "token").string() << "}\n";
    }
    ~Site() { fs::remove_all(directory); }

    std::vector<std::string> create() const {
        return {"--config",
                (directory / "config.yaml").string(),
                "secret",
                "create",
                "pc1",
                "--host",
                "pc1.example.com:9440",
                "-u",
                "svc"};
    }
};

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE_METHOD(Site, "secret create asks for the password and shows nothing of it") {
    TerminalProgram program(create());
    REQUIRE(program.shows(prompt));
    CHECK_FALSE(program.echoes());
    program.types(canary + "\n");
    const int code = program.wait();
    INFO(program.screen());
    CHECK(code == 0);
    CHECK(program.echoes());
    CHECK_FALSE(has(program.screen(), canary));
    CHECK(has(program.screen(), "secret://"));
    REQUIRE(cloudforet.documents("Secret").size() == 1);
    const std::string id = cloudforet.documents("Secret")[0]["secret_id"];
    CHECK(cloudforet.secret_data(id)["password"] == canary);
}

TEST_CASE_METHOD(Site, "what was typed and taken back is no part of it") {
    TerminalProgram program(create());
    REQUIRE(program.shows(prompt));
    program.types("wrong\x15" + canary + "x\x7f\n");  // Ctrl-U, and one backspace
    CHECK(program.wait() == 0);
    REQUIRE(cloudforet.documents("Secret").size() == 1);
    const std::string id = cloudforet.documents("Secret")[0]["secret_id"];
    CHECK(cloudforet.secret_data(id)["password"] == canary);
}

TEST_CASE_METHOD(Site, "Ctrl-C and other signals at the prompt give the terminal back") {
    for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGQUIT}) {
        INFO(signal);
        TerminalProgram program(create());
        REQUIRE(program.shows(prompt));
        CHECK_FALSE(program.echoes());
        program.types(canary);
        if (signal == SIGINT) {
            program.types("\x03");
        } else {
            program.signal(signal);
        }
        CHECK(program.wait() == -signal);
        CHECK(program.echoes());
        CHECK_FALSE(has(program.screen(), canary));
    }
    CHECK(cloudforet.documents("Secret").empty());
}

TEST_CASE_METHOD(Site, "an empty answer is one clear error") {
    TerminalProgram program(create());
    REQUIRE(program.shows(prompt));
    program.types("\x04");  // Ctrl-D
    CHECK(program.wait() == 2);
    CHECK(program.echoes());
    CHECK(has(program.screen(), "ERROR_USAGE"));
    CHECK(cloudforet.documents("Secret").empty());
}
