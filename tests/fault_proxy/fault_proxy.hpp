// FaultProxy: a TCP relay before a server that does to connections what networks do to them and
// servers cannot do to themselves. It knows nothing of TLS or HTTP.
//
//     FaultProxy proxy(sim.port(), {.kind = Mischief::Kind::vanish, .after = 100'000});
//     connect("127.0.0.1", proxy.port());
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <mutex>

#include "tests/fault_proxy/acceptor.hpp"

namespace pf::test {

// What goes wrong, and when.
struct Mischief {
    enum class Kind {
        none,    // relays
        mute,    // accepts, reads, never says a byte
        drip,    // from then on the answer comes in small pieces
        vanish,  // from then on nothing passes, and nobody is told: no FIN, no RST
        cut,     // an end of TCP in the middle
        reset,   // RST in the middle
    };
    Kind kind = Kind::none;
    std::uint64_t after = 0;  // bytes from the server, over all connections, before it strikes
    std::uint64_t first = 0;  // connections it strikes; 0: all
    std::size_t bytes = 1;    // of one piece of drip
    std::chrono::milliseconds pause{10};  // between two pieces
};

class FaultProxy {
  public:
    // Relays to `upstream` on loopback. Throws std::system_error when it cannot listen.
    explicit FaultProxy(std::uint16_t upstream, const Mischief& mischief = {},
                        std::uint16_t port = 0);
    // As stop().
    ~FaultProxy();

    // The TCP port it listens on.
    std::uint16_t port() const { return acceptor_.port(); }
    // Connections accepted, and bytes that went from the server to clients. Any thread.
    std::uint64_t connections() const { return acceptor_.connections(); }
    std::uint64_t relayed() const { return relayed_; }
    // Connections that were struck.
    std::uint64_t struck() const { return struck_; }
    // Ends every connection and closes the port.
    void stop() { acceptor_.stop(); }

  private:
    void serve(const Socket& client, int stop);
    void relay(const Socket& client, const Socket& server, int stop);
    // Whether this connection is struck now, `coming` bytes before they pass.
    bool strikes(std::uint64_t coming);
    // False when the connection is over.
    bool forward_struck(const Socket& client, std::string_view bytes, int stop);

    const std::uint16_t upstream_;
    const Mischief mischief_;
    std::mutex mutex_;
    std::atomic<std::uint64_t> relayed_{0};
    std::atomic<std::uint64_t> struck_{0};
    Acceptor acceptor_;  // last: its threads use the members above
};

}  // namespace pf::test
