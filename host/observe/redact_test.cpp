#include <catch2/catch.hpp>
#include <random>
#include <string>
#include <vector>

#include "host/observe/log_line.hpp"
#include "host/observe/redact.hpp"

namespace observe = pf::host::observe;

namespace {

struct Clean {
    Clean() { observe::forget_secrets(); }
    ~Clean() { observe::forget_secrets(); }
};

std::string random_text(std::mt19937& random, std::string_view letters, std::size_t longest) {
    std::string text(1 + random() % longest, ' ');
    for (char& c : text) {
        c = letters[random() % letters.size()];
    }
    return text;
}

}  // namespace

TEST_CASE("a registered secret is replaced wherever it stands") {
    const Clean clean;
    observe::register_secret("hunter2");
    CHECK(observe::redact("user admin password hunter2!") == "user admin password ***!");
    CHECK(observe::redact("hunter2hunter2") == "***");
    CHECK(observe::redact("hunter") == "hunter");
}

TEST_CASE("short texts are not registered") {
    const Clean clean;
    observe::register_secret("abc");
    observe::register_secret("");
    CHECK(observe::redact("abcabc") == "abcabc");
}

TEST_CASE("a secret is found as JSON, a URL and basic authentication spell it") {
    const Clean clean;
    observe::register_login("admin", "p\"a/s\\s w");
    CHECK(observe::redact(R"({"password":"p\"a/s\\s w"})") == R"({"password":"***"})");
    CHECK(observe::redact("https://h/?p=p%22a%2Fs%5Cs%20w") == "https://h/?p=***");
    observe::register_login("admin", "nutanix/4u");
    CHECK(observe::redact("Authorization: Basic YWRtaW46bnV0YW5peC80dQ==") ==
          "Authorization: Basic ***");
}

TEST_CASE("of a URL's user and password the password is a secret, and so are both") {
    const Clean clean;
    observe::register_user_info("admin:pass:word");
    CHECK(observe::redact("admin says pass:word") == "admin says ***");
    CHECK(observe::redact("Basic YWRtaW46cGFzczp3b3Jk") == "Basic ***");
    observe::register_user_info("nothing");
    CHECK(observe::redact("nothing") == "nothing");
}

TEST_CASE("no log line ever holds a registered secret") {
    const Clean clean;
    std::mt19937 random(7);
    constexpr std::string_view letters = "ab\"\\= \n%";
    for (int round = 0; round < 300; ++round) {
        observe::forget_secrets();
        std::vector<std::string> secrets;
        for (std::size_t i = 0; i < 1 + random() % 4; ++i) {
            secrets.push_back("Q" + random_text(random, letters, 8) + "Zxy");
            observe::register_secret(secrets.back());
        }
        std::string text = random_text(random, letters, 40);
        for (const std::string& secret : secrets) {
            text.insert(random() % text.size(), secret);
        }
        const observe::Field fields[] = {{"error", text}, {"more", secrets.front()}};
        for (const auto format : {observe::Format::logfmt, observe::Format::json}) {
            const std::string line =
                observe::format_line(format, {}, observe::Level::error, "x", fields);
            for (const std::string& secret : secrets) {
                CHECK(line.find(secret) == std::string::npos);
            }
        }
    }
}

TEST_CASE("overlapping secrets leave nothing of each other") {
    const Clean clean;
    observe::register_secret("abcdef");
    observe::register_secret("defghi");
    CHECK(observe::redact("xabcdefghix") == "x***x");
}
