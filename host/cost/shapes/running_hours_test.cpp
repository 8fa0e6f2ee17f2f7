#include "host/cost/shapes/running_hours.hpp"

#include <catch2/catch.hpp>
#include <random>

namespace pf::host::cost {
namespace {

constexpr std::int64_t hour = 3600;

Shape machine(const std::string& id, std::int64_t from, std::int64_t to, bool on) {
    Shape shape;
    shape.id = id;
    shape.from = from;
    shape.to = to;
    shape.number(ShapeField::on) = on ? 1 : 0;
    return shape;
}

std::vector<Shape> parts_of(const RunningHours& hours, const Shape& segment) {
    std::vector<Shape> parts;
    hours.cut(segment, [&](const Shape& part) { parts.push_back(part); });
    return parts;
}

TEST_CASE("a machine without a sample was off where another one has some", "[running_hours]") {
    RunningHours hours({0, 5 * hour}, hour);
    for (int i = 0; i < 3; ++i) hours.add(0, "a", i * hour);
    hours.add(0, "b", 1 * hour + 1799);
    hours.add(1, "c", 1 * hour);
    hours.add(1, "c", 4 * hour);
    hours.close();
    const auto parts = parts_of(hours, machine("b", 0, 5 * hour, true));
    REQUIRE(parts.size() == 5);
    CHECK(parts[0].number(ShapeField::on) == 0);
    CHECK(parts[1].from == hour);
    CHECK(parts[1].number(ShapeField::on) == 1);
    CHECK(parts[1].basis == Basis::measured);
    CHECK(parts[2].number(ShapeField::on) == 0);
    CHECK(parts[3].from == 3 * hour);  // nobody has a sample: as it is now
    CHECK(parts[3].basis == Basis::assumed);
    CHECK(parts[3].number(ShapeField::on) == 1);
    CHECK(parts[4].from == 4 * hour);
    CHECK(parts[4].number(ShapeField::on) == 0);
}

TEST_CASE("nothing is known of the time before an answer's first sample", "[running_hours]") {
    RunningHours hours({0, 3 * hour}, hour);
    for (int i = 0; i < 3; ++i) hours.add(0, "a", i * hour);
    hours.add(1, "c", 1 * hour);
    hours.close();
    for (const char* const id : {"c", "in no answer"}) {
        const auto parts = parts_of(hours, machine(id, 0, 3 * hour, true));
        INFO(id);
        REQUIRE(parts.size() >= 2);
        CHECK(parts[0].basis == Basis::assumed);
        CHECK(parts[0].to == hour);
        CHECK(parts.back().basis == Basis::measured);
        CHECK(parts.back().number(ShapeField::on) == 0);
    }
}

TEST_CASE("samples may stand at the end of their steps", "[running_hours]") {
    RunningHours hours({0, 3 * hour}, hour);
    for (int i = 1; i <= 3; ++i) hours.add(0, "a", i * hour);
    hours.add(0, "b", 1 * hour);
    hours.close();
    CHECK(parts_of(hours, machine("a", 0, 3 * hour, false)).size() == 1);
    const auto parts = parts_of(hours, machine("b", 0, 3 * hour, false));
    REQUIRE(parts.size() == 2);
    CHECK(parts[0].number(ShapeField::on) == 1);
    CHECK(parts[1].from == hour);
}

TEST_CASE("without statistics a segment stays as it is", "[running_hours]") {
    RunningHours hours({0, 24 * hour}, hour);
    hours.close();
    CHECK_FALSE(hours.has_any());
    const Shape segment = machine("a", 100, 5000, false);
    const auto parts = parts_of(hours, segment);
    REQUIRE(parts.size() == 1);
    CHECK(parts[0] == segment);
}

TEST_CASE("samples outside of the period say nothing", "[running_hours]") {
    RunningHours hours({hour, 3 * hour}, hour);
    hours.add(0, "a", hour - 1);
    hours.add(0, "a", 3 * hour + 1);
    hours.add(0, "a", -5);
    CHECK_FALSE(hours.has_any());
}

TEST_CASE("parts cover their segment without gap, whatever was sampled", "[running_hours]") {
    const auto seed = std::random_device()();
    INFO("seed " << seed);
    std::mt19937 random(seed);
    const auto below = [&](std::int64_t n) {
        return std::uniform_int_distribution<std::int64_t>(0, n - 1)(random);
    };
    for (int round = 0; round < 2000; ++round) {
        const Period period{below(10'000), 10'000 + below(2'000'000)};
        const std::int64_t step = 1 + below(7200);
        RunningHours hours(period, step);
        const std::int64_t samples = below(40);
        for (std::int64_t i = 0; i < samples; ++i) {
            hours.add(static_cast<std::size_t>(below(3)), below(2) == 0 ? "a" : "b",
                      below(2'100'000));
        }
        hours.close();
        const Shape segment =
            machine("a", below(1'000'000), 1'000'000 + 1 + below(1'200'000), below(2) == 0);
        std::int64_t at = segment.from;
        for (const Shape& part : parts_of(hours, segment)) {
            CHECK(part.from == at);
            CHECK(part.from < part.to);
            at = part.to;
        }
        CHECK(at == segment.to);
    }
}

}  // namespace
}  // namespace pf::host::cost
