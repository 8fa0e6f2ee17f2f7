// Random steps, against a model that keeps everything in memory.
#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <random>

#include "host/state/testing_outbox.hpp"

using namespace pf::test;

namespace {

struct Kept {
    Letter letter;
    std::int64_t due_at = 0;
    std::uint32_t attempts = 0;
};

std::uint64_t bytes_of(const Letter& letter) {
    return letter.key.size() + letter.lane.size() + letter.channel.size() + letter.content.size();
}

// What an outbox promises, as simply as it can be said.
class Model {
  public:
    explicit Model(OutboxLimits limits) : limits_(limits) {}

    std::size_t put(const std::vector<Letter>& letters, std::int64_t now) {
        std::size_t taken = 0;
        bool is_full = false;
        for (const Letter& one : letters) {
            if (has(waiting, one.key) || has(dead, one.key)) {
                ++taken;
                continue;
            }
            is_full = is_full || !fits(one);
            if (is_full) {
                ++counts.dropped;
                continue;
            }
            waiting.push_back({one, now, 0});
            ++counts.put;
            ++taken;
        }
        return taken;
    }
    std::vector<std::string> due(std::int64_t now) const {
        std::map<std::string, bool> seen;
        std::vector<std::string> keys;
        for (const Kept& kept : waiting) {
            if (seen.emplace(kept.letter.lane, true).second && kept.due_at <= now) {
                keys.push_back(kept.letter.key);
            }
        }
        return keys;
    }
    void delivered(std::size_t at) {
        waiting.erase(waiting.begin() + static_cast<std::ptrdiff_t>(at));
        ++counts.delivered;
    }
    void retry(std::size_t at, std::int64_t due_at) {
        waiting[at].due_at = due_at;
        ++waiting[at].attempts;
    }
    // Dead ones are in the order in which they came.
    void give_up(std::size_t at, std::int64_t id) {
        Kept kept = waiting[at];
        ++kept.attempts;
        waiting.erase(waiting.begin() + static_cast<std::ptrdiff_t>(at));
        const auto place = std::upper_bound(dead_ids.begin(), dead_ids.end(), id);
        dead.insert(dead.begin() + (place - dead_ids.begin()), kept);
        dead_ids.insert(place, id);
        ++counts.given_up;
        while (dead.size() > limits_.dead) {
            forget(0);
            ++counts.dropped;
        }
    }
    bool revive(std::size_t at, std::int64_t now) {
        if (!fits(dead[at].letter)) {
            return false;
        }
        waiting.push_back({dead[at].letter, now, 0});
        forget(at);
        return true;
    }
    void forget(std::size_t at) {
        dead.erase(dead.begin() + static_cast<std::ptrdiff_t>(at));
        dead_ids.erase(dead_ids.begin() + static_cast<std::ptrdiff_t>(at));
    }
    std::uint64_t bytes() const {
        std::uint64_t bytes = 0;
        for (const Kept& kept : waiting) {
            bytes += bytes_of(kept.letter);
        }
        return bytes;
    }

    std::vector<Kept> waiting;
    std::vector<Kept> dead;
    std::vector<std::int64_t> dead_ids;
    state::OutboxCounts counts;

  private:
    static bool has(const std::vector<Kept>& all, const std::string& key) {
        return std::any_of(all.begin(), all.end(),
                           [&](const Kept& kept) { return kept.letter.key == key; });
    }
    bool fits(const Letter& one) const {
        return waiting.size() < limits_.waiting && bytes() + bytes_of(one) <= limits_.bytes;
    }

