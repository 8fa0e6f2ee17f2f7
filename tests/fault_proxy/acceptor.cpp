#include "tests/fault_proxy/acceptor.hpp"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>

#include <utility>

namespace pf::test {

Acceptor::Acceptor(Serve serve, std::uint16_t port, const std::string& address)
    : serve_(std::move(serve)),
      listener_(listen_on(address, port, SOMAXCONN)),
      stop_(::eventfd(0, EFD_CLOEXEC)),
      port_(port_of(listener_)) {
    acceptor_ = std::thread([this] { accept_all(); });
}

Acceptor::~Acceptor() { stop(); }

void Acceptor::accept_all() {
    while (true) {
        pollfd wanted[] = {{listener_.fd(), POLLIN, 0}, {stop_.fd(), POLLIN, 0}};
        if (::poll(wanted, 2, -1) < 0) {
            continue;
        }
        if (wanted[1].revents != 0) {
            return;
        }
        Socket client(::accept4(listener_.fd(), nullptr, nullptr, SOCK_CLOEXEC));
        if (client.fd() < 0) {
            continue;
        }
        ++connections_;
        threads_.emplace_back(
            [this, moved = std::move(client)]() mutable { serve_(std::move(moved), stop_.fd()); });
    }
}

void Acceptor::stop() {
    if (!acceptor_.joinable()) {
        return;
    }
    ::eventfd_write(stop_.fd(), 1);
    acceptor_.join();
    for (std::thread& thread : threads_) {
        thread.join();
    }
    threads_.clear();
    listener_ = Socket();
}

}  // namespace pf::test
