// ConnectProxy: an HTTP proxy that knows one method, CONNECT: it opens a tunnel to the place a
// client names, when the client may have one.
#pragma once

#include <cstdint>
#include <mutex>
#include <string>
#include <vector>

#include "tests/fault_proxy/acceptor.hpp"

namespace pf::test {

// Who gets a tunnel.
struct ConnectPolicy {
    // "user:password", asked for by 407 with Basic; empty: nobody is asked.
    std::string credential{};
    // Status of every answer instead of a tunnel, such as 403 or 502; 0: tunnels are opened.
    unsigned refuses_with = 0;
};

class ConnectProxy {
  public:
    // Listens on loopback. Throws std::system_error.
    explicit ConnectProxy(ConnectPolicy policy = {}, std::uint16_t port = 0);
    // As stop().
    ~ConnectProxy();

    // The TCP port it listens on.
    std::uint16_t port() const { return acceptor_.port(); }
    // Connections accepted. Any thread.
    std::uint64_t connections() const { return acceptor_.connections(); }
    // The "host:port" of each CONNECT, in order of arrival. Any thread.
    std::vector<std::string> asked_for() const;
    // Every head of a request as it came, for tests that look for what must not be in it.
    std::vector<std::string> heads() const;
    // Ends every tunnel and closes the port.
    void stop() { acceptor_.stop(); }

  private:
    void serve(const Socket& client, int stop);
    // The status line to answer with; "" opens the tunnel.
    std::string judge(const std::string& head) const;

    const ConnectPolicy policy_;
    mutable std::mutex mutex_;
    std::vector<std::string> asked_for_;
    std::vector<std::string> heads_;
    Acceptor acceptor_;  // last: its threads use the members above
};

}  // namespace pf::test
