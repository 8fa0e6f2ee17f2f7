#include "host/prism/gate.hpp"

#include <atomic>
#include <catch2/catch.hpp>
#include <future>
#include <optional>
#include <thread>
#include <vector>

using namespace pf::host;
using namespace pf::host::prism;

TEST_CASE("places are given in the order of arrival") {
    Gate gate(1);
    auto first = gate.enter(Stop());
    REQUIRE(first.ok());
    std::optional<Gate::Place> held(std::move(first).value());
    std::vector<int> order;
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&, i] {
            const auto place = gate.enter(Stop());
            order.push_back(i);  // one inside at a time
        });
        while (gate.waiting() != static_cast<std::size_t>(i) + 1) {
            std::this_thread::yield();
        }
    }
    held.reset();
    threads.clear();
    CHECK(order == std::vector<int>{0, 1, 2, 3});
}

TEST_CASE("no more than allowed are inside") {
    Gate gate(3);
    std::atomic<int> inside{0};
    std::atomic<int> most{0};
    std::vector<std::jthread> threads;
    for (int i = 0; i < 12; ++i) {
        threads.emplace_back([&] {
            for (int round = 0; round < 200; ++round) {
                const auto place = gate.enter(Stop());
                const int now = ++inside;
                for (int seen = most; seen < now && !most.compare_exchange_weak(seen, now);) {
                }
                --inside;
            }
        });
    }
    threads.clear();
    CHECK(most <= 3);
    CHECK(gate.waiting() == 0);
}

TEST_CASE("who stops waiting leaves no gap") {
    Gate gate(1);
    StopSource source;
    std::optional<Gate::Place> held(std::move(gate.enter(Stop())).value());
    auto leaver =
        std::async(std::launch::async, [&] { return gate.enter(source.stop()).status(); });
    auto stayer = std::async(std::launch::async, [&] { return gate.enter(Stop()).ok(); });
    while (gate.waiting() != 2) {
        std::this_thread::yield();
    }
    source.request(Status());
    CHECK(leaver.get().code() == Code::cancelled);
    held.reset();
    CHECK(stayer.get());
}
