// The bytes that each format makes of three messages. With PF_UPDATE_GOLDEN in the environment the
// files are written instead: look at the change before you keep it.
#include <catch2/catch.hpp>

#include <cstdlib>
#include <fstream>

#include "test_messages.hpp"

using namespace notification_test;

namespace {

void check_golden(const std::string& name, const std::string& actual) {
    INFO(name);
    if (std::getenv("PF_UPDATE_GOLDEN") != nullptr) {
        std::ofstream(path_of(name), std::ios::binary) << actual;
    }
    CHECK(pf::testing::read_file(path_of(name)) == actual);
}

}  // namespace

TEST_CASE("each format makes the bytes of its files") {
    for (const std::string name : {"full", "bare", "hostile"}) {
        const std::string message = pf::testing::read_file(path_of(name + ".json"));
        for (const std::string format : {"webhook", "slack", "teams"}) {
            const auto made = sent(format, message);
            CHECK(made.subject.empty());
            CHECK(made.html.empty());
            check_golden(name + "." + format + ".json", made.body + "\n");
        }
        const auto mail = sent("email", message);
        check_golden(name + ".email.txt", "Subject: " + mail.subject + "\n\n" + mail.body);
        check_golden(name + ".email.html", mail.html);
    }
}
