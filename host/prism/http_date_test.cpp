#include "host/prism/http_date.hpp"

#include <catch2/catch.hpp>
#include <random>
#include <string>

using namespace pf::host::prism;

namespace {

constexpr std::time_t some_day = 784111777;                              // 1994-11-06 08:49:37 UTC
const auto now = std::chrono::system_clock::from_time_t(1'795'000'000);  // 2026

std::time_t seconds(std::string_view text) {
    const auto date = http_date(text, now);
    return date ? std::chrono::system_clock::to_time_t(*date) : -1;
}

}  // namespace

TEST_CASE("all three forms of a date mean the same time") {
    CHECK(seconds("Sun, 06 Nov 1994 08:49:37 GMT") == some_day);
    CHECK(seconds("Sunday, 06-Nov-94 08:49:37 GMT") == some_day);
    CHECK(seconds("Sun Nov  6 08:49:37 1994") == some_day);
}

TEST_CASE("a year of two digits is never more than fifty years ahead") {
    CHECK(seconds("Friday, 06-Nov-76 08:49:37 GMT") > 1'795'000'000);  // 2076
    CHECK(seconds("Sunday, 06-Nov-77 08:49:37 GMT") < some_day);       // 1977
}

TEST_CASE("what is no date is none") {
    for (const char* text :
         {"", "Sun", ", ", "Sun, 06 Foo 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:37 CET",
          "Sun, 06 Nov 1994 99:49:37 GMT", "Sun, 00 Nov 1994 08:49:37 GMT",
          "Sun, 06 Nov 1994 08:49:3", "Sun, 06 Nov 1894 08:49:37 GMT",
          "Sunday, 06-Nov-1994 08:49:37 GMT", "Sunday, 06-Nov--4 08:49:37 GMT",
          "Sun Nov  6 08:49:37 94", "Sun Nov 32 08:49:37 1994", "1994-11-06T08:49:37Z"}) {
        INFO(text);
        CHECK_FALSE(http_date(text, now).has_value());
    }
}

TEST_CASE("any text gives a date or none") {
    std::mt19937 engine(3);
    const std::string alphabet = "0123456789 ,:-GMTSunNov";
    for (int i = 0; i < 20000; ++i) {
        std::string text =
            i % 2 == 0 ? "Sun, 06 Nov 1994 08:49:37 GMT" : "Sun Nov  6 08:49:37 1994";
        for (int change = 0; change < 3; ++change) {
            text[engine() % text.size()] = alphabet[engine() % alphabet.size()];
        }
        const auto date = http_date(text, now);
        CHECK((!date || std::chrono::system_clock::to_time_t(*date) >= 0));
    }
}
