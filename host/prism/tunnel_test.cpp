// The way through an HTTP proxy.
#include "host/prism/tunnel.hpp"

#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <catch2/catch.hpp>
#include <mutex>
#include <vector>

#include "host/prism/testing_target.hpp"
#include "host/prism/testing_tcp.hpp"

using namespace pf::host;
using namespace pf::host::prism;
using namespace pf::host::prism::testing;
using namespace std::chrono_literals;

namespace {

void relay(int from, int to) {
    std::array<pollfd, 2> both{{{from, POLLIN, 0}, {to, POLLIN, 0}}};
    while (::poll(both.data(), both.size(), -1) > 0) {
        for (std::size_t i = 0; i < both.size(); ++i) {
            if (both[i].revents == 0) {
                continue;
            }
            const std::string bytes = Wire(both[i].fd).receive();
            if (bytes.empty()) {
                return;
            }
            Wire(both[1 - i].fd).send(bytes);
        }
    }
}

int connect_to(std::uint16_t port) {
    const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address);
    return fd;
}

// Answers each CONNECT with `answer`, and with a way to `port` when that is 2xx.
class TestingProxy {
  public:
    TestingProxy(std::string answer, std::uint16_t port)
        : server_([this, answer = std::move(answer), port](Wire& wire) {
              const std::string head = wire.receive_head();
              {
                  const std::lock_guard lock(mutex_);
                  heads_.push_back(head);
              }
              wire.send(answer);
              if (answer.find(" 200 ") != std::string::npos) {
                  const int upstream = connect_to(port);
                  relay(wire.fd(), upstream);
                  ::close(upstream);
              } else {
                  wire.receive();
              }
          }) {}
    std::uint16_t port() const { return server_.port(); }
    std::vector<std::string> heads() {
        const std::lock_guard lock(mutex_);
        return heads_;
    }

  private:
    std::mutex mutex_;
    std::vector<std::string> heads_;
    TcpServer server_;  // last: its threads use the above
};

const std::string open_answer = "HTTP/1.1 200 Connection established\r\nVia: x\r\n\r\n";

Proxy proxy_at(std::uint16_t port, const std::string& user_info = {}) {
    Proxy proxy;
    proxy.host = "127.0.0.1";
    proxy.port = port;
    proxy.user_info = Secret(user_info);
    return proxy;
}

struct Scene {
    explicit Scene(const std::string& answer)
        : server(ca.issue(), [](const Seen& /*seen*/, Talk& talk) { talk.send(http(200, "{}")); }),
          proxy(answer, server.port()) {}

    Status ask(const std::string& user_info = {}) {
        TargetSpec spec = quick_spec(ca, server.port());
        spec.host = "localhost";  // the certificate has it, and nobody resolves it here
        spec.proxy = proxy_at(proxy.port(), user_info);
        spec.limits.connect = limit;
        target = std::make_unique<Target>(spec, fresh_key());
        return target->send({Method::get, "/x", {}}, Stop(), meter).status();
    }
    // It failed at the proxy, and nothing went around it.
    void refused(const Status& status, const std::string& why) {
        CHECK(status.reason() == "ERROR_PROXY");
        CHECK_THAT(status.message(),
                   Catch::Contains("the proxy 127.0.0.1:" + std::to_string(proxy.port())) &&
                       Catch::Contains(why) && !Catch::Contains("s3cret"));
        CHECK(server.connections() == 0);
    }

    TestCa ca;
    TestingServer server;
    TestingProxy proxy;
    std::unique_ptr<Target> target;
    Meter meter;
    std::chrono::milliseconds limit{5000};
};

}  // namespace

TEST_CASE("a target is reached through its proxy, which resolves its name") {
    Scene scene(open_answer);
    CHECK(scene.ask().text() == "OK");
    const std::string place = "localhost:" + std::to_string(scene.server.port());
    REQUIRE(scene.proxy.heads().size() == 1);
    const std::string head = scene.proxy.heads().front();
    CHECK_THAT(head, Catch::StartsWith("CONNECT " + place + " HTTP/1.1\r\n") &&
                         Catch::Contains("\r\nHost: " + place + "\r\n") &&
                         !Catch::Contains("Authorization"));
    CHECK(scene.target->spec().proxy->user_info.empty());
    // The tunnel is kept like any connection.
    CHECK(scene.target->send({Method::get, "/x", {}}, Stop(), scene.meter).ok());
    CHECK(scene.proxy.heads().size() == 1);
}

