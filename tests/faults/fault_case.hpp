// One line of the fault matrix as a case: what is arranged, and what the host must make of it.
//
//     TEST_CASE("F01 ...", "[F01]") {
//         play("F01", {{"429, Retry-After 1", [](Scene& s) { s.fault("status-429", "first=1"); },
//                       complete()}});
//     }
//
// play() plays every case by each generation, at each page, with each seed, checks what is expected
// and prints a line of the table for each.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "tests/faults/scene.hpp"

namespace pf::test {

// What must come of it. `rows` are VM rows; `code` is that of the first reason, and all `words`
// stand in the reasons.
struct Expected {
    bool is_complete = true;
    std::string code{};
    std::vector<std::string> words{};
    std::function<std::uint64_t(const Situation&)> rows{};  // absent: any number
};

// All VMs, nothing missing.
Expected complete();
// The list ends before the page in question: the VMs of the pages before it, and the reason.
Expected stops_at_page(const std::string& code, std::vector<std::string> words = {});
// No VM at all, and the reason.
Expected fails(const std::string& code, std::vector<std::string> words = {});
// So many VMs do not come, and the reason.
Expected lacks(std::uint64_t vms, const std::string& code, std::vector<std::string> words = {});

struct FaultCase {
    std::string title;
    std::function<void(Scene&)> arrange;  // before the simulator starts
    Expected expected = complete();
    // After the collection.
    std::function<void(Scene&, const Outcome&)> check{};
    // Between start and collection: what stands before the server.
    std::function<void(Scene&)> connect{};
    bool by_page = true;  // whether the page matters
    std::vector<Generation> generations{Generation::v4, Generation::v3};
};

// One case in one situation.
void play_one(const std::string& fault, const FaultCase& what, const Situation& at);

// Plays the cases of one fault of the matrix.
void play(const std::string& fault, const std::vector<FaultCase>& cases);

}  // namespace pf::test
