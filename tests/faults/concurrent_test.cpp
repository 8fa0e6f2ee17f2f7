// Faults that meet many collections at once: what they share must neither multiply logins nor mix
// up their lists. Built with ThreadSanitizer as well (./dev tsan).
#include <catch2/catch.hpp>

#include "tests/faults/scene.hpp"

namespace pf::test {
namespace {

constexpr std::size_t crowd = 12;

Situation situation(Generation generation) { return {generation, Place::first, 1}; }

void all_complete(const std::vector<Outcome>& outcomes) {
    for (const Outcome& outcome : outcomes) {
        INFO(outcome.reasons());
        CHECK(outcome.is_complete());
        CHECK(outcome.ids.size() == Situation::vms);
    }
}

// A world that `arrange` has spoilt, collected by twelve at once.
std::vector<Outcome> play_crowd(Generation generation, const std::function<void(Scene&)>& arrange,
                                const std::function<void(Scene&)>& check = {}) {
    Scene scene(situation(generation));
    arrange(scene);
    scene.start();
    std::vector<Outcome> outcomes = scene.collect_at_once(crowd);
    if (check) {
        check(scene);
    }
    return outcomes;
}

}  // namespace

TEST_CASE("twelve at once: a wrong password is at most two logins", "[concurrent]") {
    const auto generation = GENERATE(Generation::v4, Generation::v3);
    const auto outcomes = play_crowd(
        generation, [](Scene& s) { s.secret["password"] = "\"never-right\""; },
        [](Scene& s) {
            CHECK(s.stats().failed_logins >= 1);
            CHECK(s.stats().credentials <= 2);
        });
    for (const Outcome& outcome : outcomes) {
        CHECK(outcome.verdict() == "failed ERROR_INVALID_CREDENTIALS");
    }
}

TEST_CASE("twelve at once: one login when nothing goes wrong", "[concurrent]") {
    const auto generation = GENERATE(Generation::v4, Generation::v3);
    all_complete(play_crowd(
        generation, [](Scene&) {}, [](Scene& s) { CHECK(s.stats().logins == 1); }));
}

TEST_CASE("twelve at once: sessions that expire all the time", "[concurrent]") {
    const auto generation = GENERATE(Generation::v4, Generation::v3);
    all_complete(play_crowd(generation, [](Scene& s) { s.prism.session_requests = 20; }));
}

TEST_CASE("twelve at once: too many requests, torn connections, errors", "[concurrent]") {
    const auto generation = GENERATE(Generation::v4, Generation::v3);
    const std::string fault = GENERATE("status-429:0.05:retry-after=0", "drop:0.02",
                                       "status-503:0.02", "close-idle:0.1", "announce-close:0.2");
    INFO(fault);
    all_complete(play_crowd(generation, [&](Scene& s) { s.fault_anywhere(fault); }));
}

TEST_CASE("twelve at once: VMs come and go", "[concurrent]") {
    const auto generation = GENERATE(Generation::v4, Generation::v3);
    const auto outcomes = play_crowd(generation, [](Scene& s) { s.prism.churn_every = 10; });
    for (const Outcome& outcome : outcomes) {
        INFO(outcome.reasons());
        CHECK((outcome.is_complete() || outcome.verdict() == "partial ERROR_LIST_CHANGED"));
    }
}

}  // namespace pf::test
