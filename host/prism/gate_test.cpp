#include "host/prism/gate.hpp"

#include <atomic>
#include <catch2/catch.hpp>
#include <future>
#include <optional>
#include <thread>
#include <vector>

using namespace pf::host;
using namespace pf::host::prism;

namespace {

// Threads that want in, one after the other, and in which order they were let in.
class Line {
  public:
    explicit Line(Gate& gate) : gate_(gate), held_(std::move(gate.enter(this, Stop())).value()) {}
    void join(const void* run, int number) {
        const std::size_t before = gate_.waiting();
        threads_.emplace_back([this, run, number] {
            const auto place = gate_.enter(run, Stop());
            order_.push_back(number);  // one inside at a time
        });
        while (gate_.waiting() != before + 1) {
            std::this_thread::yield();
        }
    }
    std::vector<int> order() {
        held_.reset();
        threads_.clear();
        return order_;
    }

  private:
    Gate& gate_;
    std::optional<Gate::Place> held_;
    std::vector<int> order_;
    std::vector<std::jthread> threads_;
};

const int one_run = 1;
const int another_run = 2;
const int third_run = 3;

}  // namespace

TEST_CASE("within a run places are given in the order of arrival") {
    Gate gate(1);
    Line line(gate);
    for (int i = 0; i < 4; ++i) {
        line.join(&one_run, i);
    }
    CHECK(line.order() == std::vector<int>{0, 1, 2, 3});
}

TEST_CASE("runs take turns, so that one request is not behind a thousand of another run") {
    Gate gate(1);
    Line line(gate);
    for (int i = 0; i < 6; ++i) {
        line.join(&one_run, i);
    }
    line.join(&another_run, 10);
    line.join(&another_run, 11);
    line.join(&third_run, 20);
    CHECK(line.order() == std::vector<int>{0, 10, 20, 1, 11, 2, 3, 4, 5});
}

TEST_CASE("fewer places hold back, more let in at once") {
    Gate gate(3);
    std::vector<Gate::Place> inside;
    for (int i = 0; i < 3; ++i) {
        inside.push_back(std::move(gate.enter(&one_run, Stop())).value());
    }
    gate.resize(1);
    auto late = std::async(std::launch::async, [&] { return gate.enter(&one_run, Stop()).ok(); });
    while (gate.waiting() != 1) {
        std::this_thread::yield();
    }
    inside.pop_back();
    inside.pop_back();
    CHECK(gate.waiting() == 1);  // one is still inside
    gate.resize(2);
    CHECK(late.get());
}

TEST_CASE("no more than allowed are inside") {
    Gate gate(3);
    std::atomic<int> inside{0};
    std::atomic<int> most{0};
    std::vector<std::jthread> threads;
    for (int i = 0; i < 12; ++i) {
        threads.emplace_back([&] {
            for (int round = 0; round < 200; ++round) {
                const auto place = gate.enter(&one_run, Stop());
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
    std::optional<Gate::Place> held(std::move(gate.enter(&one_run, Stop())).value());
    auto leaver = std::async(std::launch::async,
                             [&] { return gate.enter(&one_run, source.stop()).status(); });
    auto stayer = std::async(std::launch::async, [&] { return gate.enter(&one_run, Stop()).ok(); });
    while (gate.waiting() != 2) {
        std::this_thread::yield();
    }
    source.request(Status());
    CHECK(leaver.get().code() == Code::cancelled);
    held.reset();
    CHECK(stayer.get());
}
