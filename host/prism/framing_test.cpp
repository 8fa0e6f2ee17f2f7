#include "host/prism/framing.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstring>
#include <random>
#include <sstream>

#include "host/prism/failure.hpp"

using namespace pf::host::prism;

namespace {

// Gives at most `piece` bytes at a time.
class Text : public ByteSource {
  public:
    explicit Text(std::string text, std::size_t piece = 3)
        : text_(std::move(text)), piece_(piece) {}
    std::size_t read_some(char* data, std::size_t size) override {
        const std::size_t count = std::min({size, piece_, text_.size() - at_});
        std::memcpy(data, text_.data() + at_, count);
        at_ += count;
        return count;
    }
    int get() override {
        return at_ < text_.size() ? static_cast<unsigned char>(text_[at_++]) : -1;
    }
    std::string rest() const { return text_.substr(at_); }

  private:
    std::string text_;
    std::size_t piece_;
    std::size_t at_ = 0;
};

Trouble trouble_of(const std::string& bytes, const Framing& framing, std::uint64_t limit = 1000) {
    Text source(bytes);
    Body body;
    try {
        read_body(source, framing, limit, body);
    } catch (const Failed& failed) {
        return failed.trouble();
    }
    return Trouble::none;
}

const Framing chunked{Framing::Kind::chunked, 0};
const Framing until_close{Framing::Kind::until_close, 0};
Framing length(std::uint64_t size) { return {Framing::Kind::length, size}; }

}  // namespace

TEST_CASE("headers decide where a body ends, contradictions are refused") {
    CHECK(framing_of(200, {"12"}, {}).length == 12);
    CHECK(framing_of(200, {"12", "12"}, {}).length == 12);
    CHECK(framing_of(200, {}, {"Chunked"}).kind == Framing::Kind::chunked);
    CHECK(framing_of(200, {}, {}).kind == Framing::Kind::until_close);
    CHECK(framing_of(204, {}, {}).kind == Framing::Kind::none);
    CHECK_THROWS_AS(framing_of(200, {"12", "13"}, {}), Failed);
    CHECK_THROWS_AS(framing_of(200, {"12"}, {"chunked"}), Failed);
    CHECK_THROWS_AS(framing_of(200, {"-1"}, {}), Failed);
    CHECK_THROWS_AS(framing_of(200, {"1x"}, {}), Failed);
    CHECK_THROWS_AS(framing_of(200, {""}, {}), Failed);
    CHECK_THROWS_AS(framing_of(200, {"99999999999999999999999"}, {}), Failed);
    CHECK_THROWS_AS(framing_of(200, {}, {"gzip, chunked"}), Failed);
}

TEST_CASE("a body of known length is read exactly") {
    Text source("{\"a\":1}NEXT");
    Body body;
    read_body(source, length(7), 100, body);
    CHECK(body.text() == "{\"a\":1}");
    CHECK(source.rest() == "NEXT");
    for (std::size_t i = 0; i < Body::padding; ++i) {
        CHECK(body.data()[body.size() + i] == 0);
    }
    CHECK(trouble_of("1234", length(5)) == Trouble::cut_short);
    CHECK(trouble_of("", length(1001)) == Trouble::too_large);
}

TEST_CASE("a chunked body is read to its end and not beyond") {
    Text source("3\r\nabc\r\nA;x=y\r\n0123456789\r\n0\r\nTrailer: 1\r\n\r\nNEXT");
    Body body;
    read_body(source, chunked, 100, body);
    CHECK(body.text() == "abc0123456789");
    CHECK(source.rest() == "NEXT");
}

TEST_CASE("a broken chunked body is told apart from a whole one") {
    CHECK(trouble_of("3\r\nabc\r\n", chunked) == Trouble::cut_short);
    CHECK(trouble_of("3\r\nab", chunked) == Trouble::cut_short);
    CHECK(trouble_of("3\r\nabc\r\n0\r\n", chunked) == Trouble::cut_short);
    CHECK(trouble_of("zz\r\nabc\r\n0\r\n\r\n", chunked) == Trouble::malformed);
    CHECK(trouble_of("\r\n", chunked) == Trouble::malformed);
    CHECK(trouble_of("3\r\nabcdef\r\n0\r\n\r\n", chunked) == Trouble::malformed);
    CHECK(trouble_of("FFFFFFFFFFFFFFFF\r\n", chunked) == Trouble::too_large);
    CHECK(trouble_of("FFFFFFFFFFFFFFFFF\r\n", chunked) == Trouble::malformed);
    CHECK(trouble_of("1;" + std::string(5000, 'x'), chunked) == Trouble::malformed);
}

TEST_CASE("a body without a length ends with the connection and within the limit") {
    Text source(std::string(200'000, 'x'), 4096);
    Body body;
    read_body(source, until_close, 1 << 20, body);
    CHECK(body.size() == 200'000);
    CHECK(trouble_of(std::string(1001, 'x'), until_close) == Trouble::too_large);
    CHECK(trouble_of("", until_close) == Trouble::none);
}

TEST_CASE("any split into chunks gives the same body") {
    std::mt19937 engine(11);
    for (int round = 0; round < 300; ++round) {
        std::uniform_int_distribution<std::size_t> size(1, 40);
        std::string expected;
        std::ostringstream wire;
        for (int i = 0; i < round % 12; ++i) {
            const std::string part(size(engine), static_cast<char>('a' + i));
            expected += part;
            wire << std::hex << part.size() << "\r\n" << part << "\r\n";
        }
        wire << "0\r\n\r\n";
        Text source(wire.str(), size(engine));
        Body body;
        read_body(source, chunked, 1000, body);
        CHECK(body.text() == expected);
        CHECK(source.rest().empty());
    }
}

TEST_CASE("a body keeps its memory and its content when it grows") {
    Body body;
    body.reserve(10);
    body.resize(3);
    std::memcpy(body.data(), "abc", 3);
    body.resize(100);
    CHECK(body.text().substr(0, 3) == "abc");
    const char* before = body.data();
    body.resize(0);
    body.resize(90);
    CHECK(body.data() == before);
}
