#include "host/services/text_faults.hpp"

#include <catch2/catch.hpp>
#include <random>

#include "host/services/document.hpp"
#include "host/services/json_path.hpp"
#include "host/services/text.hpp"

using namespace pf::host;
using namespace pf::host::services;

namespace {

const std::string sign = "\xEF\xBF\xBD";

// What comes of a name in a page of three.
struct Outcome {
    bool is_read = false;
    std::string name;
    std::uint64_t replaced = 0;
};

Outcome read_with(const std::string& name) {
    Document document;
    Outcome outcome;
    const std::string page = R"({"data":[{"name":"a \"b\\"},{"name":")" + name + R"("},{"n":1}]})";
    std::string padded = page + std::string(64, '\0');
    outcome.is_read = document.parse_cleaned({padded.data(), page.size()}, outcome.replaced).ok();
    if (outcome.is_read) {
        const pf_val items = value_at(document.root(), {"data"});
        const pf_val first = reader().first(items);
        CHECK(text_at(first, {"name"}) == "a \"b\\");
        outcome.name = text_at(reader().next(items, first), {"name"});
        CHECK(is_valid_utf8(outcome.name));
    }
    return outcome;
}

}  // namespace

TEST_CASE("a text that is good is read as it came") {
    for (const char* name : {"plain", "gr\xC3\xBCn", R"(\ud83d\ude00)", R"(\u0000\u001f\ufffd)"}) {
        const Outcome outcome = read_with(name);
        CHECK(outcome.is_read);
        CHECK(outcome.replaced == 0);
    }
    CHECK(read_with(R"(\ud83d\ude00)").name == "\xF0\x9F\x98\x80");
}

TEST_CASE("what no JSON string may hold becomes U+FFFD, and the rest of the page arrives") {
    struct Case {
        std::string name;
        std::string becomes;
        std::uint64_t replaced;
    };
    for (const Case& given : std::vector<Case>{
             {"a\xFFz", "a" + sign + "z", 1},
             {"\xE2\x82", sign, 1},
             {"\xE2\x82\\\"", sign + "\"", 1},
             {"\xC0\x80\xED\xA0\x80", sign + sign + sign + sign + sign, 5},
             {"tab\there", "tab" + sign + "here", 1},
             {std::string("nul\0here", 8), "nul" + sign + "here", 1},
             {"line\r\nend", "line" + sign + sign + "end", 2},
             {R"(\ud83d)", sign, 1},
             {R"(\ud83dz)", sign + "z", 1},
             {R"(\ud83d\u0041)", sign + "A", 1},
             {R"(\ud83d\ud83d\ude00)", sign + "\xF0\x9F\x98\x80", 1},
             {R"(\uDE00\ud83d)", sign + sign, 2},
             {"\\\\\\ud83d\xFF", "\\" + sign + sign, 2},
         }) {
        INFO(given.becomes);
        const Outcome outcome = read_with(given.name);
        CHECK(outcome.is_read);
        CHECK(outcome.name == given.becomes);
        CHECK(outcome.replaced == given.replaced);
    }
}

TEST_CASE("what is broken in its structure stays refused") {
    for (const char* text :
         {"{\"a\":\"\xFF\"", "{\"a\":\"\xFF\"} x", "{\"a\xFF\":}", "{\xFF\"a\":1}",
          "{\"a\":\"\\x\xFF\"}", "{\"a\":\"\\u12\xFF\"}", "[\"\xFF]", "\xFF", ""}) {
        Document document;
        std::uint64_t replaced = 9;
        std::string padded = std::string(text) + std::string(64, '\0');
        CHECK_FALSE(
            document.parse_cleaned({padded.data(), std::string(text).size()}, replaced).ok());
        CHECK(replaced == 0);
        CHECK(document.root().doc == 0);
    }
}

TEST_CASE("nothing to clean, or too much, is told") {
    CHECK_FALSE(clean_strings(R"({"a":"b"})", 10).has_value());
    CHECK(clean_strings("[\"" + std::string(10, '\xFF') + "\"]", 10)->replaced == 10);
    CHECK_FALSE(clean_strings("[\"" + std::string(12, '\xFF') + "\"]", 10).has_value());
    CHECK(holds_replacement("a" + sign));
    CHECK_FALSE(holds_replacement("a\xEF\xBF"));
}

TEST_CASE("a cleaned text is valid wherever strings were, whatever bytes they had") {
    std::mt19937 engine(5);
    for (int i = 0; i < 5000; ++i) {
        std::string inside;
        for (auto size = engine() % 30; size > 0; --size) {
            const auto pick = engine() % 8;
            inside += pick == 0   ? std::string(1, static_cast<char>(engine()))
                      : pick == 1 ? std::string("\\ud83d")
                      : pick == 2 ? std::string("\\udc00")
                                  : std::string("x");
        }
        std::erase(inside, '"');
        std::erase_if(inside, [&](char c) { return c == '\\' && engine() % 50 == 0; });
        const auto cleaned = clean_strings("[\"" + inside + "\"]", 1000);
        if (cleaned) {
            CHECK(is_valid_utf8(cleaned->text));
            CHECK(cleaned->text.ends_with("\"]"));
        }
    }
}
