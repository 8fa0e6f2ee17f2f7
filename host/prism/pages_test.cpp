#include "host/prism/pages.hpp"

#include <atomic>
#include <catch2/catch.hpp>
#include <condition_variable>
#include <future>
#include <latch>
#include <map>
#include <mutex>
#include <random>

#include "host/prism/testing_target.hpp"

using namespace pf::host;
using namespace pf::host::prism;
using namespace pf::host::prism::testing;

namespace {

Request request_for(std::uint64_t index) {
    return {Method::get, "/list?page=" + std::to_string(index), {}};
}

std::uint64_t index_of(const Seen& seen) { return std::stoull(seen.path.substr(11)); }

std::string page(std::uint64_t index, std::size_t size = 0) {
    return R"({"page":)" + std::to_string(index) + R"(,"fill":")" + std::string(size, 'x') + "\"}";
}

void give_page(const Seen& seen, Talk& talk) { talk.send(http(200, page(index_of(seen)))); }

// Lets requests through in an order of the test's choice.
class Turnstile {
  public:
    void arrive_and_wait(std::uint64_t index) {
        std::unique_lock lock(mutex_);
        arrived_.push_back(index);
        changed_.notify_all();
        changed_.wait(lock, [&] { return open_ || allowed_[index]; });
    }
    std::vector<std::uint64_t> wait_for(std::size_t count) {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return arrived_.size() >= count; });
        return arrived_;
    }
    void allow(std::uint64_t index) {
        std::lock_guard lock(mutex_);
        allowed_[index] = true;
        changed_.notify_all();
    }
    void open() {
        std::lock_guard lock(mutex_);
        open_ = true;
        changed_.notify_all();
    }

  private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<std::uint64_t> arrived_;
    std::map<std::uint64_t, bool> allowed_;
    bool open_ = false;
};

void check_page(const Result<Body>& got, std::uint64_t index) {
    REQUIRE(got.ok());
    const Body& body = got.value();
    CHECK(body.text() == page(index));
}

}  // namespace

TEST_CASE("pages come in order whatever the order of the answers") {
    Turnstile turnstile;
    Stage stage([&](const Seen& seen, Talk& talk) {
        turnstile.arrive_and_wait(index_of(seen));
        give_page(seen, talk);
    });
    turnstile.allow(0);
    Pages pages(stage.target, request_for, Stop(), stage.meter);
    check_page(pages.next(), 0);
    constexpr std::uint64_t count = 60;
    pages.expect(count);
    auto shuffler = std::async(std::launch::async, [&] {
        std::mt19937 engine(5);
        std::size_t seen = 1;
        while (seen < count) {
            std::vector<std::uint64_t> arrived = turnstile.wait_for(seen + 1);
            std::shuffle(arrived.begin() + static_cast<std::ptrdiff_t>(seen), arrived.end(),
                         engine);
            for (; seen < arrived.size(); ++seen) {
                turnstile.allow(arrived[seen]);
            }
        }
    });
    for (std::uint64_t i = 1; i < count; ++i) {
        auto got = pages.next();
        check_page(got, i);
        pages.recycle(std::move(got).value());
    }
    shuffler.get();
    const auto end = pages.next();
    CHECK(end.status().code() == Code::out_of_range);
    CHECK(end.status().reason() == "ERROR_NO_MORE_PAGES");
    CHECK(stage.meter.requests == count);
    CHECK(stage.server.connections() <= 8);
}

TEST_CASE("only the first page is fetched before more are expected") {
    Stage stage(give_page);
    Pages pages(stage.target, request_for, Stop(), stage.meter);
    CHECK(stage.server.connections() == 0);
    check_page(pages.next(), 0);
    CHECK(pages.next().status().code() == Code::out_of_range);
    CHECK(stage.server.seen().size() == 1);
}

TEST_CASE("a list may grow while it is read") {
    Stage stage(give_page);
    Pages pages(stage.target, request_for, Stop(), stage.meter);
    check_page(pages.next(), 0);
    pages.expect(2);
    check_page(pages.next(), 1);
    pages.expect(5);
    for (std::uint64_t i = 2; i < 5; ++i) {
        check_page(pages.next(), i);
    }
    CHECK(pages.next().status().code() == Code::out_of_range);
    pages.expect(6);
    check_page(pages.next(), 5);
}

TEST_CASE("a list may shrink and grow again while pages are on their way") {
    Turnstile turnstile;
    Stage stage([&](const Seen& seen, Talk& talk) {
        if (index_of(seen) > 1) {
            turnstile.arrive_and_wait(index_of(seen));
        }
        give_page(seen, talk);
    });
    Pages pages(stage.target, request_for, Stop(), stage.meter);
    check_page(pages.next(), 0);
    pages.expect(30);
    turnstile.wait_for(4);
    pages.expect(2);
    check_page(pages.next(), 1);
    CHECK(pages.next().status().code() == Code::out_of_range);
    pages.expect(12);
    turnstile.open();
    for (std::uint64_t i = 2; i < 12; ++i) {
        check_page(pages.next(), i);
    }
    CHECK(pages.next().status().code() == Code::out_of_range);
}

