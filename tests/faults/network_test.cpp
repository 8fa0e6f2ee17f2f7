// F07 to F11: a network that refuses, swallows, stalls and forgets.
#include <catch2/catch.hpp>

#include "tests/fault_proxy/dead_ports.hpp"
#include "tests/fault_proxy/fault_proxy.hpp"
#include "tests/faults/fault_case.hpp"

namespace pf::test {
namespace {

using std::chrono::milliseconds;

void connect_to_port(Scene& scene, std::uint16_t port) {
    scene.secret["port"] = std::to_string(port);
}

// Bytes from the server in a whole collection, TLS included, for choosing a place in it.
std::uint64_t bytes_of_a_collection(Scene& scene) {
    FaultProxy plain(scene.server().port());
    const std::string port = std::exchange(scene.secret["port"], std::to_string(plain.port()));
    const Outcome outcome = scene.collect();
    CHECK(outcome.is_complete());
    scene.secret["port"] = port;
    return plain.relayed();
}

// Mischief early, in the middle or late in a collection.
auto behind_proxy(Mischief mischief) {
    return [mischief](Scene& scene) {
        const std::uint64_t whole = bytes_of_a_collection(scene);
        const std::uint64_t share = scene.at.page() * whole / (Situation::last_page + 1);
        Mischief placed = mischief;
        placed.after = share + 997 * scene.at.seed;
        connect_to_port(scene, scene.keep<FaultProxy>(scene.server().port(), placed).port());
    };
}

void tried_five_times(Scene& scene, const Outcome&) { CHECK(scene.stats().faults == 5); }

// Five attempts with such deadlines take a second, and a busy machine still serves in time.
void impatient(Scene& scene) {
    scene.limits.first_byte = milliseconds(400);
    scene.limits.idle = milliseconds(400);
}

}  // namespace

TEST_CASE("F07 a port that refuses and a name that is none fail at once", "[F07]") {
    play("F07", {{"connection refused",
                  [](Scene&) {},
                  fails("ERROR_PRISM_UNREACHABLE", {"refused"}),
                  {},
                  [](Scene& s) { connect_to_port(s, s.keep<ClosedPort>().port()); },
                  false},
                 {"no such host",
                  [](Scene& s) { s.secret["host"] = "\"no-such-host.invalid\""; },
                  fails("ERROR_PRISM_UNREACHABLE", {"no-such-host.invalid"}),
                  {},
                  {},
                  false}});
}

TEST_CASE("F08 a black hole costs the connect deadline", "[F08]") {
    play("F08", {{"SYN unanswered",
                  [](Scene& s) { s.limits.connect = milliseconds(200); },
                  fails("ERROR_PRISM_UNREACHABLE", {"connect"}),
                  {},
                  [](Scene& s) { connect_to_port(s, s.keep<BlackHole>().port()); },
                  false}});
}

TEST_CASE("F09 no first byte of an answer", "[F09]") {
    play("F09", {{"silent, once",
                  [](Scene& s) {
                      impatient(s);
                      s.fault("silent", "first=1");
                  },
                  complete()},
                 {"silent, always",
                  [](Scene& s) {
                      impatient(s);
                      s.fault("silent");
                  },
                  stops_at_page("ERROR_PRISM_UNREACHABLE", {"400 ms"}), tried_five_times}});
}

TEST_CASE("F10 a drip of single bytes ends at the total deadline", "[F10]") {
    const auto dripping = [](const char* keys) {
        return [keys](Scene& s) {
            s.limits.total = milliseconds(700);
            s.limits.tries = 3;
            s.fault("slow", keys);
        };
    };
    play("F10",
         {{"1 byte each 20 ms, once", dripping("first=1:bytes=1:pause-ms=20"), complete()},
          {"1 byte each 20 ms, always", dripping("bytes=1:pause-ms=20"),
           stops_at_page("ERROR_PRISM_UNREACHABLE", {"700 ms"}),
           [](Scene& scene, const Outcome&) { CHECK(scene.stats().faults == 3); }},
          {"a network that drips, one connection",
           [](Scene& s) { s.limits.total = milliseconds(1500); },
           complete(),
           {},
           behind_proxy({.kind = Mischief::Kind::drip, .first = 1, .pause = milliseconds(20)})}});
}

TEST_CASE("F11 a peer that vanishes in the middle of an answer", "[F11]") {
    play("F11", {{"half-open, once",
                  [](Scene& s) {
                      impatient(s);
                      s.fault("stall", "first=1");
                  },
                  complete()},
                 {"half-open, always",
                  [](Scene& s) {
                      impatient(s);
                      s.fault("stall");
                  },
                  stops_at_page("ERROR_PRISM_UNREACHABLE", {"400 ms"}), tried_five_times},
                 {"a network that forgets, one connection",
                  impatient,
                  complete(),
                  {},
                  behind_proxy({.kind = Mischief::Kind::vanish, .first = 1})},
                 {"a network that resets, one connection",
                  [](Scene&) {},
                  complete(),
                  {},
                  behind_proxy({.kind = Mischief::Kind::reset, .first = 1})},
                 {"a network that cuts, one connection",
                  [](Scene&) {},
                  complete(),
                  {},
                  behind_proxy({.kind = Mischief::Kind::cut, .first = 1})}});
}

}  // namespace pf::test
