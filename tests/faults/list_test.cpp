// F20 to F23: lists in which entities come twice, move, vanish, or are miscounted.
#include <catch2/catch.hpp>

#include "tests/faults/fault_case.hpp"

namespace pf::test {
namespace {

auto with(const std::string& name, const std::string& keys = "") {
    return [name, keys](Scene& scene) { scene.fault(name, keys); };
}

// On every page of the VM list.
auto everywhere(const std::string& name, const std::string& keys) {
    return [name, keys](Scene& scene) {
        scene.fault_anywhere(name + ":path=" + scene.at.list_path() + ":" + keys);
    };
}

// Two passes at most, and what is asked for ahead: an end is noticed by pages without anything new.
void asked_no_more_than_twice(Scene& scene, const Outcome&) {
    CHECK(scene.list_requests() <= 4 * (Situation::last_page + 1));
}

void counted_once(Scene&, const Outcome& outcome) {
    CHECK(outcome.report.total().repeated >= 1);
    CHECK(outcome.vm_rows == Situation::vms);
}

// Whatever came and went: check_always has compared what was there all the time.
Expected complete_as_far_as_it_stood_still() { return {true, "", {}, {}}; }

}  // namespace

TEST_CASE("F20 an entity that comes twice goes out once, and is counted", "[F20]") {
    play("F20",
         {{"twice on a page, always", with("duplicate-entry"), complete(), counted_once},
          {"on two pages, always", with("repeated-entry", "item=0"), complete(), counted_once},
          {"twice on a page, once", with("duplicate-entry", "first=1"), complete(), counted_once}});
}

TEST_CASE("F21 what moves between pages is noticed by total and ids", "[F21]") {
    play("F21", {{"a VM goes", with("vm-goes", "first=1:item=0"),
                  complete_as_far_as_it_stood_still(), asked_no_more_than_twice},
                 {"a VM comes", with("vm-comes", "first=1"), complete_as_far_as_it_stood_still(),
                  asked_no_more_than_twice},
                 {"pages shift by one, once", with("shifted-entry", "first=1:item=0"), complete(),
                  asked_no_more_than_twice},
                 {"pages shift by one, always", with("shifted-entry", "item=0"),
                  lacks(1, "ERROR_LIST_CHANGED", {"127 different"}), asked_no_more_than_twice},
                 {"a VM is left out, once", with("drop-entry", "first=1"), complete(),
                  asked_no_more_than_twice},
                 {"a VM is left out, always",
                  with("drop-entry"),
                  {false, "ERROR_LIST_CHANGED", {}, {}},
                  asked_no_more_than_twice}});
}

TEST_CASE("F22 totals that lie and pages without end", "[F22]") {
    const auto changed = [](std::uint64_t missing) {
        return lacks(missing, "ERROR_LIST_CHANGED", {});
    };
    const auto again = [](const std::string& title, std::function<void(Scene&)> arrange,
                          Expected expected, bool by_page) {
        return FaultCase{
            title, std::move(arrange), std::move(expected), asked_no_more_than_twice, {}, by_page};
    };
    play(
        "F22",
        {again("5 more than there are", everywhere("total", "add=5"), changed(0), false),
         again("100 more than there are", everywhere("total", "add=100"), changed(0), false),
         again("5 less than there are", everywhere("total", "add=-5"), changed(0), false),
         again("28 less than there are, all pages full", everywhere("total", "add=-28"), changed(0),
               false),
         again("another total on one page", with("total", "add=3"), changed(0), true),
         again("another total on one page, once", with("total", "first=1:add=3"), complete(), true),
         again("no total on one page", with("total", "json=null"), changed(0), true),
         again("no total anywhere", everywhere("total", "json=null"), complete(), false),
         again("an empty page before the end, once", with("empty-page", "first=1"), complete(),
               true),
         again("an empty page before the end, always", with("empty-page"),
               stops_at_page("ERROR_LIST_CHANGED"), true),
         again(
             "the same page for ever",
             [](Scene& s) {
                 s.fault_anywhere("repeat-page:path=" + s.at.list_path() + ":from=" +
                                  std::to_string(std::max<std::uint64_t>(
                                      1, std::min(s.at.page(), Situation::last_page - 1))));
             },
             {false, "ERROR_LIST_CHANGED", {}, {}}, true)});
}

TEST_CASE("F23 no more is asked for than Prism gives", "[F23]") {
    std::vector<FaultCase> cases;
    for (const bool is_empty : {false, true}) {
        for (const char* size : {"0", "100"}) {
            cases.push_back(
                {"over 100 " + std::string(is_empty ? "empty" : "refused") + ", page_size " + size,
                 [=](Scene& s) {
                     s.options["page_size"] = size;
                     s.prism.over_limit =
                         is_empty ? sim::OverLimit::empty : sim::OverLimit::refused;
                 },
                 complete(),
                 [](Scene& s, const Outcome&) {
                     CHECK(s.list_requests() == 2);
                     CHECK_FALSE(s.stats().by_status.contains(400));
                 },
                 {},
                 false,
                 {Generation::v4}});
        }
    }
    play("F23", cases);
}

}  // namespace pf::test
