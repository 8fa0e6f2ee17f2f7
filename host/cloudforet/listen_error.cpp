#include "host/cloudforet/listen_error.hpp"

#include <netdb.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

namespace pf::host::cloudforet {

namespace {

// 0 when the socket could be bound, else errno.
int try_to_bind(const addrinfo& address) {
    const int fd = ::socket(address.ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0) {
        return errno;
    }
    const int on = 1;
    ::setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    int error = ::bind(fd, address.ai_addr, address.ai_addrlen) == 0 ? 0 : errno;
    if (error == 0) {
        error = ::listen(fd, 1) == 0 ? 0 : errno;
    }
    ::close(fd);
    return error;
}

std::string advice(int error, const std::string& port) {
    switch (error) {
        case EADDRINUSE:
            return "another program listens there (`ss -ltnp sport = :" + port +
                   "` names it); stop it or choose another port";
        case EACCES:
            return "this user may not; choose a port above 1023";
        case EADDRNOTAVAIL:
            return "this machine has no such address; use 0.0.0.0 for all of its addresses";
        default:
            return std::generic_category().message(error) + "; choose another address";
    }
}

}  // namespace

std::string ListenAddress::text() const {
    if (host.find(':') != std::string::npos) {
        return std::string("[").append(host) + "]:" + port;
    }
    return (host.empty() ? "0.0.0.0" : host) + ":" + port;
}

Result<ListenAddress> parse_listen_address(std::string_view text) {
    const auto refuse = [&] {
        return Status(Code::invalid_argument, "ERROR_LISTEN_ADDRESS",
                      std::string("the address '").append(text) +
                          "' cannot be listened on; write host:port, e.g. 0.0.0.0:50051");
    };
    const std::size_t colon = text.rfind(':');
    if (colon == std::string_view::npos) {
        return refuse();
    }
    std::string_view host = text.substr(0, colon);
    const std::string_view port = text.substr(colon + 1);
    if (host.starts_with('[') && host.ends_with(']')) {
        host = host.substr(1, host.size() - 2);
    } else if (host.find_first_of(":[]") != std::string_view::npos) {
        return refuse();
    }
    const bool is_number =
        !port.empty() && port.size() <= 5 &&
        std::all_of(port.begin(), port.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (!is_number || std::stoul(std::string(port)) > 65535 ||
        host.find_first_of(" /@") != std::string_view::npos) {
        return refuse();
    }
    return ListenAddress{std::string(host), std::string(port)};
}

Status try_to_listen(const ListenAddress& address) {
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = AI_PASSIVE;
    addrinfo* found = nullptr;
    const std::string what = "cannot listen on " + address.text() + ": ";
    const int unknown = ::getaddrinfo(address.host.empty() ? nullptr : address.host.c_str(),
                                      address.port.c_str(), &hints, &found);
    if (unknown != 0) {
        return {Code::failed_precondition, "ERROR_LISTEN",
                what + ::gai_strerror(unknown) + "; write an address of this machine"};
    }
    const int error = try_to_bind(*found);
    ::freeaddrinfo(found);
    return error == 0 ? Status()
                      : Status(Code::failed_precondition, "ERROR_LISTEN",
                               what + advice(error, address.port));
}

Status why_not_listening(const ListenAddress& address) {
    const Status why = try_to_listen(address);
    return why.ok() ? Status(Code::failed_precondition, "ERROR_LISTEN",
                             "cannot listen on " + address.text() +
                                 ": it was taken for a moment; try again")
                    : why;
}

}  // namespace pf::host::cloudforet
