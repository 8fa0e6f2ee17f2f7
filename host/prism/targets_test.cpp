#include <catch2/catch.hpp>

#include "host/prism/target.hpp"

using namespace pf::host;
using namespace pf::host::prism;

namespace {

TargetSpec base() {
    TargetSpec spec;
    spec.host = "pc1.example";
    spec.credential.username = "reader";
    spec.credential.password = Secret("one");
    return spec;
}

}  // namespace

TEST_CASE("the same place and credential share all but their limits") {
    Targets targets;
    const auto first = targets.acquire(base());
    CHECK(first->name() == "pc1.example:9440");
    TargetSpec other_limits = base();
    other_limits.limits.tries = 1;
    const auto second = targets.acquire(other_limits);
    CHECK(&second->cache() == &first->cache());
    CHECK(second->spec().limits.tries == 1);
    CHECK(first->spec().limits.tries == 5);
}

TEST_CASE("nothing is shared between different places, settings or credentials") {
    Targets targets;
    const auto first = targets.acquire(base());
    TargetSpec spec = base();
    SECTION("host") { spec.host = "pc2.example"; }
    SECTION("port") { spec.port = 443; }
    SECTION("user") { spec.credential.username = "other"; }
    SECTION("password") { spec.credential.password = Secret("two"); }
    SECTION("key") { spec.credential.api_key = Secret("one"); }
    SECTION("verification") { spec.tls.verify = false; }
    SECTION("pin") { spec.tls.pin_sha256 = "aa"; }
    SECTION("CA") { spec.tls.ca_pem = "x"; }
    SECTION("fields do not run together") {
        spec.credential.username = "readero";
        spec.credential.password = Secret("ne");
    }
    CHECK(&targets.acquire(spec)->cache() != &first->cache());
}

TEST_CASE("a target does not show its secrets and names an IPv6 address in brackets") {
    TargetSpec spec = base();
    spec.host = "[2001:db8::1]";
    const Target target(spec, 1);
    CHECK(target.name() == "[2001:db8::1]:9440");
    CHECK(target.spec().host == "2001:db8::1");
    CHECK(target.spec().credential.password.empty());
    CHECK(target.spec().credential.username == "reader");
}
