#include "tests/faults/fault_case.hpp"

#include <catch2/catch.hpp>
#include <cstdio>
#include <utility>

namespace pf::test {
namespace {

void print_line(const std::string& fault, const FaultCase& what, const Situation& at,
                const Outcome& outcome) {
    std::printf("%-4s %-44s %-3s %-7s %llu  %-38s %3zu of %llu\n", fault.c_str(),
                what.title.c_str(), at.generation_name().c_str(),
                what.by_page ? at.place_name().c_str() : "-",
                static_cast<unsigned long long>(at.seed), outcome.verdict().c_str(),
                outcome.ids.size(), static_cast<unsigned long long>(Situation::vms));
}

void check_expected(const Expected& expected, const Situation& at, const Outcome& outcome) {
    CHECK(outcome.is_complete() == expected.is_complete);
    if (expected.rows) {
        CHECK(outcome.ids.size() == expected.rows(at));
    }
    if (expected.is_complete) {
        return;
    }
    CHECK_FALSE(outcome.report.missing.empty());
    if (!outcome.report.missing.empty()) {
        CHECK(outcome.report.missing.front().code == expected.code);
    }
    for (const std::string& word : expected.words) {
        CHECK_THAT(outcome.reasons(), Catch::Contains(word, Catch::CaseSensitive::No));
    }
}

}  // namespace

Expected complete() {
    return {true, "", {}, [](const Situation&) { return Situation::vms; }};
}

Expected stops_at_page(const std::string& code, std::vector<std::string> words) {
    return {false, code, std::move(words), [](const Situation& at) { return at.before(); }};
}

Expected fails(const std::string& code, std::vector<std::string> words) {
    return {false, code, std::move(words), [](const Situation&) { return 0; }};
}

Expected lacks(std::uint64_t vms, const std::string& code, std::vector<std::string> words) {
    return {false, code, std::move(words),
            [vms](const Situation&) { return Situation::vms - vms; }};
}

void play_one(const std::string& fault, const FaultCase& what, const Situation& at) {
    INFO(fault << ": " << what.title << ", " << at.generation_name() << ", " << at.place_name()
               << " page, seed " << at.seed);
    Scene scene(at);
    what.arrange(scene);
    scene.start();
    if (what.connect) {
        what.connect(scene);
    }
    const Outcome outcome = scene.collect();
    INFO("reasons: " << outcome.reasons() << "notes: " << outcome.notes()
                     << "server: " << scene.server().stats_json());
    check_expected(what.expected, at, outcome);
    if (what.check) {
        what.check(scene, outcome);
    }
    print_line(fault, what, at, outcome);
}

void play(const std::string& fault, const std::vector<FaultCase>& cases) {
    for (const FaultCase& what : cases) {
        for (const Situation& at : all_situations(what.generations, what.by_page)) {
            play_one(fault, what, at);
        }
    }
}

}  // namespace pf::test