TEST_CASE("a page that fails ends the list at its place") {
    Stage stage(
        [](const Seen& seen, Talk& talk) {
            if (index_of(seen) == 3) {
                talk.send(http(500, ""));
            } else {
                give_page(seen, talk);
            }
        },
        [](TargetSpec& spec) { spec.limits.tries = 1; });
    Pages pages(stage.target, request_for, Stop(), stage.meter);
    check_page(pages.next(), 0);
    pages.expect(20);
    check_page(pages.next(), 1);
    check_page(pages.next(), 2);
    CHECK(pages.next().status().reason() == "ERROR_PRISM_UNAVAILABLE");
    CHECK(pages.next().status().reason() == "ERROR_PRISM_UNAVAILABLE");
}

TEST_CASE("fetchers run ahead by sessions + 2 pages at most") {
    Turnstile turnstile;
    turnstile.open();
    Stage stage(
        [&](const Seen& seen, Talk& talk) {
            turnstile.arrive_and_wait(index_of(seen));
            give_page(seen, talk);
        },
        [](TargetSpec& spec) { spec.limits.sessions = 2; });
    Pages pages(stage.target, request_for, Stop(), stage.meter);
    check_page(pages.next(), 0);
    pages.expect(100);
    turnstile.wait_for(5);  // page 0 and four ahead
    check_page(pages.next(), 1);
    for (const std::uint64_t index : turnstile.wait_for(6)) {
        CHECK(index <= 5);
    }
    CHECK(stage.server.connections() <= 3);  // the reader's own and the fetchers'
}

TEST_CASE("waiting pages stay within their bytes") {
    std::atomic<std::uint64_t> furthest{0};
    std::atomic<std::uint64_t> reader{0};
    std::atomic<std::uint64_t> most_ahead{0};
    Stage stage(
        [&](const Seen& seen, Talk& talk) {
            furthest = std::max<std::uint64_t>(furthest, index_of(seen));
            most_ahead = std::max<std::uint64_t>(most_ahead, index_of(seen) - reader);
            talk.send(http(200, page(index_of(seen), 10'000)));
        },
        [](TargetSpec& spec) { spec.limits.prefetch_bytes = 25'000; });
    Pages pages(stage.target, request_for, Stop(), stage.meter);
    for (std::uint64_t i = 0; i < 40; ++i) {
        const auto got = pages.next();
        REQUIRE(got.ok());
        reader = i + 1;
        pages.expect(40);
    }
    CHECK(furthest == 39);
    CHECK(most_ahead <= 3);
}

TEST_CASE("a list dies quickly while its fetchers are blocked") {
    Turnstile turnstile;
    Stage stage([&](const Seen& seen, Talk& talk) {
        if (index_of(seen) == 0) {
            give_page(seen, talk);
            return;
        }
        talk.send("HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n{\"data\":");
        turnstile.allow(index_of(seen));
        turnstile.arrive_and_wait(index_of(seen));
        talk.wait_until_client_leaves();
    });
    {
        Pages pages(stage.target, request_for, Stop(), stage.meter);
        check_page(pages.next(), 0);
        pages.expect(50);
        turnstile.wait_for(8);
    }
    CHECK(stage.meter.requests == 9);
}

TEST_CASE("a stop ends the reader and the fetchers") {
    Turnstile turnstile;
    Stage stage([&](const Seen& seen, Talk& talk) {
        if (index_of(seen) == 0) {
            give_page(seen, talk);
            return;
        }
        turnstile.allow(index_of(seen));
        turnstile.arrive_and_wait(index_of(seen));
        talk.wait_until_client_leaves();
    });
    StopSource source;
    Pages pages(stage.target, request_for, source.stop(), stage.meter);
    check_page(pages.next(), 0);
    pages.expect(50);
    auto reader = std::async(std::launch::async, [&] { return pages.next().status(); });
    turnstile.wait_for(3);
    source.request(Status(Code::aborted, "ERROR_TEST", "enough"));
    CHECK(reader.get().reason() == "ERROR_TEST");
}

TEST_CASE("lists of one target share its connections and all end") {
    Stage stage(give_page, [](TargetSpec& spec) { spec.limits.sessions = 3; });
    const auto read_all = [&] {
        Pages pages(stage.target, request_for, Stop(), stage.meter);
        std::uint64_t count = 0;
        while (true) {
            auto got = pages.next();
            if (!got.ok()) {
                return got.status().code() == Code::out_of_range ? count : 0;
            }
            ++count;
            pages.expect(40);
            pages.recycle(std::move(got).value());
        }
    };
    std::vector<std::future<std::uint64_t>> lists;
    for (int i = 0; i < 6; ++i) {
        lists.push_back(std::async(std::launch::async, read_all));
    }
    for (auto& list : lists) {
        CHECK(list.get() == 40);
    }
    CHECK(stage.server.connections() <= 3);
    CHECK(stage.meter.requests == 240);
}

TEST_CASE("a request that cannot be made is the list's failure") {
    Stage stage(give_page);
    Pages pages(
        stage.target, [](std::uint64_t) -> Request { throw std::runtime_error("no"); }, Stop(),
        stage.meter);
    CHECK(pages.next().status().code() == Code::internal);
}
