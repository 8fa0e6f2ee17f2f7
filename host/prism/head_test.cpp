#include "host/prism/head.hpp"

#include <catch2/catch.hpp>
#include <random>

#include "host/prism/failure.hpp"

using namespace pf::host;
using namespace pf::host::prism;

namespace {

class Text final : public ByteSource {
  public:
    explicit Text(std::string text) : text_(std::move(text)) {}
    std::size_t read_some(char* /*data*/, std::size_t /*size*/) override { return 0; }
    int get() override {
        return at_ < text_.size() ? static_cast<unsigned char>(text_[at_++]) : -1;
    }
    std::string rest() const { return text_.substr(at_); }

  private:
    std::string text_;
    std::size_t at_ = 0;
};

Head head_of(const std::string& text) {
    Text source(text);
    return read_head(source, 1000);
}

Trouble trouble_with(const std::string& text) {
    try {
        head_of(text);
    } catch (const Failed& failed) {
        return failed.trouble();
    }
    return Trouble::none;
}

}  // namespace

TEST_CASE("a head is read to its empty line, and no further") {
    Text source(
        "HTTP/1.1 200 OK\r\nContent-Type:  application/json \r\nSET-Cookie: a=1\r\n"
        "set-cookie: b=2\r\nX-Empty:\r\n\r\n{}");
    const Head head = read_head(source, 1000);
    CHECK(head.http == 200);
    CHECK_FALSE(head.is_old);
    CHECK(head.value("content-type") == "application/json");
    CHECK(head.value("x-empty").empty());
    CHECK(head.value("missing").empty());
    CHECK(head.values("set-cookie") == std::vector<std::string>{"a=1", "b=2"});
    CHECK(source.rest() == "{}");
}

TEST_CASE("what servers really send is read as well") {
    CHECK(head_of("HTTP/1.1 200\r\n\r\n").http == 200);
    CHECK(head_of("HTTP/1.1 404 \n\n").http == 404);
    CHECK(head_of("HTTP/1.0 200 OK\r\n\r\n").is_old);
    CHECK(head_of("HTTP/1.1 200 OK\r\nA: b\r\n c\r\n\r\n").value("a") == "b c");
    CHECK(head_of("HTTP/1.1 100 Continue\r\nA: b\r\n\r\nHTTP/1.1 204 No\r\n\r\n").http == 204);
}

TEST_CASE("whether the connection stays open") {
    CHECK(head_of("HTTP/1.1 200 OK\r\n\r\n").keeps_alive());
    CHECK_FALSE(head_of("HTTP/1.1 200 OK\r\nConnection: Close\r\n\r\n").keeps_alive());
    CHECK_FALSE(head_of("HTTP/1.0 200 OK\r\n\r\n").keeps_alive());
    CHECK(head_of("HTTP/1.0 200 OK\r\nConnection: Keep-Alive\r\n\r\n").keeps_alive());
    CHECK_FALSE(head_of("HTTP/1.1 200 OK\r\nConnection: keep-alive, close\r\n\r\n").keeps_alive());
}

TEST_CASE("what is not proper HTTP is refused") {
    for (const char* text :
         {"\r\n\r\n", "SSH-2.0-OpenSSH_9.2\r\n\r\n", "HTTP/2 200\r\n\r\n", "HTTP/1.1 20\r\n\r\n",
          "HTTP/1.1 2000 OK\r\n\r\n", "HTTP/1.1 099 OK\r\n\r\n", "http/1.1 200 OK\r\n\r\n",
          "HTTP/1.1 200 OK\r\nno colon\r\n\r\n", "HTTP/1.1 200 OK\r\nA B: c\r\n\r\n",
          "HTTP/1.1 200 OK\r\n: c\r\n\r\n", "HTTP/1.1 200 OK\r\n folded\r\n\r\n",
          "HTTP/1.1 200 OK\r\nA: b\rc\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length : 5\r\n\r\n",
          "HTTP/1.1 101 Switching Protocols\r\n\r\n"}) {
        INFO(text);
        CHECK(trouble_with(text) == Trouble::malformed);
    }
    std::string endless;
    for (int i = 0; i < 20; ++i) {
        endless += "HTTP/1.1 100 Continue\r\n\r\n";
    }
    CHECK(trouble_with(endless) == Trouble::malformed);
}

TEST_CASE("a head cut anywhere is cut short, never taken for a whole one") {
    const std::string whole = "HTTP/1.1 200 OK\r\nContent-Length: 1234\r\nA: b\r\n\r\n";
    for (std::size_t length = 0; length < whole.size(); ++length) {
        INFO(length);
        CHECK(trouble_with(whole.substr(0, length)) == Trouble::cut_short);
    }
}

TEST_CASE("a head beyond the limit is refused, however it is spread") {
    const std::string begin = "HTTP/1.1 200 OK\r\n";
    CHECK(trouble_with(begin + "A: " + std::string(2000, 'x')) == Trouble::too_large);
    CHECK(trouble_with("HTTP/1.1 200 " + std::string(2000, 'x')) == Trouble::too_large);
    std::string lines;
    for (int i = 0; i < 500; ++i) {
        lines += "A: b\r\n";
    }
    CHECK(trouble_with(begin + lines) == Trouble::too_large);
    CHECK(trouble_with(begin + std::string(2000, '\n')) == Trouble::none);
}

TEST_CASE("any bytes give a head or one of three troubles") {
    std::mt19937 engine(11);
    for (int i = 0; i < 20000; ++i) {
        std::string text = "HTTP/1.1 200 OK\r\nContent-Length: 12\r\nA: b\r\n\r\n";
        for (int change = 0; change < 3; ++change) {
            text[engine() % text.size()] = static_cast<char>(engine());
        }
        const Trouble trouble = trouble_with(text);
        CHECK((trouble == Trouble::none || trouble == Trouble::malformed ||
               trouble == Trouble::cut_short));
    }
}
