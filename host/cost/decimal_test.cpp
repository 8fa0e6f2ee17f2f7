#include "host/cost/decimal.hpp"

#include <catch2/catch.hpp>
#include <random>

#include "host/cost/currency.hpp"

using namespace pf::host::cost;

namespace {

std::string read(std::string_view text) {
    std::string why;
    const auto number = Decimal::parse(text, why);
    return number ? number->text() : "! " + why;
}

}  // namespace

TEST_CASE("a number keeps every digit and loses what says nothing") {
    CHECK(read("0.05") == "0.05");
    CHECK(read("0.10") == "0.1");
    CHECK(read("007") == "7");
    CHECK(read("0") == "0");
    CHECK(read("0.000000001") == "0.000000001");
    CHECK(read("999999999999.999999999") == "999999999999.999999999");
    CHECK(read("1.0000000000000000000") == "1");
    CHECK(read("100") == "100");
}

TEST_CASE("what is no number says why") {
    for (const auto& [text, why] : std::vector<std::pair<std::string, std::string>>{
             {"", "is empty"},
             {"-1", "negative"},
             {"-0", "negative"},
             {"+1", "is no number"},
             {"1,5", "comma"},
             {"1e-3", "exponent"},
             {"1E5", "exponent"},
             {".nan", "is no number"},
             {"nan", "is no number"},
             {"inf", "is no number"},
             {".5", "both sides"},
             {"5.", "both sides"},
             {"1.2.3", "both sides"},
             {"1 000", "is no number"},
             {"0x10", "is no number"},
             {"1000000000000", "too large"},
             {"0.0000000001", "more than 9 digits"},
             {"0.050000000000000003", "more than 9 digits"},
             {"EUR 5", "is no number"}}) {
        INFO(text);
        const std::string read_text = read(text);
        CHECK(read_text.front() == '!');
        CHECK_THAT(read_text, Catch::Contains(why));
    }
}

TEST_CASE("sums and products are exact") {
    std::string why;
    const auto number = [&why](const char* text) { return Decimal::parse(text, why).value(); };
    CHECK(number("0.45") + number("0.35") + number("0.20") == Decimal(1));
    CHECK(number("0.1") + number("0.2") == number("0.3"));
    CHECK(number("0.333333333") + number("0.333333333") + number("0.333333333") < Decimal(1));
    CHECK(number("1000").times(number("0.65")) == number("650"));
    CHECK_FALSE(number("0.000000001").times(number("0.5")).has_value());
    CHECK_FALSE(number("999999999999").times(number("10")).has_value());
}

TEST_CASE("a text that was read reads as itself") {
    std::mt19937_64 random(7);
    for (int i = 0; i < 20000; ++i) {
        const std::uint64_t whole = random() % 1'000'000'000'000;
        std::string behind = std::to_string(random() % 1'000'000'000);
        behind.insert(0, 9 - behind.size(), '0');
        const std::string text = read(std::to_string(whole) + "." + behind);
        INFO(whole << " " << behind);
        REQUIRE(text.front() != '!');
        REQUIRE(read(text) == text);
        REQUIRE(std::stoull(text) == whole);
    }
}

TEST_CASE("currencies and their places") {
    CHECK(currency_places("EUR") == 2);
    CHECK(currency_places("KRW") == 0);
    CHECK(currency_places("JPY") == 0);
    CHECK(currency_places("KWD") == 3);
    CHECK(currency_places("CLF") == 4);
    for (const char* code : {"eur", "EU", "EURO", "", "XYZ", "UR ", "R U"}) {
        INFO(code);
        CHECK_FALSE(currency_places(code).has_value());
    }
    for (const std::string& code : currency_codes()) {
        REQUIRE(code.size() == 3);
        REQUIRE(currency_places(code).has_value());
    }
}
