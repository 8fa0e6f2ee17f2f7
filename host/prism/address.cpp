#include "host/prism/address.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <condition_variable>
#include <cstring>
#include <memory>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

#include "host/prism/failure.hpp"

namespace pf::host::prism {
namespace {

struct Lookup {
    std::mutex mutex;
    std::condition_variable_any done;
    bool finished = false;
    int error = 0;
    std::vector<Address> found;
};

Failed unreachable(const std::string& what) {
    return Failed(Trouble::unreachable, Status(Code::unavailable, "ERROR_PRISM_UNREACHABLE", what));
}

void look_up(const std::string& host, std::uint16_t port, int flags, Lookup& lookup) {
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = flags;
    addrinfo* list = nullptr;
    const std::string service = std::to_string(port);
    int error = ::getaddrinfo(host.c_str(), service.c_str(), &hints, &list);
    if (error != 0 && host == "localhost") {  // loopback on every machine (RFC 6761, section 6.3)
        error = ::getaddrinfo("127.0.0.1", service.c_str(), &hints, &list);
    }
    std::vector<Address> found;
    for (const addrinfo* item = list; item != nullptr; item = item->ai_next) {
        Address& address = found.emplace_back();
        std::memcpy(&address.bytes, item->ai_addr, item->ai_addrlen);
        address.length = item->ai_addrlen;
    }
    if (list != nullptr) {
        ::freeaddrinfo(list);
    }
    std::lock_guard lock(lookup.mutex);
    lookup.error = error;
    lookup.found = std::move(found);
    lookup.finished = true;
    lookup.done.notify_all();
}

// 0 when connected, else an errno.
int try_connect(int fd, const Address& address, Clock::time_point deadline, Watch& watch) {
    const Watch::Attachment attached(watch, fd);
    if (::connect(fd, reinterpret_cast<const sockaddr*>(&address.bytes), address.length) == 0) {
        return 0;
    }
    if (errno != EINPROGRESS) {
        return errno;
    }
    while (watch.fired() == Watch::Cause::none) {
        const auto left =
            std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now()).count();
        pollfd poll_for{fd, POLLOUT, 0};
        const int ready = ::poll(&poll_for, 1, static_cast<int>(std::clamp<long>(left, 0, 60000)));
        if (ready > 0) {
            int error = 0;
            socklen_t length = sizeof error;
            ::getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &length);
            return error;
        }
        if (ready < 0 && errno != EINTR) {
            return errno;
        }
        if (Clock::now() >= deadline) {
            break;
        }
    }
    return ETIMEDOUT;
}

}  // namespace

void Descriptor::reset() noexcept {
    if (fd_ >= 0) {
        ::close(fd_);
    }
    fd_ = -1;
}

bool is_ip_address(const std::string& host) {
    std::array<unsigned char, sizeof(in6_addr)> bytes{};
    return ::inet_pton(AF_INET, host.c_str(), bytes.data()) == 1 ||
           ::inet_pton(AF_INET6, host.c_str(), bytes.data()) == 1;
}

bool is_in_network(std::string_view host, std::string_view network) {
    const auto slash = network.find('/');
    std::array<unsigned char, sizeof(in6_addr)> bytes{};
    std::array<unsigned char, sizeof(in6_addr)> base{};
    for (const int family : {AF_INET, AF_INET6}) {
        unsigned bits = 0;
        const std::string_view digits = network.substr(std::min(slash, network.size() - 1) + 1);
        const auto parsed = std::from_chars(digits.data(), digits.data() + digits.size(), bits);
        const unsigned most = family == AF_INET ? 32 : 128;
        if (slash == std::string_view::npos || parsed.ec != std::errc() ||
            parsed.ptr != digits.data() + digits.size() || bits > most ||
            ::inet_pton(family, std::string(host).c_str(), bytes.data()) != 1 ||
            ::inet_pton(family, std::string(network.substr(0, slash)).c_str(), base.data()) != 1) {
            continue;
        }
        bool is_inside = true;
        for (unsigned bit = 0; bit < bits && is_inside; ++bit) {
            const unsigned mask = 0x80u >> (bit % 8);
            is_inside = (bytes[bit / 8] & mask) == (base[bit / 8] & mask);
        }
        return is_inside;
    }
    return false;
}

