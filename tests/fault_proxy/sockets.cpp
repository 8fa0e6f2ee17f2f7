#include "tests/fault_proxy/sockets.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <stdexcept>
#include <system_error>

namespace pf::test {
namespace {

sockaddr_in address_of(const std::string& text, std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    if (::inet_pton(AF_INET, text.c_str(), &address.sin_addr) != 1) {
        throw std::invalid_argument("no IPv4 address: " + text);
    }
    return address;
}

[[noreturn]] void fail(const char* what) {
    throw std::system_error(errno, std::generic_category(), what);
}

}  // namespace

Socket::~Socket() {
    if (fd_ >= 0) {
        ::close(fd_);
    }
}

Socket listen_on(const std::string& address, std::uint16_t port, int backlog) {
    Socket socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    const sockaddr_in place = address_of(address, port);
    const int yes = 1;
    ::setsockopt(socket.fd(), SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (::bind(socket.fd(), reinterpret_cast<const sockaddr*>(&place), sizeof place) != 0) {
        fail("bind");
    }
    if (::listen(socket.fd(), backlog) != 0) {
        fail("listen");
    }
    return socket;
}

std::uint16_t port_of(const Socket& socket) {
    sockaddr_in address{};
    socklen_t size = sizeof address;
    if (::getsockname(socket.fd(), reinterpret_cast<sockaddr*>(&address), &size) != 0) {
        fail("getsockname");
    }
    return ntohs(address.sin_port);
}

Socket connect_to(const std::string& address, std::uint16_t port) {
    Socket socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    const sockaddr_in place = address_of(address, port);
    if (::connect(socket.fd(), reinterpret_cast<const sockaddr*>(&place), sizeof place) != 0) {
        return Socket();
    }
    const int yes = 1;
    ::setsockopt(socket.fd(), IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    return socket;
}

bool send_all(const Socket& socket, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t sent = ::send(socket.fd(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) {
            return false;
        }
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

std::string receive_some(const Socket& socket, std::size_t most) {
    std::string bytes(most, '\0');
    const ssize_t got = ::recv(socket.fd(), bytes.data(), bytes.size(), 0);
    bytes.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
    return bytes;
}

void reset_on_close(const Socket& socket) {
    const linger now{1, 0};
    ::setsockopt(socket.fd(), SOL_SOCKET, SO_LINGER, &now, sizeof now);
}

Ready wait_for(const Socket& first, const Socket& second, int stop, int wait_ms) {
    pollfd wanted[] = {{stop, POLLIN, 0}, {first.fd(), POLLIN, 0}, {second.fd(), POLLIN, 0}};
    ::poll(wanted, 3, wait_ms);
    if (wanted[0].revents != 0) {
        return Ready::stop;
    }
    if (wanted[1].revents != 0) {
        return Ready::first;
    }
    return wanted[2].revents != 0 ? Ready::second : Ready::nothing;
}

}  // namespace pf::test
