// F12 to F15: answers whose end, size or coding is not what they say.
#include <catch2/catch.hpp>

#include "tests/faults/fault_case.hpp"

namespace pf::test {
namespace {

constexpr std::uint64_t mebibyte = 1 << 20;

auto with(const std::string& name, const std::string& keys = "") {
    return [name, keys](Scene& scene) { scene.fault(name, keys); };
}

FaultCase refused(const std::string& title, const std::string& name, const std::string& keys,
                  const std::string& word) {
    return {title, with(name, keys), stops_at_page("ERROR_PRISM_ANSWER", {word})};
}

// The host stops reading at its limit: what was sent beyond is what the sockets hold.
auto sent_at_most(std::uint64_t bytes) {
    return [bytes](Scene& scene, const Outcome&) {
        const auto stats = scene.stats();
        CHECK(stats.faults == 1);
        CHECK(stats.sent_bytes < bytes + 16 * mebibyte);
    };
}

}  // namespace

TEST_CASE("F12 what is cut short is asked for again, never taken as it is", "[F12]") {
    play("F12", {{"half a body, closed, once", with("drop", "first=1"), complete()},
                 {"half a body, reset, once", with("reset", "first=1"), complete()},
                 {"chunks without an end, once", with("early-end", "first=1"), complete()},
                 {"half a body, closed, always", with("drop"),
                  stops_at_page("ERROR_PRISM_ANSWER", {"cut short", "5 times"})},
                 {"chunks without an end, always", with("early-end"),
                  stops_at_page("ERROR_PRISM_ANSWER", {"cut short", "5 times"})},
                 {"half a body with its right length", with("truncated"),
                  stops_at_page("ERROR_PRISM_ANSWER", {"JSON"})}});
}

TEST_CASE("F13 contradictions about an answer's length are an error", "[F13]") {
    play(
        "F13",
        {{"Content-Length too large, once", with("length", "first=1:add=7"), complete()},
         // The page is no JSON, or its rest is no answer to what comes next on the connection.
         {"Content-Length too small",
          with("length", "add=-7"),
          {false, "ERROR_PRISM_ANSWER", {}, {}}},
         refused("Content-Length no number", "bad-length", "", "Content-Length"),
         refused("two Content-Lengths", "two-lengths", "", "Content-Length"),
         refused("Content-Length and chunks", "length-and-chunked", "", "Transfer-Encoding"),
         refused("a chunk size that is no number", "bad-chunk-size", "", "chunk"),
         {"no HTTP at all",
          with("not-http"),
          {false, "ERROR_PRISM_ANSWER", {"HTTP"}, [](const Situation& at) { return at.before(); }}},
         {"proper chunks", with("chunked"), complete()},
         {"proper end by closing", with("no-length"), complete()},
         {"closed after each answer, silently", with("close-idle"), complete()},
         {"closed after each answer, announced",
          [](Scene& s) { s.fault_anywhere("announce-close"); },
          complete(),
          {},
          {},
          false}});
}

TEST_CASE("F14 answers without measure are refused at the limits", "[F14]") {
    const auto small = [](const std::string& name, const std::string& keys = "") {
        return [name, keys](Scene& s) {
            s.limits.body_bytes = mebibyte;
            s.fault(name, keys);
        };
    };
    play("F14",
         {{"1 GiB announced", with("huge"), stops_at_page("ERROR_PRISM_TOO_LARGE", {"67108864"}),
           sent_at_most(0)},
          {"1 GiB in chunks", small("endless-chunks"),
           stops_at_page("ERROR_PRISM_TOO_LARGE", {"1048576"}), sent_at_most(mebibyte)},
          {"headers without end", with("endless-headers"),
           stops_at_page("ERROR_PRISM_TOO_LARGE", {"header", "64 KiB"}), sent_at_most(mebibyte)},
          {"headers of 128 KiB", with("big-headers"),
           stops_at_page("ERROR_PRISM_TOO_LARGE", {"header", "64 KiB"}), sent_at_most(mebibyte)},
          {"headers of 48 KiB", with("big-headers", "bytes=49152"), complete()}});
}

TEST_CASE("F15 a coding nobody asked for is refused, never inflated", "[F15]") {
    play("F15", {refused("gzip", "gzip", "", "gzip"),
                 {"a gzip bomb of 1 GiB", with("gzip-bomb"),
                  stops_at_page("ERROR_PRISM_ANSWER", {"gzip"}), sent_at_most(2 * mebibyte)}});
}

}  // namespace pf::test
