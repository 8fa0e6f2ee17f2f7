#include "host/prism/shared_cache.hpp"

#include <atomic>
#include <catch2/catch.hpp>
#include <future>
#include <latch>
#include <stdexcept>
#include <vector>

using namespace pf::host;
using namespace pf::host::prism;
using namespace std::chrono_literals;

namespace {

using Filled = Result<SharedCache::Value>;

SharedCache::Value boxed(int number) { return std::make_shared<const int>(number); }

int unboxed(const Filled& value) { return *static_cast<const int*>(value->get()); }

}  // namespace

TEST_CASE("callers at the same time share one filling") {
    SharedCache cache;
    std::atomic<int> fills{0};
    std::latch inside(1);
    std::latch release(1);
    const auto fill = [&](const Stop&) -> Filled {
        ++fills;
        inside.count_down();
        release.wait();
        return boxed(7);
    };
    const auto ask = [&] { return unboxed(cache.get("k", 1h, Stop(), fill)); };
    std::vector<std::future<int>> answers;
    answers.push_back(std::async(std::launch::async, ask));
    inside.wait();
    for (int i = 0; i < 4; ++i) {
        answers.push_back(std::async(std::launch::async, ask));
    }
    release.count_down();
    for (auto& answer : answers) {
        CHECK(answer.get() == 7);
    }
    CHECK(fills == 1);
    CHECK(unboxed(cache.get("k", 1h, Stop(), fill)) == 7);
    CHECK(fills == 1);
}

TEST_CASE("an old value is made again, for each key alone") {
    SharedCache cache;
    int made = 0;
    const auto fill = [&](const Stop&) -> Filled { return boxed(++made); };
    CHECK(unboxed(cache.get("a", 0ms, Stop(), fill)) == 1);
    CHECK(unboxed(cache.get("a", 0ms, Stop(), fill)) == 2);
    CHECK(unboxed(cache.get("b", 1h, Stop(), fill)) == 3);
    CHECK(unboxed(cache.get("b", 1h, Stop(), fill)) == 3);
}

TEST_CASE("a failure goes to its caller and is not kept") {
    SharedCache cache;
    const auto fail = [](const Stop&) -> Filled {
        return Status(Code::unavailable, "ERROR_X", "x");
    };
    const auto raise = [](const Stop&) -> Filled { throw std::runtime_error("oops"); };
    CHECK(cache.get("k", 1h, Stop(), fail).status().reason() == "ERROR_X");
    CHECK(cache.get("k", 1h, Stop(), raise).status().code() == Code::internal);
    CHECK(unboxed(cache.get("k", 1h, Stop(), [](const Stop&) -> Filled { return boxed(1); })) == 1);
}

TEST_CASE("when the one who fills is stopped, one who waits fills instead") {
    SharedCache cache;
    StopSource source;
    std::latch inside(1);
    std::latch waiting(1);
    auto first = std::async(std::launch::async, [&] {
        return cache.get("k", 1h, source.stop(), [&](const Stop& stop) -> Filled {
            inside.count_down();
            waiting.wait();
            return stop.why();
        });
    });
    inside.wait();
    auto second = std::async(std::launch::async, [&] {
        waiting.count_down();
        return cache.get("k", 1h, Stop(), [](const Stop&) -> Filled { return boxed(9); });
    });
    source.request(Status());
    CHECK(first.get().status().code() == Code::cancelled);
    CHECK(unboxed(second.get()) == 9);
}

TEST_CASE("who waits may leave alone") {
    SharedCache cache;
    StopSource source;
    std::latch inside(1);
    std::latch release(1);
    auto filler = std::async(std::launch::async, [&] {
        return cache.get("k", 1h, Stop(), [&](const Stop&) -> Filled {
            inside.count_down();
            release.wait();
            return boxed(1);
        });
    });
    inside.wait();
    auto stopper = std::async(std::launch::async, [&] { source.request(Status()); });
    const auto value = cache.get("k", 1h, source.stop(), [](const Stop&) { return boxed(2); });
    CHECK(value.status().code() == Code::cancelled);
    release.count_down();
    CHECK(unboxed(filler.get()) == 1);
}
