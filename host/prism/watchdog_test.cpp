#include "host/prism/watchdog.hpp"

#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <catch2/catch.hpp>

using namespace pf::host;
using namespace pf::host::prism;
using namespace std::chrono_literals;

namespace {

struct Pair {
    Pair() { REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends.data()) == 0); }
    ~Pair() {
        ::close(ends[0]);
        ::close(ends[1]);
    }
    // Blocks until the socket is shut down.
    ssize_t read() {
        char byte = 0;
        return ::recv(ends[0], &byte, 1, 0);
    }
    std::array<int, 2> ends{};
};

const auto far = Clock::now() + 1h;

}  // namespace

TEST_CASE("a passed deadline ends a blocked read and says which one") {
    Pair pair;
    Watch watch(Watchdog::shared(), Stop(), far);
    const Watch::Attachment attached(watch, pair.ends[0]);
    watch.arm(Watch::Cause::first_byte, Clock::now() + 5ms);
    CHECK(pair.read() == 0);
    CHECK(watch.fired() == Watch::Cause::first_byte);
}

TEST_CASE("the total deadline and the deadline of the stop work without arming") {
    Pair one;
    Watch total(Watchdog::shared(), Stop(), Clock::now() + 5ms);
    const Watch::Attachment first(total, one.ends[0]);
    CHECK(one.read() == 0);
    CHECK(total.fired() == Watch::Cause::total);

    Pair two;
    const StopSource source(Clock::now() + 5ms);
    Watch stop(Watchdog::shared(), source.stop(), far);
    const Watch::Attachment second(stop, two.ends[0]);
    CHECK(two.read() == 0);
    CHECK(stop.fired() == Watch::Cause::stop);
}

TEST_CASE("a stop ends a blocked read") {
    Pair pair;
    StopSource source;
    Watch watch(Watchdog::shared(), source.stop(), far);
    const Watch::Attachment attached(watch, pair.ends[0]);
    std::jthread stopper([&] { source.request(Status()); });
    CHECK(pair.read() == 0);
    CHECK(watch.fired() == Watch::Cause::stop);
}

TEST_CASE("a socket attached too late is shut down at once") {
    Pair pair;
    StopSource source;
    source.request(Status());
    Watch watch(Watchdog::shared(), source.stop(), far);
    const Watch::Attachment attached(watch, pair.ends[0]);
    CHECK(pair.read() == 0);
}

TEST_CASE("an extended deadline does not fire, and a detached socket stays open") {
    Pair pair;
    StopSource source;
    Watch watch(Watchdog::shared(), source.stop(), far);
    {
        const Watch::Attachment attached(watch, pair.ends[0]);
        watch.arm(Watch::Cause::idle, Clock::now() + 1h);
        watch.extend(Clock::now() + 2h);
    }
    source.request(Status());
    CHECK(watch.fired() == Watch::Cause::stop);
    CHECK(::send(pair.ends[1], "x", 1, MSG_NOSIGNAL) == 1);
    CHECK(pair.read() == 1);
}
