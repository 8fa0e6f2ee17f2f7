// When machines ran: spans, seconds, and the state they end in.

#include "tests/prism_sim/model/power_history.hpp"

#include <catch2/catch.hpp>

using namespace pf::sim;

namespace {

constexpr std::uint64_t kDay = 86'400;
constexpr std::uint64_t kNow = 1'795'435'200;  // 2026-11-23T12:00:00Z, a Monday
constexpr std::uint64_t kToday = kNow / kDay * kDay;

PowerHistory history(std::uint64_t machine, bool is_on, std::uint64_t created_s = 0) {
    return PowerHistory({7, machine, is_on, created_s, kNow});
}

}  // namespace

TEST_CASE("the seconds a machine ran are those of its spans, however the time is cut") {
    for (std::uint64_t machine = 0; machine < 60; ++machine) {
        const PowerHistory power = history(machine, machine % 3 != 0);
        std::vector<TimeSpan> spans;
        const std::uint64_t from = kToday - 9 * kDay + 12'345, to = kToday + 4'321;
        power.spans(from, to, spans);
        std::uint64_t total = 0;
        for (std::size_t i = 0; i < spans.size(); ++i) {
            REQUIRE(spans[i].from_s < spans[i].to_s);
            REQUIRE((i == 0 ? from <= spans[0].from_s : spans[i - 1].to_s < spans[i].from_s));
            total += spans[i].to_s - spans[i].from_s;
        }
        CHECK(total == power.running_seconds(from, to));
        std::uint64_t in_parts = 0;
        for (std::uint64_t at = from; at < to; at += 5'003)
            in_parts += power.running_seconds(at, std::min(at + 5'003, to));
        CHECK(in_parts == total);
    }
}

TEST_CASE("a machine is on at the seconds of its spans and at no others") {
    for (std::uint64_t machine = 0; machine < 20; ++machine) {
        const PowerHistory power = history(machine, machine % 2 == 0);
        std::vector<TimeSpan> spans;
        power.spans(kToday - 2 * kDay, kToday, spans);
        std::size_t next = 0;
        for (std::uint64_t at = kToday - 2 * kDay; at < kToday; at += 61) {
            while (next < spans.size() && spans[next].to_s <= at) ++next;
            const bool is_within = next < spans.size() && spans[next].from_s <= at;
            REQUIRE(power.is_on(at) == is_within);
        }
    }
}

TEST_CASE("a history ends in the state the machine has, and begins when it was made") {
    for (std::uint64_t machine = 0; machine < 60; ++machine) {
        const PowerHistory on = history(machine, true), off = history(machine, false);
        CHECK(on.running_seconds(kToday, kNow) == kNow - kToday);
        CHECK(on.is_on(kToday - 1));
        CHECK(off.running_seconds(kToday, kNow) == 0);
        CHECK_FALSE(off.is_on(kToday - 1));
        const PowerHistory young = history(machine, true, kToday - 1'000);
        CHECK(young.running_seconds(kToday - 30 * kDay, kToday) <= 1'000);
        CHECK(young.is_on(kToday - 1));
    }
}

TEST_CASE("there are machines that run always, never, and for a part of the day") {
    std::uint32_t always = 0, never = 0, part = 0;
    for (std::uint64_t machine = 0; machine < 200; ++machine) {
        const std::uint64_t seconds = history(machine, machine % 5 != 0)
                                          .running_seconds(kToday - 3 * kDay, kToday - 2 * kDay);
        always += seconds == kDay ? 1U : 0U;
        never += seconds == 0 ? 1U : 0U;
        part += seconds > 0 && seconds < kDay ? 1U : 0U;
    }
    CHECK(always > 100);
    CHECK(never > 10);
    CHECK(part > 20);
}

TEST_CASE("the past does not depend on the day it is looked at, but for machines switched once") {
    std::uint32_t same = 0;
    for (std::uint64_t machine = 0; machine < 100; ++machine) {
        const PowerHistory today({7, machine, true, 0, kNow});
        const PowerHistory later({7, machine, true, 0, kNow + 3 * kDay});
        const std::uint64_t from = kToday - 8 * kDay, to = kToday - 1 * kDay;
        same += today.running_seconds(from, to) == later.running_seconds(from, to) ? 1U : 0U;
    }
    CHECK(same >= 85);
}
