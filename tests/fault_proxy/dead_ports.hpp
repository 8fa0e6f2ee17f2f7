// Ports that do not serve, each in its own way, and stay reserved as long as the object lives.
#pragma once

#include <cstdint>
#include <vector>

#include "tests/fault_proxy/sockets.hpp"

namespace pf::test {

// Refuses connections: bound, never listening.
class ClosedPort {
  public:
    // Throws std::system_error.
    ClosedPort();
    // The TCP port on loopback.
    std::uint16_t port() const { return port_; }

  private:
    Socket socket_;
    std::uint16_t port_ = 0;
};

// Drops connection requests: its queue of accepted connections is full and nobody takes one, so
// that a client hears nothing at all.
class BlackHole {
  public:
    // Throws std::system_error.
    BlackHole();
    // The TCP port on loopback.
    std::uint16_t port() const { return port_; }

  private:
    Socket listener_;
    std::uint16_t port_ = 0;
    std::vector<Socket> waiting_;
};

}  // namespace pf::test
