// The parts of the engine that need no host: numbers, largest remainders (E13), exchange rates
// (E12), write-off (E10).
#include <catch2/catch.hpp>

#include <random>

#include "decimal.hpp"
#include "depreciation.hpp"
#include "fx.hpp"
#include "largest_remainder.hpp"
#include "months.hpp"
#include "rate.hpp"

namespace {

using cost::nano;
using cost::Wide;

Wide number(const char* text) {
    const auto parsed = cost::parse_decimal(text);
    REQUIRE(parsed);
    return *parsed;
}

std::vector<std::int64_t> split(std::int64_t total, const std::vector<Wide>& weights) {
    std::vector<std::int64_t> parts(weights.size());
    cost::split_by_weight(total, weights, parts);
    return parts;
}

}  // namespace

TEST_CASE("decimal numbers are read exactly") {
    CHECK(number("0") == 0);
    CHECK(number("0.05") == 50'000'000);
    CHECK(number("12") == 12 * static_cast<Wide>(nano));
    CHECK(number("999999999999") == static_cast<Wide>(999'999'999'999) * nano);
    CHECK(number("99999999999.999999999") ==
          static_cast<Wide>(99'999'999'999) * nano + 999'999'999);
    CHECK(number("0.1000000000000") == 100'000'000);
    for (const char* odd : {"", ".", "1.", ".5", "-1", "+1", "1e3", "0x1", "1,5", " 1", "nan",
                            "inf", "0.0000000001", "1000000000000"}) {
        CAPTURE(odd);
        CHECK_FALSE(cost::parse_decimal(odd));
    }
}

TEST_CASE("decimal numbers are written half-even") {
    CHECK(cost::decimal_text(500'000'000, 0) == "0");
    CHECK(cost::decimal_text(1'500'000'000, 0) == "2");
    CHECK(cost::decimal_text(2'500'000'000, 0) == "2");
    CHECK(cost::decimal_text(-1'234'567'890, 3) == "-1.235");
    CHECK(cost::decimal_text(-1, 3) == "0.000");
    CHECK(cost::plain_text(1'250'000'000) == "1.25");
    CHECK(cost::plain_text(0) == "0");
    CHECK(cost::ratio_text(1, 3) == "0.333333333");
}

TEST_CASE("what does not fit ends the call instead of wrapping around") {
    const Wide large = static_cast<Wide>(1) << 100;
    CHECK_THROWS_AS(cost::product(large, large), pf::Failure);
    CHECK_THROWS_AS(cost::narrow(large), pf::Failure);
    CHECK_THROWS_AS(cost::make_rate(1, 0), pf::Failure);
}

TEST_CASE("division is half-even in both widths") {
    for (const Wide by : {static_cast<Wide>(2), static_cast<Wide>(2) << 80}) {
        const Wide half = by / 2;
        CHECK(cost::divide_half_even(half, by) == 0);
        CHECK(cost::divide_half_even(by + half, by) == 2);
        CHECK(cost::divide_half_even(2 * by + half, by) == 2);
    }
}

TEST_CASE("E13: largest remainder") {
    using Parts = std::vector<std::int64_t>;
    CHECK(split(10'000, {1, 1, 1}) == Parts{3334, 3333, 3333});
    CHECK(split(10'000, {3, 2, 2}) == Parts{4286, 2857, 2857});
    CHECK(split(5, {1, 1, 1}) == Parts{2, 2, 1});
    CHECK(split(7, {0, 0}) == Parts{7, 0});
    CHECK(split(0, {1, 2}) == Parts{0, 0});
}

TEST_CASE("E12: currencies, and to and fro within one minor unit") {
    const Wide amount = number("123.456789");
    const std::tuple<const char*, int, const char*> expected[] = {{"1391.25", 0, "171759"},
                                                                  {"151.305", 0, "18680"},
                                                                  {"0.9231", 2, "113.96"},
                                                                  {"0.30715", 3, "37.920"}};
    for (const auto& [rate, places, text] : expected)
        CHECK(cost::decimal_text(cost::converted(amount, number(rate)), places) == text);

    const unsigned seed = std::random_device{}();
    INFO("seed " << seed);
    std::mt19937_64 random(seed);
    for (int i = 0; i < 2000; ++i) {
        const auto& [rate_text, places, text] = expected[random() % 4];
        const Wide rate = number(rate_text);
        const Wide dollars = static_cast<Wide>(random() % 1'000'000'000'000'000);
        Wide minor = nano;
        for (int place = 0; place < places; ++place) minor /= 10;
        const Wide there = cost::divide_half_even(cost::converted(dollars, rate), minor);
        const Wide back = cost::divide_half_even(cost::product(there * minor, nano), rate);
        const Wide again = cost::divide_half_even(cost::converted(back, rate), minor);
        CHECK((again - there <= 1 && there - again <= 1));
        const Wide off = cost::converted(back > dollars ? back - dollars : dollars - back, rate);
        CHECK(off <= minor);
    }
}

TEST_CASE("an exchange rate is the day's or the last one before, never a later one") {
    cost::ExchangeTable table("EUR");
    table.add({"USD", {{"2026-01-10", 900'000'000}, {"2026-01-20", 800'000'000}}});
    const std::size_t dollars = table.find("USD");
    CHECK(table.at(dollars, "2026-01-10").rate == 900'000'000);
    CHECK_FALSE(table.at(dollars, "2026-01-10").is_earlier);
    CHECK(table.at(dollars, "2026-01-19").rate == 900'000'000);
    CHECK(table.at(dollars, "2026-01-19").is_earlier);
    CHECK(table.at(dollars, "2026-03-01").rate == 800'000'000);
    CHECK_THROWS_AS(table.at(dollars, "2026-01-09"), pf::Failure);
    CHECK_THROWS_AS(table.find("KRW"), pf::Failure);
    CHECK(table.at(0, "1999-01-01").rate == nano);
}

TEST_CASE("E10: written off straight, or by the larger of double and straight") {
    const auto year = [](cost::Method method, int number) {
        Wide total = 0;
        for (int month = 12 * number; month < 12 * (number + 1); ++month) {
            const cost::MonthShare share =
                cost::month_share({120'000 * static_cast<Wide>(nano), 60, method}, month);
            total += cost::divide_half_even(share.amount, share.months);
        }
        return cost::decimal_text(total, 2);
    };
    for (int i = 0; i < 5; ++i) CHECK(year(cost::Method::straight, i) == "24000.00");
    const char* const declining[] = {"48000.00", "28800.00", "17280.00", "12960.00", "12960.00"};
    for (int i = 0; i < 5; ++i)
        CHECK(year(cost::Method::max_double_or_straight, i) == declining[i]);
    CHECK(year(cost::Method::straight, 5) == "0.00");
    CHECK(cost::month_share({100, 60, cost::Method::straight}, -1).amount == 0);
}

TEST_CASE("months are counted") {
    CHECK(cost::month_number("2026-02-01") == 2026 * 12 + 1);
    CHECK(cost::month_number("2026-02") == 2026 * 12 + 1);
    for (const char* odd : {"", "2026", "2026-13-01", "2026/02/01", "20x6-02-01"})
        CHECK_FALSE(cost::month_number(odd));
}

TEST_CASE("a rate keeps its digits when it is scaled") {
    cost::Rate rate = cost::make_rate(50'000'000, 3600);
    CHECK(rate.cost(4 * 86'400) == 4'800'000'000);
    rate = cost::scaled(rate, number("1391.25"));
    CHECK(rate.cost(3600) == cost::converted(50'000'000, number("1391.25")));
    CHECK(cost::scaled(rate, 0).is_free());
}
