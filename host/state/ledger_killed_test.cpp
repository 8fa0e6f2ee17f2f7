// A process that feeds is killed at any instant; what it said to have fed is there, and nothing
// that it did not feed.
#include <signal.h>
#include <sys/wait.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <random>

#include "host/state/testing_ledger.hpp"

using namespace pf::test;

namespace {

constexpr int machines = 12;

// The n-th collection: each is its own, so that the state tells how many are in it.
std::vector<Shape> collection(std::int64_t number) {
    std::vector<Shape> shapes;
    for (int i = 0; i < machines; ++i) {
        if ((number + i) % 5 != 0) {
            shapes.push_back(machine("vm-" + std::to_string(i), 1 + (number + i) % 7));
        }
    }
    return shapes;
}

// What the segments are after `count` collections, counted by hand: each shows other facts.
Segments counted(std::int64_t count) {
    Segments all;
    std::map<std::string, Segments> by_id;
    for (std::int64_t number = 1; number < count; ++number) {
        for (const Shape& shape : collection(number)) {
            by_id[shape.id].push_back(text_of(shape.id, shape.number(ShapeField::vcpus),
                                              number * 10, number * 10 + 10, true));
        }
    }
    for (const auto& [id, segments] : by_id) {
        all.insert(all.end(), segments.begin(), segments.end());
    }
    return all;
}

// Feeds from `number` on and writes a byte for each that is in; ends when it is killed.
[[noreturn]] void feed_for_ever(const state::LedgerSettings& settings, std::int64_t number,
                                int told) {
    auto ledger = state::ShapeLedger::open(settings);
    while (ledger.ok() && feed(*ledger, number * 10, collection(number)).ok() &&
           ::write(told, "", 1) == 1) {
        ++number;
    }
    ::_exit(1);
}

}  // namespace

TEST_CASE("killed at any instant, the ledger holds what was fed and nothing else") {
    constexpr int rounds = 60;
    const LedgerFolder folder;
    const auto settings = folder.settings();
    std::mt19937_64 random(20260302);
    std::int64_t known = 0;  // collections that are surely in
    for (int round = 0; round < rounds; ++round) {
        CAPTURE(round, known);
        int pipe[2];
        REQUIRE(::pipe(pipe) == 0);
        const pid_t child = ::fork();
        REQUIRE(child >= 0);
        if (child == 0) {
            ::close(pipe[0]);
            feed_for_ever(settings, known + 1, pipe[1]);
        }
        ::close(pipe[1]);
        // After a few collections, at any point of the next; sometimes while it opens.
        char byte = 0;
        std::int64_t told = 0;
        const auto wanted = static_cast<std::int64_t>(random() % 4);
        while (told < wanted && ::read(pipe[0], &byte, 1) == 1) {
            ++told;
        }
        CHECK(told == wanted);
        volatile std::uint64_t spin = random() % 3000000;
        while (spin > 0) {
            spin = spin - 1;
        }
        REQUIRE(::kill(child, SIGKILL) == 0);
        int status = 0;
        REQUIRE(::waitpid(child, &status, 0) == child);
        REQUIRE(WIFSIGNALED(status));
        while (::read(pipe[0], &byte, 1) == 1) {
            ++told;
        }
        ::close(pipe[0]);

        if (!std::filesystem::exists(settings.path)) {
            CHECK(known + told == 0);
            continue;
        }
        const auto extent = state::read_extent(settings);
        REQUIRE(extent.status().text() == "OK");
        const std::int64_t in = extent->has_value() ? (*extent)->to / 10 : 0;
        // The last one may be in without the byte that says so.
        CHECK(in >= known + told);
        CHECK(in <= known + told + 1);
        const auto segments = read(settings, 0, 1 << 30, in * 10);
        REQUIRE(segments.status().text() == "OK");
        auto expected = counted(in);
        CHECK(std::is_permutation(segments->begin(), segments->end(), expected.begin(),
                                  expected.end()));
        known = in;
    }
    CHECK(known >= rounds);
}

TEST_CASE("processes that begin a ledger at once all find what they fed in it") {
    constexpr int processes = 5;
    constexpr int collections = 6;
    const LedgerFolder folder;
    const auto settings = folder.settings();
    std::vector<pid_t> children;
    for (int number = 0; number < processes; ++number) {
        const pid_t child = ::fork();
        REQUIRE(child >= 0);
        if (child == 0) {
            const std::string account = "pc" + std::to_string(number);
            for (int i = 1; i <= collections; ++i) {
                auto ledger = state::ShapeLedger::open(settings);
                Shape shape = machine("vm", i);
                shape.account = account;
                if (!ledger.ok() || !feed(*ledger, i * 10, {shape}, true, account).ok()) {
                    ::_exit(1);
                }
            }
            ::_exit(0);
        }
        children.push_back(child);
    }
    for (const pid_t child : children) {
        int status = 0;
        REQUIRE(::waitpid(child, &status, 0) == child);
        CHECK(WIFEXITED(status));
        CHECK(WEXITSTATUS(status) == 0);
    }
    const auto segments = read(settings, 0, 1000, collections * 10);
    REQUIRE(segments.status().text() == "OK");
    CHECK(segments->size() == processes * (collections - 1));
    // Nothing is left beside it.
    std::size_t files = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder.path())) {
        files += entry.path().filename().string().find(".new-") != std::string::npos ? 1 : 0;
    }
    CHECK(files == 0);
}
