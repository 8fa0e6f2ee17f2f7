// F29: the HTTP proxy on the way. Its setting is obeyed or the run fails; there is no way around
// it.
#include <catch2/catch.hpp>

#include "tests/fault_proxy/connect_proxy.hpp"
#include "tests/fault_proxy/dead_ports.hpp"
#include "tests/faults/fault_case.hpp"

namespace pf::test {
namespace {

void set_proxy(Scene& scene, std::uint16_t port, const std::string& user = "") {
    scene.secret["proxy"] = "\"http://" + user + "127.0.0.1:" + std::to_string(port) + "\"";
}

// Every connection goes through a proxy of this policy.
FaultCase through(const std::string& title, const ConnectPolicy& policy, const std::string& user,
                  Expected expected) {
    return {title,
            [](Scene&) {},
            std::move(expected),
            [](Scene& scene, const Outcome& outcome) {
                CHECK((outcome.is_complete() || scene.stats().connections == 0));
            },
            [policy, user](Scene& scene) {
                set_proxy(scene, scene.keep<ConnectProxy>(policy).port(), user);
            },
            false};
}

}  // namespace

TEST_CASE("F29 a proxy is used as it is set, or the run says what is wrong with it", "[F29]") {
    play("F29",
         {through("a proxy for everybody", {}, "", complete()),
          through("a proxy that wants a user", {.credential = "svc:pr0xy-pass"}, "svc:pr0xy-pass@",
                  complete()),
          through("407, no user given", {.credential = "svc:pr0xy-pass"}, "",
                  fails("ERROR_PROXY", {"407", "user and a password"})),
          through("407, a wrong password", {.credential = "svc:pr0xy-pass"}, "svc:wr0ng-pass@",
                  fails("ERROR_PROXY", {"407", "correct them"})),
          through("403: the proxy does not let it through", {.refuses_with = 403}, "",
                  fails("ERROR_PROXY", {"403"})),
          through("502: the proxy cannot reach it", {.refuses_with = 502}, "",
                  fails("ERROR_PROXY", {"502"})),
          {"the proxy is down", [](Scene&) {}, fails("ERROR_PROXY", {"refused", "the proxy"}),
           [](Scene& scene, const Outcome&) { CHECK(scene.stats().connections == 0); },
           [](Scene& scene) { set_proxy(scene, scene.keep<ClosedPort>().port()); }, false}});
}

}  // namespace pf::test
