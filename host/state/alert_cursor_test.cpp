#include "host/state/alert_cursor.hpp"

#include <atomic>
#include <catch2/catch.hpp>
#include <cstdio>
#include <filesystem>
#include <map>
#include <random>
#include <thread>

namespace pf::host::state {
namespace {

using Marks = std::vector<AlertMark>;

// A file of its own, gone with the test.
struct Place {
    Place() {
        std::string pattern =
            (std::filesystem::temp_directory_path() / "pf_cursor_XXXXXX").string();
        REQUIRE(mkdtemp(pattern.data()) != nullptr);
        directory = pattern;
    }
    ~Place() { std::filesystem::remove_all(directory); }
    std::unique_ptr<AlertCursor> open() const {
        auto opened =
            AlertCursor::open((directory / "alerts.db").string(), std::chrono::seconds(60));
        REQUIRE(opened.ok());
        return std::move(*opened);
    }
    std::filesystem::path directory;
};

std::vector<std::size_t> take(AlertCursor& cursor, const Marks& marks,
                              const std::string& central = "pc") {
    std::vector<std::size_t> told;
    const Status taken = cursor.take(central, marks, [&](std::size_t at, auto) {
        told.push_back(at);
        return Status();
    });
    REQUIRE(taken.ok());
    return told;
}

TEST_CASE("each change is told once, also by a process that comes later", "[alert_cursor]") {
    const Place place;
    {
        const auto cursor = place.open();
        CHECK_FALSE(cursor->watermark("pc").value());
        CHECK(take(*cursor, {{"a", 10, "open"}, {"b", 20, "open"}}).size() == 2);
        CHECK(take(*cursor, {{"a", 10, "open"}, {"b", 20, "open"}}).empty());
    }
    const auto cursor = place.open();
    CHECK(cursor->watermark("pc").value() == 20);
    CHECK(take(*cursor, {{"a", 10, "open"}, {"b", 30, "resolved"}}) == std::vector<std::size_t>{1});
    CHECK(take(*cursor, {{"a", 10, "open"}}, "another").size() == 1);
}

TEST_CASE("a change within the same instant is told, an older one is not", "[alert_cursor]") {
    const Place place;
    const auto cursor = place.open();
    CHECK(take(*cursor, {{"a", 10, "open"}}).size() == 1);
    CHECK(take(*cursor, {{"a", 10, "resolved"}}).size() == 1);
    CHECK(take(*cursor, {{"a", 9, "open"}}).empty());
}

TEST_CASE("what the receiver refuses was not taken", "[alert_cursor]") {
    const Place place;
    const auto cursor = place.open();
    CHECK(take(*cursor, {{"a", 10, "open"}}).size() == 1);
    int calls = 0;
    const Status refused =
        cursor->take("pc", {{"b", 20, "open"}, {"c", 30, "open"}}, [&](std::size_t, auto) {
            return ++calls == 2 ? Status(Code::unavailable, "ERROR_GONE", "gone") : Status();
        });
    CHECK(refused.reason() == "ERROR_GONE");
    CHECK(cursor->watermark("pc").value() == 10);
    CHECK(take(*cursor, {{"b", 20, "open"}, {"c", 30, "open"}}).size() == 2);
}

TEST_CASE("two that take the same at once tell each change once", "[alert_cursor][concurrent]") {
    const Place place;
    Marks marks;
    for (int i = 0; i < 200; ++i) marks.push_back({std::to_string(i), 1000 + i, "open"});
    std::atomic<int> told{0};
    const auto work = [&](AlertCursor& cursor) {
        const Status taken = cursor.take("pc", marks, [&](std::size_t, auto) {
            ++told;
            return Status();
        });
        if (!taken.ok()) told += 10'000;
    };
    const auto one = place.open();
    const auto two = place.open();
    {
        std::jthread first([&] { work(*one); });
        std::jthread second([&] { work(*two); });
        std::jthread third([&] { work(*one); });
    }
    CHECK(told == 200);
}

TEST_CASE("random changes, read with delay and repeats, are told as a model has them",
          "[alert_cursor]") {
    for (unsigned seed = 1; seed <= 30; ++seed) {
        INFO("seed " << seed);
        std::mt19937 random(seed);
        const Place place;
        auto cursor = place.open();
        std::map<std::string, AlertMark> now;        // as Prism has it
        std::map<std::string, std::int64_t> latest;  // what was told of each
        std::int64_t clock = 1'000'000;
        for (int step = 0; step < 60; ++step) {
            for (unsigned i = random() % 4; i > 0; --i) {
                const std::string key = std::to_string(random() % 8);
                clock += 1 + static_cast<std::int64_t>(random() % 50);
                now[key] = {key, clock, random() % 2 == 0 ? "open" : "resolved"};
            }
            if (random() % 10 == 0) cursor = place.open();  // a restart
            Marks marks;
            for (const auto& [key, mark] : now) marks.push_back(mark);
            std::map<std::string, std::int64_t> expected;
            for (const AlertMark& mark : marks)
                if (!latest.count(mark.key) || latest[mark.key] != mark.updated_at)
                    expected[mark.key] = mark.updated_at;
            std::map<std::string, std::int64_t> told;
            for (const std::size_t at : take(*cursor, marks))
                told[marks[at].key] = marks[at].updated_at;
            CHECK(told == expected);
            for (const auto& [key, at] : told) latest[key] = at;
        }
    }
}

}  // namespace
}  // namespace pf::host::state
