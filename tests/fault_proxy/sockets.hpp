// Plain blocking TCP sockets, and the few things proxies do with them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace pf::test {

// Owns a descriptor.
class Socket {
  public:
    Socket() = default;
    explicit Socket(int fd) : fd_(fd) {}
    Socket(Socket&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
    Socket& operator=(Socket&& other) noexcept {
        std::swap(fd_, other.fd_);
        return *this;
    }
    ~Socket();
    // -1 when there is none.
    int fd() const { return fd_; }

  private:
    int fd_ = -1;
};

// A listening socket. Port 0 is a free one. Throws std::system_error.
Socket listen_on(const std::string& address, std::uint16_t port, int backlog);
// The port a socket is bound to.
std::uint16_t port_of(const Socket& socket);
// A connection; without a descriptor when it cannot be made.
Socket connect_to(const std::string& address, std::uint16_t port);

// Sends all of `bytes`; false when the peer is gone.
bool send_all(const Socket& socket, std::string_view bytes);
// What has come, at most `most` bytes; empty at the end of the connection.
std::string receive_some(const Socket& socket, std::size_t most = 16384);
// Closing this socket resets the connection.
void reset_on_close(const Socket& socket);

// What became readable first, or nothing within `wait_ms` (-1: no limit). A socket without a
// descriptor is never readable.
enum class Ready { first, second, stop, nothing };
// Waits for one of two sockets, or for the descriptor `stop`; `stop` wins, then `first`.
Ready wait_for(const Socket& first, const Socket& second, int stop, int wait_ms = -1);

}  // namespace pf::test
