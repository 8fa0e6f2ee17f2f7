// F01 to F03: waiting as Prism orders, and trying again when that makes sense.
#include <catch2/catch.hpp>

#include "tests/faults/fault_case.hpp"

namespace pf::test {
namespace {

// Nobody came back before the time that was ordered.
void waited(Scene& scene, const Outcome&) {
    CHECK(scene.stats().early_retries == 0);
    CHECK(scene.stats().faults == 1);
}

auto with(const std::string& name, const std::string& keys) {
    return [name, keys](Scene& scene) { scene.fault(name, keys); };
}

// So many answers were the fault's: the request was tried so often.
auto struck(std::uint64_t times) {
    return [times](Scene& scene, const Outcome&) { CHECK(scene.stats().faults == times); };
}

}  // namespace

TEST_CASE("F01 an ordered wait is kept, then the list goes on", "[F01]") {
    play("F01",
         {{"429, Retry-After 1 s", with("status-429", "first=1:retry-after=1"), complete(), waited},
          {"429, Retry-After a date in 2 s", with("status-429", "first=1:retry-after={date+2}"),
           complete(), waited},
          {"503, Retry-After 1 s", with("status-503", "first=1:retry-after=1"), complete(), waited},
          {"RATE_LIMIT_EXCEEDED in a 400, Retry-After 1 s",
           with("rate-limit-in-400", "first=1:retry-after=1"), complete(), waited}});
}

TEST_CASE("F02 an order that cannot be meant falls back to the backoff", "[F02]") {
    std::vector<FaultCase> cases;
    for (const char* text : {"-5", "soon", "0", "Wed, 21 Oct 2015 07:28:00 GMT",
                             "Wed, 99 Oct 2099 99:28:00 GMT", "1e9", "NaN"}) {
        cases.push_back({"429, Retry-After " + std::string(text),
                         with("status-429", "first=2:retry-after=" + std::string(text)), complete(),
                         struck(2)});
    }
    cases.push_back(
        {"429 without Retry-After", with("status-429", "first=2"), complete(), struck(2)});
    play("F02", cases);
}

TEST_CASE("F03 bursts of 5xx are outlived; an end of patience is told", "[F03]") {
    std::vector<FaultCase> cases;
    for (const char* status : {"500", "502", "503", "504"}) {
        cases.push_back({std::string(status) + ", 4 times",
                         with(std::string("status-") + status, "first=4"), complete(), struck(4)});
    }
    cases.push_back({"503 always", with("status-503", ""),
                     stops_at_page("ERROR_PRISM_UNAVAILABLE", {"503", "5 times"}), struck(5)});
    cases.push_back({"429 always", with("status-429", ""),
                     stops_at_page("ERROR_PRISM_RATE_LIMIT", {"429", "5 times"}),
                     // Being told to wait while other pages are served is no failed attempt.
                     [](Scene& scene, const Outcome&) { CHECK(scene.stats().faults >= 5); }});
    cases.push_back({"400", with("status-400", ""), stops_at_page("ERROR_PRISM_REQUEST", {"400"}),
                     // The first page is asked for once more, without an order.
                     [](Scene& scene, const Outcome&) {
                         CHECK(scene.stats().faults == (scene.at.page() == 0 ? 2 : 1));
                     }});
    cases.push_back({"403", with("status-403", ""),
                     stops_at_page("ERROR_PRISM_PERMISSION", {"Prism Viewer"}), struck(1)});
    play("F03", cases);
    // On the first page a v4 list that is not there leads to v3; behind it a list was cut.
    for (const Situation& at : all_situations({Generation::v4, Generation::v3}, true)) {
        const Expected expected = at.page() > 0 ? stops_at_page("ERROR_PRISM_ANSWER", {"404"})
                                  : at.generation == Generation::v4
                                      ? complete()
                                      : stops_at_page("ERROR_PRISM_NOT_FOUND", {"404"});
        play_one("F03", {"404", with("status-404", ""), expected}, at);
    }
}

}  // namespace pf::test
