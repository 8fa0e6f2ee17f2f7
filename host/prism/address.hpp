// From "host and port" to a connected TCP socket.
#pragma once

#include <cstdint>
#include <string>
#include <utility>

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

// "host:port", with brackets around an IPv6 address.
std::string host_and_port(const std::string& host, std::uint16_t port);

// A connected, blocking TCP socket to the first address of `host` that answers before `deadline`.
// Wakes on `stop` and when `watch` fires. Throws Failed (unreachable, stopped).
Descriptor dial(const std::string& host, std::uint16_t port, Clock::time_point deadline,
                const Stop& stop, Watch& watch);

}  // namespace pf::host::prism
