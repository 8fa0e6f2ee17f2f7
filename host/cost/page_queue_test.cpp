#include "host/cost/page_queue.hpp"

#include <catch2/catch.hpp>
#include <future>
#include <thread>

using namespace pf::host;
using namespace pf::host::cost;

namespace {

encoding::Block page_of(std::size_t bytes) {
    encoding::Block page(bytes);
    page.resize(bytes);
    return page;
}

}  // namespace

TEST_CASE("pages come out in order, and a full queue holds the maker back") {
    StopSource source;
    PageQueue queue(source.stop());
    std::atomic<std::uint32_t> written{0};
    // Catch2 counts assertions of one thread only, so what the maker saw is checked after it.
    std::thread maker([&] {
        for (std::uint32_t i = 1; i <= 1000 && queue.write(page_of(i), i); ++i) {
            written = i;
        }
        queue.close();
    });
    std::uint32_t next = 1;
    while (auto page = queue.pop()) {
        CHECK(page->records == next);
        CHECK(page->bytes.size() == next);
        CHECK(written <= next + PageQueue::capacity);
        ++next;
    }
    maker.join();
    CHECK(written == 1000);
    CHECK(next == 1001);
    CHECK_FALSE(queue.write(page_of(1), 1));
    CHECK(queue.is_gone());
}

TEST_CASE("a maker that waits for room is woken by a stop, a deadline and by being abandoned") {
    StopSource source;
    PageQueue queue(source.stop());
    SECTION("stop") {
        std::thread stopper;
        for (std::size_t i = 0; i < PageQueue::capacity; ++i) {
            REQUIRE(queue.write(page_of(1), 1));
        }
        stopper = std::thread([&] { source.request({Code::aborted, "ERROR_X", "x"}); });
        CHECK_FALSE(queue.write(page_of(1), 1));
        stopper.join();
        CHECK(queue.is_gone());
        queue.close();
        std::size_t left = 0;
        while (queue.pop()) ++left;
        CHECK(left == PageQueue::capacity);
    }
    SECTION("abandoned") {
        for (std::size_t i = 0; i < PageQueue::capacity; ++i) {
            REQUIRE(queue.write(page_of(1), 1));
        }
        std::thread leaver([&] { queue.abandon(); });
        CHECK_FALSE(queue.write(page_of(1), 1));
        leaver.join();
        CHECK(queue.is_gone());
        queue.close();
        CHECK_FALSE(queue.pop().has_value());
    }
    SECTION("deadline") {
        PageQueue late(Stop().until(Clock::now() - std::chrono::seconds(1)));
        CHECK_FALSE(late.write(page_of(1), 1));
    }
}

TEST_CASE("a taker waits for the first page and for the end") {
    PageQueue queue{Stop()};
    auto first = std::async(std::launch::async, [&] { return queue.pop(); });
    REQUIRE(queue.write(page_of(3), 3));
    CHECK(first.get()->records == 3);
    auto end = std::async(std::launch::async, [&] { return queue.pop(); });
    queue.close();
    CHECK_FALSE(end.get().has_value());
}
