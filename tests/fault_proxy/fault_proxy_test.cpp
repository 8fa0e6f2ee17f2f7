// The relay and its friends against a server of a few lines.

#include "tests/fault_proxy/fault_proxy.hpp"

#include <poll.h>

#include <catch2/catch.hpp>

#include "tests/fault_proxy/connect_proxy.hpp"
#include "tests/fault_proxy/dead_ports.hpp"

using namespace pf::test;

namespace {

constexpr std::size_t answer_size = 4000;

// Answers each line with 4000 characters.
struct Server {
    Acceptor acceptor{[](Socket client, int stop) {
        while (wait_for(client, Socket(), stop) == Ready::first && !receive_some(client).empty()) {
            send_all(client, std::string(answer_size, 'x'));
        }
    }};
};

// What comes back for one line, until `size` bytes, the end, or `patience_ms` without a byte.
struct Answer {
    Answer(std::uint16_t port, std::size_t size, int patience_ms, const std::string& hello = "") {
        const Socket socket = connect_to("127.0.0.1", port);
        REQUIRE(socket.fd() >= 0);
        if (!hello.empty()) {
            send_all(socket, hello);
            greeting = receive_some(socket);
        }
        send_all(socket, "a line\n");
        while (text.size() < size) {
            pollfd wanted{socket.fd(), POLLIN, 0};
            if (::poll(&wanted, 1, patience_ms) != 1) {
                is_silent = true;
                return;
            }
            const std::string more = receive_some(socket);
            if (more.empty()) {
                has_ended = true;
                return;
            }
            text += more;
        }
    }
    std::string greeting;
    std::string text;
    bool is_silent = false;
    bool has_ended = false;
};

}  // namespace

TEST_CASE("without mischief everything passes") {
    Server server;
    FaultProxy proxy(server.acceptor.port());
    for (int i = 0; i < 3; ++i) {
        CHECK(Answer(proxy.port(), answer_size, 5000).text == std::string(answer_size, 'x'));
    }
    CHECK(proxy.connections() == 3);
    CHECK(proxy.relayed() == 3 * answer_size);
    CHECK(proxy.struck() == 0);
}

TEST_CASE("a mute one takes connections and says nothing") {
    Server server;
    FaultProxy proxy(server.acceptor.port(), {.kind = Mischief::Kind::mute, .first = 1});
    const Answer answer(proxy.port(), answer_size, 50);
    CHECK(answer.is_silent);
    CHECK(answer.text.empty());
    CHECK(Answer(proxy.port(), answer_size, 5000).text.size() == answer_size);
}

TEST_CASE("one that vanishes in the middle neither ends nor resets") {
    Server server;
    FaultProxy proxy(server.acceptor.port(),
                     {.kind = Mischief::Kind::vanish, .after = answer_size + 1, .first = 1});
    CHECK(Answer(proxy.port(), answer_size, 5000).text.size() == answer_size);
    const Answer answer(proxy.port(), answer_size, 50);
    CHECK(answer.is_silent);
    CHECK(answer.text.size() < answer_size);
    CHECK(Answer(proxy.port(), answer_size, 5000).text.size() == answer_size);
    CHECK(proxy.struck() == 1);
}

TEST_CASE("cut and reset end in the middle") {
    Server server;
    for (const Mischief::Kind kind : {Mischief::Kind::cut, Mischief::Kind::reset}) {
        FaultProxy proxy(server.acceptor.port(), {.kind = kind});
        const Answer answer(proxy.port(), answer_size, 5000);
        CHECK(answer.has_ended);
        CHECK(answer.text.size() < answer_size);
    }
}

TEST_CASE("drip brings everything in pieces") {
    Server server;
    FaultProxy proxy(
        server.acceptor.port(),
        {.kind = Mischief::Kind::drip, .bytes = 1000, .pause = std::chrono::milliseconds(1)});
    const Answer answer(proxy.port(), answer_size, 5000);
    CHECK(answer.text == std::string(answer_size, 'x'));
    CHECK(proxy.struck() == 1);
}

TEST_CASE("stopping wakes connections that wait for ever") {
    Server server;
    FaultProxy proxy(server.acceptor.port(), {.kind = Mischief::Kind::mute});
    const Socket socket = connect_to("127.0.0.1", proxy.port());
    REQUIRE(socket.fd() >= 0);
    proxy.stop();
    CHECK(connect_to("127.0.0.1", proxy.port()).fd() < 0);
}

TEST_CASE("a tunnel to the place that was asked for") {
    Server server;
    ConnectProxy proxy;
    const std::string place = "127.0.0.1:" + std::to_string(server.acceptor.port());
    const Answer answer(proxy.port(), answer_size, 5000, "CONNECT " + place + " HTTP/1.1\r\n\r\n");
    CHECK(answer.greeting.starts_with("HTTP/1.1 200 "));
    CHECK(answer.text.size() == answer_size);
    CHECK(proxy.asked_for() == std::vector<std::string>{place});
}

TEST_CASE("no tunnel without the credential, for another method, or by policy") {
    Server server;
    const std::string head =
        "CONNECT 127.0.0.1:" + std::to_string(server.acceptor.port()) + " HTTP/1.1\r\n";
    ConnectProxy asking({.credential = "proxy-user:pass"});
    CHECK(Answer(asking.port(), 1, 5000, head + "\r\n").greeting.starts_with("HTTP/1.1 407 "));
    CHECK(Answer(asking.port(), answer_size, 5000,
                 head + "Proxy-Authorization: Basic cHJveHktdXNlcjpwYXNz\r\n\r\n")
              .text.size() == answer_size);
    CHECK(Answer(asking.port(), 1, 5000, "GET http://x/ HTTP/1.1\r\n\r\n")
              .greeting.starts_with("HTTP/1.1 405 "));
    ConnectProxy refusing({.refuses_with = 403});
    CHECK(Answer(refusing.port(), 1, 5000, head + "\r\n").greeting.starts_with("HTTP/1.1 403 "));
    ClosedPort closed;
    ConnectProxy lonely;
    CHECK(Answer(lonely.port(), 1, 5000,
                 "CONNECT 127.0.0.1:" + std::to_string(closed.port()) + " HTTP/1.1\r\n\r\n")
              .greeting.starts_with("HTTP/1.1 502 "));
}

TEST_CASE("a closed port refuses; a black hole says nothing") {
    ClosedPort closed;
    CHECK(connect_to("127.0.0.1", closed.port()).fd() < 0);
    BlackHole hole;
    const ClosedPort other;
    CHECK(other.port() != hole.port());
}
