// Bodies somebody made to do harm.
#include <catch2/catch.hpp>

#include "test_bodies.hpp"

using namespace alert_test;

namespace {

// Each member's value in turn becomes something of another type.
std::string with_wrong_type(std::string text, std::size_t number, const std::string& value) {
    std::size_t at = 0;
    for (std::size_t i = 0; i <= number; ++i) {
        at = text.find("\":", at + 1);
        if (at == text.npos) return {};
    }
    std::size_t end = at + 2;
    int depth = 0;
    bool in_text = false;
    for (; end < text.size(); ++end) {
        const char c = text[end];
        if (c == '"') in_text = !in_text;
        if (in_text) continue;
        if (depth == 0 && (c == ',' || c == '}' || c == ']')) break;
        if (c == '{' || c == '[') ++depth;
        if (c == '}' || c == ']') --depth;
    }
    return text.replace(at + 2, end - at - 2, value);
}

}  // namespace

TEST_CASE("values of wrong types never make a broken event") {
    std::size_t tried = 0;
    for (const auto& body : {alert_v4(), alert_v3("true", "true"), playbook("true"),
                             webhook("ALERT.CREATE", alert_v3("false", "false"))}) {
        for (const char* value : {"null", "7", "-1.5e300", "true", "\"\"", "[]", "{}", "[[{}]]"}) {
            for (std::size_t i = 0;; ++i) {
                const std::string broken = with_wrong_type(body, i, value);
                if (broken.empty()) break;
                INFO(broken);
                const auto run = read(PF_EVENTS_POSTED, broken);
                ++tried;
                CHECK(run.status == PF_OK);
                for (const auto& one : run.events) {
                    CHECK(one.key == uuid);
                    CHECK_FALSE(one.title.empty());
                }
            }
        }
    }
    CHECK(tried > 500);
}

TEST_CASE("thousands of facts and affected entities are cut, not refused") {
    std::string many = R"("affectedEntities":[)";
    for (int i = 0; i < 5000; ++i)
        many += (i == 0 ? "" : ",") + (R"({"extId":"id)" + std::to_string(i)) + "\"}";
    const std::string body = R"({"extId":")" + uuid + R"(","severity":"INFO",)" + many + "]}";
    const auto run = read(PF_EVENTS_POSTED, body);
    REQUIRE(run.events.size() == 1);
    CHECK(run.events[0].affected.size() == 256);
}

TEST_CASE("placeholders without an end, and those that hold themselves") {
    for (const char* title : {"{", "{vm_name", "}{", "{{vm_name}}", "{}", "{other} {vm_name}"}) {
        const std::string body = R"({"extId":")" + uuid + R"(","severity":"INFO","title":")" +
                                 title + R"(","parameters":[{"paramName":"vm_name",
            "paramValue":{"stringValue":"{vm_name}"}}]})";
        const auto run = read(PF_EVENTS_POSTED, body);
        REQUIRE(run.events.size() == 1);
        CHECK_FALSE(run.events[0].title.empty());
    }
}

TEST_CASE("one long value named over and over does not grow without bound") {
    const std::string value(200'000, 'x');
    std::string title;
    for (int i = 0; i < 100'000; ++i) title += "{a}";
    const auto run =
        read(PF_EVENTS_POSTED, R"({"extId":")" + uuid + R"(","alertType":"A1","title":")" + title +
                                   R"(","parameters":[{"paramName":"a",
            "paramValue":{"stringValue":")" +
                                   value + R"("}}]})");
    REQUIRE(run.events.size() == 1);
    CHECK(run.events[0].title.starts_with("xxx"));
    CHECK(run.events[0].title.size() < 600'000);
}