    OutboxLimits limits_;
};

void compare(const std::vector<Parcel>& parcels, const std::vector<Kept>& expected) {
    REQUIRE(parcels.size() == expected.size());
    for (std::size_t i = 0; i < parcels.size(); ++i) {
        CHECK(parcels[i].letter.key == expected[i].letter.key);
        CHECK(parcels[i].letter.lane == expected[i].letter.lane);
        CHECK(parcels[i].letter.content == expected[i].letter.content);
        CHECK(parcels[i].due_at == expected[i].due_at);
        CHECK(parcels[i].attempts == expected[i].attempts);
        CHECK((i == 0 || parcels[i - 1].id < parcels[i].id));
    }
}

void compare(Outbox& outbox, const Model& model, std::int64_t now) {
    compare(got(outbox.waiting(1000)), model.waiting);
    compare(got(outbox.dead(1000)), model.dead);
    CHECK(keys(got(outbox.due(now, 1000))) == model.due(now));
    const auto counts = got(outbox.counts());
    CHECK(counts.waiting == model.waiting.size());
    CHECK(counts.dead == model.dead.size());
    CHECK(counts.bytes == model.bytes());
    CHECK(counts.put == model.counts.put);
    CHECK(counts.delivered == model.counts.delivered);
    CHECK(counts.given_up == model.counts.given_up);
    CHECK(counts.dropped == model.counts.dropped);
    std::optional<std::int64_t> next;
    std::map<std::string, bool> seen;
    for (const Kept& kept : model.waiting) {
        if (seen.emplace(kept.letter.lane, true).second) {
            next = std::min(next.value_or(kept.due_at), kept.due_at);
        }
    }
    CHECK(got(outbox.next_due()) == next);
}

std::vector<Letter> some_letters(std::mt19937& random) {
    std::vector<Letter> letters;
    for (unsigned i = random() % 4; i > 0; --i) {
        letters.push_back(letter(std::to_string(random() % 40), std::to_string(random() % 4),
                                 std::string(random() % 60, 'x')));
    }
    return letters;
}

// One step of the outbox and the same of the model.
void step(Outbox& outbox, Model& model, std::mt19937& random, std::int64_t now) {
    const auto choice = random() % 8;
    if (choice < 3 || (model.waiting.empty() && model.dead.empty())) {
        const auto letters = some_letters(random);
        CHECK(got(outbox.put(letters, now)) == model.put(letters, now));
    } else if (choice < 6 && !model.waiting.empty()) {
        const auto at = random() % model.waiting.size();
        const std::int64_t id = got(outbox.waiting(1000)).at(at).id;
        if (choice == 3) {
            CHECK(outbox.delivered(id).text() == "OK");
            model.delivered(at);
        } else if (choice == 4) {
            const auto due_at = now + static_cast<std::int64_t>(random() % 30);
            CHECK(outbox.retry(id, due_at, refused).text() == "OK");
            model.retry(at, due_at);
        } else {
            CHECK(outbox.give_up(id, refused).text() == "OK");
            model.give_up(at, id);
        }
    } else if (!model.dead.empty()) {
        const auto at = random() % model.dead.size();
        const std::int64_t id = model.dead_ids[at];
        if (random() % 2 == 0) {
            CHECK(got(outbox.revive({id}, now)) == (model.revive(at, now) ? 1u : 0u));
        } else {
            CHECK(got(outbox.forget({id})) == 1);
            model.forget(at);
        }
    }
}

}  // namespace

TEST_CASE("random steps leave an outbox as a model has it", "[outbox]") {
    constexpr OutboxLimits limits = {12, 500, 5};
    for (unsigned seed = 1; seed <= 30; ++seed) {
        CAPTURE(seed);
        std::mt19937 random(seed);
        const OutboxFolder folder;
        auto outbox = opened(folder.file(), limits);
        Model model(limits);
        std::int64_t now = 1000;
        for (int i = 0; i < 60; ++i) {
            CAPTURE(i);
            now += static_cast<std::int64_t>(random() % 10);
            step(*outbox, model, random, now);
            if (random() % 10 == 0) {
                outbox.reset();
                outbox = opened(folder.file(), limits);
            }
            compare(*outbox, model, now);
        }
        CHECK(model.counts.put > 10);
    }
}
