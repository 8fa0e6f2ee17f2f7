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
    unlimited.slow_down(start, 5s);
    CHECK(ms(unlimited.take(start + 2s)) == Approx(3000));
    CHECK(ms(unlimited.take(start + 6s)) == 0);
}

TEST_CASE("waiting for the rate ends with the stop") {
    RateGate gate(0.001, 1);
    StopSource source;
    CHECK(gate.pass(source.stop()).ok());
    auto waiter = std::async(std::launch::async, [&] { return gate.pass(source.stop()); });
    source.request(Status(Code::cancelled, "ERROR_TEST", "enough"));
    CHECK(waiter.get().reason() == "ERROR_TEST");
}
