// Cost lines: what each counts, how a month's days add up, purchases that begin and end.
#include <catch2/catch.hpp>

#include "line_amounts.hpp"
#include "slots.hpp"

namespace {

using namespace cost;

constexpr Wide one = nano;

Day day_of(std::int64_t since_month = 0, std::int64_t seconds = day_seconds) {
    Day day;
    day.date = "2026-02-01";
    day.from = since_month;
    day.to = since_month + seconds;
    day.month = 2026 * 12 + 1;
    day.month_seconds = 28 * day_seconds;
    day.since_month = since_month;
    return day;
}

// Four nodes of 32 cores, 100 TiB raw, on one day.
Capacity four_nodes() {
    Capacity capacity;
    capacity.node_seconds = 4 * day_seconds;
    capacity.core_seconds = 128 * one * day_seconds;
    capacity.raw_byte_seconds = static_cast<Wide>(100) * 1024 * gib * day_seconds;
    return capacity;
}

Line amount_line(Wide price, Period period, Per per) {
    Line line;
    line.form = Form::amount;
    line.price = price;
    line.period = period;
    line.per = per;
    return line;
}

std::int64_t amount_of(const Line& line, const Day& day, Wide watts = 0) {
    Block block;
    const Capacity capacity = four_nodes();
    return line_amount(line, {block, day, capacity, one, 10 * day_seconds, watts});
}

}  // namespace

TEST_CASE("an amount is per cluster, node, core, machine or TiB") {
    const Day day = day_of();
    const std::int64_t once = amount_of(amount_line(28 * one, Period::month, Per::cluster), day);
    CHECK(once == 1'000'000);
    CHECK(amount_of(amount_line(28 * one, Period::month, Per::node), day) == 4 * once);
    CHECK(amount_of(amount_line(28 * one, Period::month, Per::core), day) == 128 * once);
    CHECK(amount_of(amount_line(28 * one, Period::month, Per::vm), day) == 10 * once);
    CHECK(amount_of(amount_line(28 * one, Period::month, Per::tib), day) == 100 * once);
    Line least = amount_line(28 * one, Period::month, Per::node);
    least.minimum = 8 * one;
    CHECK(amount_of(least, day) == 8 * once);
    Line counted = amount_line(28 * one, Period::month, Per::node);
    counted.count = one / 4;
    CHECK(amount_of(counted, day) == once / 4);
    // Nodes that are paid by the hour: 24 hours of four.
    CHECK(amount_of(amount_line(2 * one, Period::hour, Per::node), day) == 192'000'000);
}

TEST_CASE("the days of a month add up to the month") {
    std::int64_t total = 0;
    const Line line = amount_line(100 * one, Period::month, Per::cluster);
    for (int number = 0; number < 28; ++number)
        total += amount_of(line, day_of(number * day_seconds));
    CHECK(total == 100'000'000);
    CHECK(amount_of(line, day_of()) == 3'571'429);
}

TEST_CASE("what is bought costs from its month on, and nothing after its life") {
    Line line;
    line.form = Form::asset;
    line.per = Per::node;
    line.count = 2 * one;
    line.purchase.price = 1400 * one;
    line.purchase.salvage = 280 * one;
    line.purchase.life_months = 10;
    const Day day = day_of();
    CHECK(amount_of(line, day) == 8'000'000);  // 2 x 1120 / 10 / 28
    for (const int before : {0, 9}) {
        line.purchase.bought = day.month - before;
        CHECK(amount_of(line, day) == 8'000'000);
    }
    for (const int before : {-1, 10}) {
        line.purchase.bought = day.month - before;
        CHECK(amount_of(line, day) == 0);
    }
}

TEST_CASE("energy is measured where it is, else as stated") {
    Line line;
    line.form = Form::energy;
    line.per = Per::node;
    line.watts = 500 * one;
    line.pue = one + one / 2;
    line.kwh = {one / 10};
    CHECK(amount_of(line, day_of(), 250 * one) == 7'200'000);  // 4 x 0.5 kW x 24 h x 1.5 x 0.1
    line.is_measured = true;
    CHECK(amount_of(line, day_of(), 250 * one) == 3'600'000);
    CHECK(amount_of(line, day_of(), 0) == 7'200'000);
}

TEST_CASE("a line's parts add up to the line") {
    Line line;
    line.split[cpu] = 333'333'333;
    line.split[memory] = 333'333'333;
    line.split[storage] = 333'333'334;
    std::int64_t parts[resource_count] = {};
    split_line(line, 100, parts);
    CHECK(parts[cpu] == 33);
    CHECK(parts[memory] == 33);
    CHECK(parts[storage] == 34);
}
