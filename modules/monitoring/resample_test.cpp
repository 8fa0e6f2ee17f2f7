// Samples on one grid: cells, gaps, and what is left out.

#include "resample.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <limits>
#include <random>

using namespace monitoring;

namespace {

constexpr std::int64_t noon = 1'795'435'200;  // 2026-11-23T12:00:00Z

std::vector<std::optional<double>> in_minutes(const std::vector<Sample>& samples,
                                              Aggregation aggregation = Aggregation::average) {
    return resample(samples, *make_grid(noon, noon + 180, 60), aggregation);
}

}  // namespace

TEST_CASE("a grid follows from start, end and period, and holds every moment between them") {
    const auto grid = make_grid(noon + 7, noon + 3'607, 300);
    REQUIRE(grid.has_value());
    CHECK(grid->first_s == noon);
    CHECK(grid->count == 13);
    CHECK(grid->time(12) == noon + 3'600);
    CHECK(make_grid(noon, noon + 3'600, 300)->count == 12);
    CHECK(make_grid(noon, noon + 1, 300)->count == 1);
    CHECK(make_grid(noon, noon + 60, 1)->step_s == shortest_period_s);
    // Whoever asks for a part of the time gets times of the same grid.
    const auto part = make_grid(noon + 1'234, noon + 2'345, 300);
    for (std::size_t i = 0; i < part->count; ++i) CHECK((part->time(i) - grid->first_s) % 300 == 0);
}

TEST_CASE("there is no grid for spans and periods that make none") {
    constexpr std::int64_t last = std::numeric_limits<std::int64_t>::max();
    CHECK_FALSE(make_grid(noon, noon, 60));
    CHECK_FALSE(make_grid(noon + 1, noon, 60));
    CHECK_FALSE(make_grid(-60, noon, 60));
    CHECK_FALSE(make_grid(noon, noon + 60, 0));
    CHECK_FALSE(make_grid(noon, noon + 60, -60));
    CHECK_FALSE(make_grid(0, last, 60));
    CHECK_FALSE(make_grid(noon, noon + 30 * (static_cast<std::int64_t>(most_cells) + 1), 30));
    CHECK_FALSE(make_grid(0, last, last));
    CHECK_FALSE(make_grid(last - 1, last, 60));
    CHECK_FALSE(make_grid(0, noon, last));
    CHECK(make_grid(noon, noon + 1, 366 * 86'400)->count == 1);
}

TEST_CASE("the usual period makes few cells") {
    for (const std::int64_t span :
         {60, 3'600, 7'200, 43'200, 86'400, 259'200, 604'800, 1'209'600, 2'592'000}) {
        const auto grid = make_grid(noon, noon + span, usual_period_s(span));
        REQUIRE(grid.has_value());
        CHECK(grid->count <= 73);
    }
    CHECK(usual_period_s(3'600) == 60);
    CHECK(usual_period_s(2'592'000) == 86'400);
}

TEST_CASE("samples of a cell become one value, a cell without any has none") {
    const std::vector<Sample> samples = {
        {noon, 4}, {noon + 30, 2}, {noon + 59, 9}, {noon + 120, 7}};
    const auto value = [&](Aggregation aggregation) {
        const auto values = in_minutes(samples, aggregation);
        REQUIRE(values.size() == 3);
        CHECK_FALSE(values[1].has_value());
        CHECK(values[2] == 7);
        return values[0].value();
    };
    CHECK(value(Aggregation::average) == 5);
    CHECK(value(Aggregation::max) == 9);
    CHECK(value(Aggregation::min) == 2);
    CHECK(value(Aggregation::sum) == 15);
    CHECK(value(Aggregation::last) == 9);
}

TEST_CASE("marks, numbers that are none, copies and other times are left out") {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    const double infinity = std::numeric_limits<double>::infinity();
    const auto values = in_minutes({{noon + 30, 8},
                                    {noon, -1},
                                    {noon + 30, 100},
                                    {noon + 10, nan},
                                    {noon + 20, infinity},
                                    {noon - 1, 50},
                                    {noon + 180, 50},
                                    {noon + 60, 0}},
                                   Aggregation::sum);
    CHECK(values[0] == 8);
    CHECK(values[1] == 0);
    CHECK_FALSE(values[2].has_value());
    CHECK(in_minutes({}).size() == 3);
}

TEST_CASE("the order of samples does not matter, and cells of whole multiples agree") {
    std::mt19937 random(20'261'123);
    for (int round = 0; round < 200; ++round) {
        std::vector<Sample> samples;
        for (std::int64_t at = noon; at < noon + 3'600; at += 30)
            if (random() % 10 != 0) samples.push_back({at, static_cast<double>(random() % 1'000)});
        std::vector<Sample> mixed = samples;
        std::shuffle(mixed.begin(), mixed.end(), random);
        for (const Aggregation aggregation :
             {Aggregation::average, Aggregation::max, Aggregation::min, Aggregation::sum,
              Aggregation::last}) {
            const Grid fine = *make_grid(noon, noon + 3'600, 300);
            REQUIRE(resample(samples, fine, aggregation) == resample(mixed, fine, aggregation));
        }
        const auto five = resample(samples, *make_grid(noon, noon + 3'600, 300), Aggregation::sum);
        const auto whole =
            resample(samples, *make_grid(noon, noon + 3'600, 3'600), Aggregation::sum);
        double total = 0;
        for (const auto& value : five) total += value.value_or(0);
        CHECK(total == whole[0]);
    }
}

TEST_CASE("times are written as CloudForet reads them") {
    CHECK(iso_time(noon) == "2026-11-23T12:00:00Z");
    CHECK(iso_time(0) == "1970-01-01T00:00:00Z");
    CHECK(iso_time(noon + 86'399) == "2026-11-24T11:59:59Z");
}
