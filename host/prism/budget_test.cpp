#include "host/prism/budget.hpp"

#include <catch2/catch.hpp>
#include <optional>
#include <vector>

using namespace pf::host;
using namespace pf::host::prism;
using namespace std::chrono_literals;

namespace {

Limits limits(std::uint32_t at_once, double per_second) {
    Limits limits;
    limits.sessions = at_once;
    limits.in_flight = at_once;
    limits.per_second = per_second;
    return limits;
}

const int some_run = 1;

// How many get in at once.
std::size_t width(Budget& budget) {
    std::vector<Gate::Place> inside;
    while (true) {
        auto place = budget.gate().enter(&some_run, Stop().until(Clock::now()));
        if (!place) {
            return inside.size();
        }
        inside.push_back(std::move(place).value());
    }
}

// Sends `count` requests; waits for ever when they may not leave.
void leave(Budget& budget, int count) {
    for (int i = 0; i < count; ++i) {
        REQUIRE(budget.rate().pass(Stop()).ok());
    }
}

}  // namespace

TEST_CASE("the smallest limits of those who use it now hold for all") {
    const auto budget = std::make_shared<Budget>();
    std::optional<Budget::Share> wide;
    wide.emplace(budget, limits(8, 20));
    CHECK(width(*budget) == 8);
    {
        const Budget::Share narrow(budget, limits(2, 5));
        CHECK(width(*budget) == 2);
        const Budget::Share other(budget, limits(4, 1));
        CHECK(width(*budget) == 2);
    }
    CHECK(width(*budget) == 8);
    wide.reset();
    CHECK(width(*budget) == 8);  // nobody is left: as it was
    const Budget::Share next(budget, limits(3, 20));
    CHECK(width(*budget) == 3);
}

TEST_CASE("at least one request is let in, and never more than there are connections") {
    const auto budget = std::make_shared<Budget>();
    Limits none = limits(0, 0);
    {
        const Budget::Share share(budget, none);
        CHECK(width(*budget) == 1);
    }
    none.sessions = 3;
    none.in_flight = 8;
    const Budget::Share share(budget, none);
    CHECK(width(*budget) == 3);
}

TEST_CASE("no limit per second is more than any limit") {
    const auto budget = std::make_shared<Budget>();
    const Budget::Share unlimited(budget, limits(8, 0));
    leave(*budget, 1000);
    {
        const Budget::Share limited(budget, limits(4, 0.001));
        leave(*budget, 4);  // a burst, then one in a thousand seconds
        const Status next = budget->rate().pass(Stop().until(Clock::now() + 5ms));
        CHECK(next.code() == Code::deadline_exceeded);
    }
    leave(*budget, 1000);
}
