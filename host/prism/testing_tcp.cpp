#include "host/prism/testing_tcp.hpp"

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <stdexcept>

namespace pf::host::prism::testing {

void Wire::send(const std::string& bytes) {
    std::size_t sent = 0;
    while (sent < bytes.size()) {
        const auto count = ::send(fd_, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
        if (count <= 0) {
            return;
        }
        sent += static_cast<std::size_t>(count);
    }
}

std::string Wire::receive(std::size_t limit) {
    std::string bytes(limit, '\0');
    const auto count = ::recv(fd_, bytes.data(), bytes.size(), 0);
    bytes.resize(count > 0 ? static_cast<std::size_t>(count) : 0);
    return bytes;
}

std::string Wire::receive_head() {
    std::string head;
    while (head.find("\r\n\r\n") == std::string::npos) {
        const std::string more = receive(1);
        if (more.empty()) {
            break;
        }
        head += more;
    }
    return head;
}

TcpServer::TcpServer(Script script)
    : script_(std::move(script)), listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    auto* raw = reinterpret_cast<sockaddr*>(&address);
    if (::bind(listener_, raw, length) != 0 || ::listen(listener_, 64) != 0 ||
        ::getsockname(listener_, raw, &length) != 0) {
        throw std::runtime_error("no port for a test");
    }
    port_ = ntohs(address.sin_port);
    acceptor_ = std::thread([this] { accept_all(); });
}

TcpServer::~TcpServer() {
    {
        std::lock_guard lock(mutex_);
        is_over_ = true;
        ::shutdown(listener_, SHUT_RDWR);
        for (const int fd : open_) {
            ::shutdown(fd, SHUT_RDWR);
        }
    }
    acceptor_.join();
    for (std::thread& thread : threads_) {
        thread.join();
    }
    ::close(listener_);
}

void TcpServer::accept_all() {
    while (true) {
        const int fd = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
        std::lock_guard lock(mutex_);
        if (fd < 0 || is_over_) {
            if (fd >= 0) {
                ::close(fd);
            }
            return;
        }
        open_.push_back(fd);
        threads_.emplace_back([this, fd] {
            Wire wire(fd);
            script_(wire);
            std::lock_guard own(mutex_);
            std::erase(open_, fd);
            ::close(fd);
        });
    }
}

}  // namespace pf::host::prism::testing