TEST_CASE("the proxy gets its user, the target its own") {
    Scene scene(open_answer);
    CHECK(scene.ask("me:s3cret").ok());
    CHECK_THAT(scene.proxy.heads().front(),
               Catch::Contains("\r\nProxy-Authorization: Basic bWU6czNjcmV0\r\n") &&
                   !Catch::Contains("cmVhZGVyOnMzY3JldCE="));
    CHECK_FALSE(scene.server.seen().front().has("proxy-authorization"));
}

TEST_CASE("a proxy that wants a user is told apart from one that refuses it") {
    Scene scene("HTTP/1.1 407 Auth\r\nProxy-Authenticate: Basic\r\nContent-Length: 0\r\n\r\n");
    SECTION("no user was given") {
        scene.refused(scene.ask(), "wants a user and a password");
        CHECK(scene.meter.requests == 1);
    }
    SECTION("the user is wrong: asked once, then not for ten minutes") {
        scene.refused(scene.ask("me:s3cret"), "refused the user or password");
        scene.refused(scene.target->send({Method::get, "/x", {}}, Stop(), scene.meter).status(),
                      "refused the user or password");
        CHECK(scene.proxy.heads().size() == 1);
    }
}

TEST_CASE("a proxy that opens no way says why not") {
    SECTION("forbidden") {
        Scene scene("HTTP/1.1 403 No\r\n\r\n");
        scene.refused(scene.ask(), "does not open a way to localhost:");
        CHECK(scene.proxy.heads().size() == 1);
    }
    SECTION("the target is down") {
        Scene scene("HTTP/1.1 502 Bad Gateway\r\n\r\n");
        scene.refused(scene.ask(), "cannot reach localhost:");
        CHECK(scene.proxy.heads().size() == 2);
    }
    SECTION("it is no HTTP proxy") {
        Scene scene("220 mail ready\r\n");
        scene.refused(scene.ask(), "did not answer as an HTTP proxy does");
    }
    SECTION("it says nothing") {
        Scene scene("");
        scene.limit = 50ms;
        scene.refused(scene.ask(), "did not answer in time");
    }
}

TEST_CASE("a proxy that is down is no reason to go without it") {
    std::uint16_t gone = 0;
    {
        gone = TcpServer([](Wire& /*wire*/) {}).port();
    }
    const TestCa ca;
    TestingServer server(ca.issue(),
                         [](const Seen& /*seen*/, Talk& talk) { talk.send(http(200, "{}")); });
    TargetSpec spec = quick_spec(ca, server.port());
    spec.proxy = proxy_at(gone);
    Target target(spec, fresh_key());
    Meter meter;
    const Status status = target.send({Method::get, "/x", {}}, Stop(), meter).status();
    CHECK(status.reason() == "ERROR_PROXY");
    CHECK_THAT(status.message(),
               Catch::Contains("was refused") && Catch::Contains("that the proxy is running"));
    CHECK(server.connections() == 0);
}

TEST_CASE("the rules of the process are for targets that say nothing") {
    Targets targets(ProxyRules(proxy_at(3128), ".inside.example"));
    TargetSpec spec;
    spec.host = "pc1.example";
    CHECK(targets.acquire(spec)->spec().proxy->port == 3128);
    TargetSpec inside = spec;
    inside.host = "pc1.inside.example";
    CHECK(targets.acquire(inside)->spec().proxy->host.empty());
    TargetSpec own = spec;
    own.proxy = proxy_at(8080);
    CHECK(targets.acquire(own)->spec().proxy->port == 8080);
    own.proxy = Proxy();  // none
    CHECK(targets.acquire(own)->spec().proxy->host.empty());
    CHECK(&targets.acquire(own)->cache() != &targets.acquire(spec)->cache());
}