std::string host_and_port(const std::string& host, std::uint16_t port) {
    const bool v6 = host.find(':') != std::string::npos;
    return (v6 ? "[" + host + "]" : host) + ":" + std::to_string(port);
}

std::string Address::text() const {
    std::array<char, INET6_ADDRSTRLEN> text{};
    const void* raw = nullptr;
    sockaddr_in v4{};
    sockaddr_in6 v6{};
    if (bytes.ss_family == AF_INET) {
        std::memcpy(&v4, &bytes, sizeof v4);
        raw = &v4.sin_addr;
    } else {
        std::memcpy(&v6, &bytes, sizeof v6);
        raw = &v6.sin6_addr;
    }
    const char* shown = ::inet_ntop(bytes.ss_family, raw, text.data(), text.size());
    return shown == nullptr ? "?" : shown;
}

std::vector<Address> resolve(const std::string& host, std::uint16_t port,
                             Clock::time_point deadline, const Stop& stop) {
    const auto lookup = std::make_shared<Lookup>();
    if (is_ip_address(host)) {
        look_up(host, port, AI_NUMERICHOST | AI_NUMERICSERV, *lookup);
    } else {
        // The system's resolver cannot be interrupted: it gets a thread that may outlive the wait.
        std::thread([lookup, host, port] {
            look_up(host, port, AI_NUMERICSERV, *lookup);
        }).detach();
    }
    std::unique_lock lock(lookup->mutex);
    lookup->done.wait_until(lock, stop.token(), std::min(deadline, stop.deadline()),
                            [&] { return lookup->finished; });
    if (stop.requested()) {
        throw Failed(Trouble::stopped, stop.why());
    }
    if (!lookup->finished) {
        throw unreachable("the name was not resolved in time; check the DNS of this machine");
    }
    if (lookup->found.empty()) {
        throw unreachable("the name is not known (" + std::string(::gai_strerror(lookup->error)) +
                          "); check the address and the DNS of this machine");
    }
    return std::move(lookup->found);
}

Descriptor connect_to(const Address& address, Clock::time_point deadline, Watch& watch,
                      int& error) {
    Descriptor socket(
        ::socket(address.bytes.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    error = socket.get() < 0 ? errno : try_connect(socket.get(), address, deadline, watch);
    return error == 0 ? std::move(socket) : Descriptor();
}

void make_blocking(const Descriptor& socket) {
    const int fd = socket.get();
    ::fcntl(fd, F_SETFL, ::fcntl(fd, F_GETFL) & ~O_NONBLOCK);
    const int on = 1;
    ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    ::setsockopt(fd, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof on);
}

std::string connect_error(int error, const std::string& whom) {
    if (error == ECONNREFUSED) {
        return "the connection was refused; check the address and port, and that " + whom +
               " is running";
    }
    if (error == ETIMEDOUT) {
        return "no answer to the connection attempt; check the address and the firewalls between";
    }
    return "cannot connect: " + std::generic_category().message(error) +
           "; check the address and the network";
}

Descriptor dial(const std::string& host, std::uint16_t port, Clock::time_point deadline,
                const Stop& stop, Watch& watch, const std::string& whom) {
    return dial(resolve(host, port, deadline, stop), deadline, stop, watch, whom);
}

Descriptor dial(const std::vector<Address>& addresses, Clock::time_point deadline, const Stop& stop,
                Watch& watch, const std::string& whom) {
    int error = ETIMEDOUT;
    for (std::size_t i = 0; i < addresses.size(); ++i) {
        const auto now = Clock::now();
        if (now >= deadline || watch.fired() != Watch::Cause::none) {
            break;
        }
        // A silent first address must leave time for the others.
        const auto share = (deadline - now) / static_cast<long>(addresses.size() - i);
        Descriptor socket = connect_to(addresses[i], now + share, watch, error);
        if (error == 0 && watch.fired() == Watch::Cause::none) {
            make_blocking(socket);
            return socket;
        }
    }
    if (stop.requested()) {
        throw Failed(Trouble::stopped, stop.why());
    }
    throw unreachable(connect_error(error, whom));
}

}  // namespace pf::host::prism
