// What the wire really carries when a delivery fault strikes, byte by byte.

#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/prism_sim/net/test_client.hpp"

using namespace pf::sim;

namespace {

RawAnswer answer_with(const std::string& fault, std::size_t most = SIZE_MAX) {
    Simulator sim({.vms = 20, .keep_alive = std::chrono::seconds(1), .faults = {fault}});
    return {sim, std::string(kVmPages) + "0", most};
}

std::size_t announced(const RawAnswer& answer) {
    constexpr std::string_view name = "Content-Length: ";
    const std::size_t at = answer.head.find(name);
    return at == std::string::npos ? 0 : std::stoul(answer.head.substr(at + name.size()));
}

}  // namespace

TEST_CASE("lengths that lie") {
    const RawAnswer more = answer_with("length:add=7");
    CHECK(announced(more) == more.body.size() + 7);
    CHECK(more.has_ended);
    const RawAnswer less = answer_with("length:add=-7");
    CHECK(announced(less) + 7 == less.body.size());
    CHECK(answer_with("bad-length").has("Content-Length: 0x"));
    const RawAnswer two = answer_with("two-lengths");
    const std::size_t first = two.head.find("Content-Length");
    CHECK(two.head.find("Content-Length", first + 1) != std::string::npos);
    const RawAnswer none = answer_with("no-length");
    CHECK_FALSE(none.has("Content-Length"));
    CHECK(none.has_ended);
    CHECK(none.body.ends_with("}"));
}

TEST_CASE("chunks, proper and not") {
    const RawAnswer proper = answer_with("chunked");
    CHECK(proper.has("Transfer-Encoding: chunked"));
    CHECK_FALSE(proper.has("Content-Length"));
    CHECK(proper.body.starts_with("4000\r\n{"));
    CHECK(proper.body.ends_with("}\r\n0\r\n\r\n"));
    const RawAnswer both = answer_with("length-and-chunked");
    CHECK(both.has("Transfer-Encoding: chunked"));
    CHECK(both.has("Content-Length"));
    CHECK(answer_with("bad-chunk-size").body.find("\r\nmany\r\n") != std::string::npos);
    const RawAnswer early = answer_with("early-end");
    CHECK(early.has_ended);
    CHECK(early.body.ends_with("}\r\n"));
    CHECK(answer_with("endless-chunks:bytes=100000").body.size() >
          answer_with("chunked").body.size() + 100'000);
}

TEST_CASE("half an answer, then an end, a reset, or nothing") {
    const RawAnswer closed = answer_with("drop");
    CHECK(closed.has_ended);
    CHECK(closed.body.size() == announced(closed) / 2);
    const RawAnswer reset = answer_with("reset");
    CHECK_FALSE(reset.is_silent);
    CHECK(reset.body.size() <= announced(reset) / 2);
    const RawAnswer silent = answer_with("stall");
    CHECK(silent.is_silent);
    CHECK(silent.body.size() == announced(silent) / 2);
}

TEST_CASE("headers without measure") {
    const RawAnswer big = answer_with("big-headers:bytes=70000");
    CHECK(big.head.size() > 70'000);
    CHECK(big.body.size() == announced(big));
    const RawAnswer endless = answer_with("endless-headers:bytes=300000");
    CHECK(endless.body.empty());
    CHECK(endless.text.size() > 300'000);
    CHECK(endless.has_ended);
    CHECK(answer_with("not-http").text.starts_with("220 "));
}

TEST_CASE("gzip nobody asked for, and a bomb") {
    const RawAnswer plain = answer_with("gzip");
    CHECK(plain.has("Content-Encoding: gzip"));
    CHECK(plain.body.starts_with("\x1f\x8b"));
    CHECK(plain.body.size() == announced(plain));
    const RawAnswer bomb = answer_with("gzip-bomb:bytes=67108864");
    CHECK(bomb.body.starts_with("\x1f\x8b"));
    CHECK(bomb.body.size() < 200'000);
    CHECK(std::count(bomb.body.begin(), bomb.body.end(), '\x1f') >= 65);
}

TEST_CASE("what was sent is counted") {
    Simulator sim({.vms = 20, .faults = {"huge:bytes=1000000"}});
    const RawAnswer answer(sim, std::string(kVmPages) + "0", 5000);
    CHECK(answer.text.size() >= 5000);
    sim.stop();
    CHECK(sim.stats().sent_bytes >= answer.text.size());
}
