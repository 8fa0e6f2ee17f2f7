#include "host/prism/rate.hpp"

#include <catch2/catch.hpp>
#include <future>

using namespace pf::host;
using namespace pf::host::prism;
using namespace std::chrono_literals;

namespace {

const Clock::time_point start{};

double ms(Clock::duration span) { return std::chrono::duration<double, std::milli>(span).count(); }

}  // namespace

TEST_CASE("a burst leaves at once, then requests are spaced") {
    Rate rate(20, 2, start);
    CHECK(ms(rate.take(start)) == 0);
    CHECK(ms(rate.take(start)) == 0);
    CHECK(ms(rate.take(start)) == Approx(50));
    CHECK(ms(rate.take(start)) == Approx(100));
    CHECK(ms(rate.take(start + 100ms)) == Approx(50));
}

TEST_CASE("a quiet time saves up no more than the burst") {
    Rate rate(10, 3, start);
    for (int i = 0; i < 3; ++i) {
        CHECK(ms(rate.take(start + 1h)) == 0);
    }
    CHECK(ms(rate.take(start + 1h)) == Approx(100));
}

TEST_CASE("the rate is never exceeded over any time") {
    Rate rate(20, 8, start);
    auto now = start;
    for (int i = 0; i < 1000; ++i) {
        now += rate.take(now);
    }
    CHECK(ms(now - start) == Approx((1000 - 8) * 50.0).margin(1));
}

TEST_CASE("a complaint halves the rate once per second and it recovers slowly") {
    Rate rate(20, 4, start);
    rate.slow_down(start, 0s);
    rate.slow_down(start + 100ms, 0s);
    CHECK(rate.per_second() == Approx(10).margin(0.1));
    rate.slow_down(start + 2s, 0s);
    CHECK(rate.per_second() < 6);
    rate.take(start + 2s + 10s);
    CHECK(rate.per_second() < 8);
    rate.take(start + 200s);
    CHECK(rate.per_second() == Approx(20));
    for (int i = 0; i < 100; ++i) {
        rate.slow_down(start + 300s + i * 2s, 0s);
    }
    CHECK(rate.per_second() >= 20.0 / 16);
}

TEST_CASE("nothing leaves before an ordered pause is over") {
    Rate rate(20, 4, start);
    rate.slow_down(start, 5s);
    CHECK(rate.take(start + 1s) >= 4s);
    CHECK(ms(rate.take(start + 1s)) == Approx(4100));  // behind it, at half the rate

    Rate unlimited(0, 4, start);
    CHECK(ms(unlimited.take(start)) == 0);
    unlimited.hold(start, 5s);
    CHECK(ms(unlimited.take(start + 2s)) == Approx(3000));
    CHECK(ms(unlimited.take(start + 2s)) == Approx(3000));  // no limit behind it
    CHECK(ms(unlimited.take(start + 6s)) == 0);
}

TEST_CASE("without a limit a complaint makes one of what was sent lately, for a while") {
    Rate rate(0, 4, start);
    for (int i = 0; i < 40; ++i) {
        rate.take(start);
    }
    CHECK(rate.per_second() == 0);
    rate.slow_down(start, 0s);
    CHECK(rate.per_second() == Approx(20));
    rate.take(start);
    CHECK(ms(rate.take(start)) == Approx(50));
    rate.slow_down(start + 2s, 0s);
    CHECK(rate.per_second() < 11);
    rate.take(start + 300s);
    CHECK(rate.per_second() == 0);
    CHECK(ms(rate.take(start + 300s)) == 0);

    Rate quiet(0, 4, start);
    quiet.slow_down(start, 0s);
    CHECK(quiet.per_second() == Approx(10));
}

TEST_CASE("a new limit holds at once; what was slowed down stays slow") {
    Rate rate(20, 4, start);
    rate.limit(5, 2, start);
    CHECK(rate.per_second() == 5);
    CHECK(ms(rate.take(start)) == 0);
    CHECK(ms(rate.take(start)) == 0);
    CHECK(ms(rate.take(start)) == Approx(200));
    rate.limit(40, 4, start);
    CHECK(rate.per_second() == 40);
    rate.slow_down(start, 0s);
    CHECK(rate.per_second() == Approx(20));
    rate.limit(100, 4, start);
    CHECK(rate.per_second() == Approx(20));
    rate.limit(10, 4, start);
    CHECK(rate.per_second() == Approx(10));
    rate.limit(0, 4, start);
    CHECK(rate.per_second() == 0);
}

TEST_CASE("a pause ordered while somebody waits holds for him too") {
    RateGate gate(1000, 1);
    CHECK(gate.pass(Stop()).ok());
    gate.hold(1h);
    CHECK(gate.pass(Stop().until(Clock::now() + 5ms)).code() == Code::deadline_exceeded);

    RateGate slow(20, 1);
    CHECK(slow.pass(Stop()).ok());
    const auto deadline = Clock::now() + 300ms;
    auto waiter = std::async(std::launch::async, [&] { return slow.pass(Stop().until(deadline)); });
    slow.hold(1h);  // before or while the other one waits its 50 ms
    CHECK(waiter.get().code() == Code::deadline_exceeded);
}

TEST_CASE("waiting for the rate ends with the stop") {
    RateGate gate(0.001, 1);
    StopSource source;
    CHECK(gate.pass(source.stop()).ok());
    auto waiter = std::async(std::launch::async, [&] { return gate.pass(source.stop()); });
    source.request(Status(Code::cancelled, "ERROR_TEST", "enough"));
    CHECK(waiter.get().reason() == "ERROR_TEST");
}
