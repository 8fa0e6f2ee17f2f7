// From "host and port" to a connected TCP socket.
#pragma once

#include <sys/socket.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "host/base/stop.hpp"
#include "host/prism/watchdog.hpp"

namespace pf::host::prism {

// Owns a file descriptor.
class Descriptor {
  public:
    Descriptor() = default;
    explicit Descriptor(int fd) : fd_(fd) {}
    Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
    Descriptor& operator=(Descriptor&& other) noexcept {
        if (this != &other) {
            reset();
            fd_ = std::exchange(other.fd_, -1);
        }
        return *this;
    }
    ~Descriptor() { reset(); }
    int get() const noexcept { return fd_; }

  private:
    void reset() noexcept;
    int fd_ = -1;
};

// True for the text form of an IPv4 or IPv6 address, without brackets.
bool is_ip_address(const std::string& host);

// Whether the address `host` is in `network` ("10.0.0.0/8", "2001:db8::/32"); false for what is no
// address or no network.
bool is_in_network(std::string_view host, std::string_view network);

// "host:port", with brackets around an IPv6 address.
std::string host_and_port(const std::string& host, std::uint16_t port);

// One address of a host, with the port.
struct Address {
    sockaddr_storage bytes{};
    socklen_t length = 0;

    // The address without the port: "10.0.0.5", "fd00::5".
    std::string text() const;
};

// All addresses of `host`, in the order in which they are tried; never none. Throws Failed
// (unreachable, stopped).
std::vector<Address> resolve(const std::string& host, std::uint16_t port,
                             Clock::time_point deadline, const Stop& stop);

// A connected, non-blocking TCP socket to one address; without a descriptor when it cannot be had,
// `error` says why (an errno).
Descriptor connect_to(const Address& address, Clock::time_point deadline, Watch& watch, int& error);
// What an errno of connect_to() means and what to look at.
std::string connect_error(int error, const std::string& whom = "Prism Central");
// For reading and writing as connections do it: waits for data, sends small pieces at once.
void make_blocking(const Descriptor& socket);

// A connected, blocking TCP socket to the first address of `host` that answers before `deadline`.
// Wakes on `stop` and when `watch` fires. Throws Failed (unreachable, stopped). `whom` is who
// should be there, for messages.
Descriptor dial(const std::string& host, std::uint16_t port, Clock::time_point deadline,
                const Stop& stop, Watch& watch, const std::string& whom = "Prism Central");
// The same for addresses that are known already.
Descriptor dial(const std::vector<Address>& addresses, Clock::time_point deadline, const Stop& stop,
                Watch& watch, const std::string& whom = "Prism Central");

}  // namespace pf::host::prism
