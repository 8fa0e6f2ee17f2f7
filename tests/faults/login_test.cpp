// F04 to F06: sessions that expire, credentials that are refused, kinds that may not be read.
#include <catch2/catch.hpp>

#include "tests/faults/fault_case.hpp"

namespace pf::test {

TEST_CASE("F04 an expired session: one more login, and the same page again", "[F04]") {
    play("F04",
         {{"401, the session expired", [](Scene& s) { s.fault("expire-sessions", "first=1"); },
           complete(),
           [](Scene& scene, const Outcome& outcome) {
               const auto stats = scene.stats();
               CHECK(stats.logins == 2);
               CHECK(stats.stale_cookies >= 1);
               // Each page once, and once more for each request that met the old session.
               CHECK(scene.list_requests() <= Situation::last_page + 1 + stats.stale_cookies);
               CHECK(outcome.report.total().repeated == 0);
           }},
          {"sessions good for 3 requests",
           [](Scene& s) { s.prism.session_requests = 3; },
           complete(),
           {},
           {},
           false},
          // The directory behind Prism did not answer in time.
          {"401, once, for a good session", [](Scene& s) { s.fault("unauthorized", "first=1"); },
           complete(),
           [](Scene& scene, const Outcome&) { CHECK(scene.stats().credentials <= 3); }}});
}

TEST_CASE("F05 a refused credential: at most two attempts, and the reason", "[F05]") {
    const auto asked_twice_at_most = [](Scene& scene, const Outcome&) {
        CHECK(scene.stats().credentials <= 2);
        CHECK(scene.stats().requests <= 3);
    };
    // A refusal is not remembered, so what is asked side by side may come a second time.
    const auto nothing_is_asked_thrice = [](Scene& scene, const Outcome&) {
        for (const auto& [path, count] : scene.stats().by_path) {
            INFO(path);
            CHECK(count <= 2);
        }
    };
    play("F05", {{"401 always",
                  [](Scene& s) { s.fault_anywhere("unauthorized"); },
                  fails("ERROR_INVALID_CREDENTIALS", {"user admin", "correct the credential"}),
                  asked_twice_at_most,
                  {},
                  false},
                 {"a wrong password",
                  [](Scene& s) { s.secret["password"] = "\"never-right\""; },
                  fails("ERROR_INVALID_CREDENTIALS", {"not tried again"}),
                  asked_twice_at_most,
                  {},
                  false},
                 {"401 for this page, always",
                  [](Scene& s) { s.fault("unauthorized"); },
                  // Pages before it may be on their way when the credential is given up.
                  {false, "ERROR_INVALID_CREDENTIALS", {}, {}},
                  [](Scene& scene, const Outcome& outcome) {
                      CHECK(outcome.ids.size() <= scene.at.before());
                      CHECK(scene.stats().faults <= 4);
                  }},
                 {"403 always",
                  [](Scene& s) { s.fault_anywhere("forbidden"); },
                  // Who may read nothing is not even told which Prism Central it is.
                  fails("ERROR_PRISM_IDENTITY", {"Prism Viewer", "account_id"}),
                  nothing_is_asked_thrice,
                  {},
                  false}});
}

TEST_CASE("F06 a kind that may not be read is missing; the others go on", "[F06]") {
    play("F06", {{"403 on the VM list", [](Scene& s) { s.fault("forbidden"); },
                  stops_at_page("ERROR_PRISM_PERMISSION", {"Prism Viewer", "exclude_kinds"}),
                  [](Scene& scene, const Outcome&) { CHECK(scene.stats().faults == 1); }},
                 {"403 with a JSON body",
                  [](Scene& s) {
                      s.prism.json_auth_errors = true;
                      s.fault("forbidden");
                  },
                  stops_at_page("ERROR_PRISM_PERMISSION", {"No permission"})},
                 {"403 on the hosts, which VMs refer to",
                  [](Scene& s) { s.fault_anywhere("forbidden:path=/hosts"); },
                  lacks(0, "ERROR_PRISM_PERMISSION", {"hosts"}),
                  {},
                  {},
                  false,
                  {Generation::v4}},
                 {"403 on the hosts: v3 names them with the VM",
                  [](Scene& s) { s.fault_anywhere("forbidden:path=/hosts"); },
                  complete(),
                  {},
                  {},
                  false,
                  {Generation::v3}}});
}

}  // namespace pf::test
