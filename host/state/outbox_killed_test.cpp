// A process that puts and delivers is killed at any instant: what was put for sure is there until
// it was delivered, and what was delivered for sure never comes again.
#include <signal.h>
#include <sys/wait.h>

#include <catch2/catch.hpp>
#include <map>
#include <random>
#include <set>

#include "host/state/testing_outbox.hpp"

using namespace pf::test;

namespace {

// What the child says it is about to do, and what it did. Small enough to be written in one piece.
struct Word {
    std::int64_t what = 0;  // 'p' puts, 'P' has put, 'd' delivers, 'D' has delivered
    std::int64_t number = 0;
};

bool say(int told, char what, std::int64_t number) {
    const Word word{what, number};
    return ::write(told, &word, sizeof word) == static_cast<ssize_t>(sizeof word);
}

Letter numbered(std::int64_t number) {
    return {std::to_string(number), std::to_string(number % 3), "ops",
            std::string(static_cast<std::size_t>(number * 37 % 3000), 'x')};
}

// Puts the numbers from `number` on, and delivers a little less; ends when it is killed.
[[noreturn]] void work_for_ever(const std::string& path, std::int64_t number, int told) {
    auto opened = Outbox::open(path, {}, std::chrono::seconds(60));
    bool is_well = opened.ok();
    while (is_well) {
        is_well = say(told, 'p', number) && (*opened)->put({numbered(number)}, number).ok() &&
                  say(told, 'P', number);
        ++number;
        if (!is_well || number % 4 == 0) {
            continue;
        }
        const auto due = (*opened)->due(number, 1);
        is_well = due.ok();
        if (is_well && !due->empty()) {
            const std::int64_t one = std::stoll(due->front().letter.key);
            is_well = say(told, 'd', one) && (*opened)->delivered(due->front().id).ok() &&
                      say(told, 'D', one);
        }
    }
    ::_exit(1);
}

// What is known of each number from what the children said.
struct Known {
    std::set<std::int64_t> in;             // surely
    std::set<std::int64_t> out;            // surely
    std::optional<std::int64_t> puts;      // perhaps in
    std::optional<std::int64_t> delivers;  // perhaps out
    std::int64_t next = 1;

    void hear(const Word& word) {
        if (word.what == 'p') {
            puts = word.number;
            next = word.number + 1;
        } else if (word.what == 'P') {
            in.insert(word.number);
            puts.reset();
        } else if (word.what == 'd') {
            delivers = word.number;
        } else {
            in.erase(word.number);
            out.insert(word.number);
            delivers.reset();
        }
    }
    // Tells the doubtful ones by what is there. False when that cannot be.
    bool settle(const std::set<std::int64_t>& there) {
        if (puts && there.count(*puts) != 0) {
            in.insert(*puts);
        }
        if (delivers && there.count(*delivers) == 0) {
            in.erase(*delivers);
            out.insert(*delivers);
        }
        puts.reset();
        delivers.reset();
        return there == in;
    }
};

std::set<std::int64_t> numbers_in(Outbox& outbox) {
    std::set<std::int64_t> numbers;
    for (const Parcel& parcel : got(outbox.waiting(100000))) {
        const std::int64_t number = std::stoll(parcel.letter.key);
        CHECK(parcel.letter.lane == numbered(number).lane);
        CHECK(parcel.letter.content == numbered(number).content);
        CHECK(numbers.insert(number).second);
    }
    return numbers;
}

}  // namespace

TEST_CASE("killed at any instant, an outbox holds what was put and not delivered", "[outbox]") {
    constexpr int rounds = 60;
    const OutboxFolder folder;
    std::mt19937_64 random(20260302);
    Known known;
    for (int round = 0; round < rounds; ++round) {
        CAPTURE(round, known.next);
        int pipe[2];
        REQUIRE(::pipe(pipe) == 0);
        const pid_t child = ::fork();
        REQUIRE(child >= 0);
        if (child == 0) {
            ::close(pipe[0]);
            work_for_ever(folder.file(), known.next, pipe[1]);
        }
        ::close(pipe[1]);
        // After a few words, at any point of what comes next; sometimes while it opens.
        Word word;
        const auto wanted = random() % 12;
        std::uint64_t heard = 0;
        while (heard < wanted && ::read(pipe[0], &word, sizeof word) == sizeof word) {
            known.hear(word);
            ++heard;
        }
        CHECK(heard == wanted);
        volatile std::uint64_t spin = random() % 3000000;
        while (spin > 0) {
            spin = spin - 1;
        }
        REQUIRE(::kill(child, SIGKILL) == 0);
        int status = 0;
        REQUIRE(::waitpid(child, &status, 0) == child);
        REQUIRE(WIFSIGNALED(status));
        while (::read(pipe[0], &word, sizeof word) == sizeof word) {
            known.hear(word);
        }
        ::close(pipe[0]);

        if (!std::filesystem::exists(folder.file())) {
            CHECK(known.next == 1);
            continue;
        }
        const auto outbox = opened(folder.file());
        CHECK(known.settle(numbers_in(*outbox)));
        const auto counts = got(outbox->counts());
        CHECK(counts.waiting == known.in.size());
        CHECK(counts.delivered == known.out.size());
        CHECK(counts.put == known.in.size() + known.out.size());
        CHECK(counts.dropped == 0);
    }
    CHECK(known.out.size() > 30);
}

TEST_CASE("processes that begin an outbox at once all find what they put in it", "[outbox]") {
    constexpr int processes = 5;
    constexpr int letters = 6;
    const OutboxFolder folder;
    std::vector<pid_t> children;
    for (int number = 0; number < processes; ++number) {
        const pid_t child = ::fork();
        REQUIRE(child >= 0);
        if (child == 0) {
            for (int i = 0; i < letters; ++i) {
                auto outbox = Outbox::open(folder.file(), {}, std::chrono::seconds(60));
                if (!outbox.ok() || !(*outbox)->put({numbered(number * 100 + i)}, i).ok()) {
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
    CHECK(numbers_in(*opened(folder.file())).size() == processes * letters);
    // Nothing is left beside it.
    for (const auto& entry : std::filesystem::directory_iterator(folder.path())) {
        CHECK(entry.path().filename().string().find(".new-") == std::string::npos);
    }
}
