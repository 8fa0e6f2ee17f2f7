#include "tests/fault_proxy/dead_ports.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

#include <cerrno>
#include <system_error>

namespace pf::test {
namespace {

sockaddr_in loopback(std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

// A connection that may still be on its way.
Socket begin_connecting(std::uint16_t port) {
    Socket socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    const sockaddr_in place = loopback(port);
    ::connect(socket.fd(), reinterpret_cast<const sockaddr*>(&place), sizeof place);
    return socket;
}

bool is_connected_within(const Socket& socket, int wait_ms) {
    pollfd wanted{socket.fd(), POLLOUT, 0};
    return ::poll(&wanted, 1, wait_ms) == 1;
}

}  // namespace

ClosedPort::ClosedPort() : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    const sockaddr_in place = loopback(0);
    if (::bind(socket_.fd(), reinterpret_cast<const sockaddr*>(&place), sizeof place) != 0) {
        throw std::system_error(errno, std::generic_category(), "bind");
    }
    port_ = port_of(socket_);
}

BlackHole::BlackHole() : listener_(listen_on("127.0.0.1", 0, 0)), port_(port_of(listener_)) {
    // The queue holds one or two more than its length says, depending on the kernel.
    constexpr int most = 16;
    constexpr int patience_ms = 200;
    for (int i = 0; i < most; ++i) {
        waiting_.push_back(begin_connecting(port_));
        if (!is_connected_within(waiting_.back(), patience_ms)) {
            return;
        }
    }
    throw std::system_error(ENOTSUP, std::generic_category(),
                            "this kernel does not let a listening queue fill up");
}

}  // namespace pf::test
