// Failed: how one attempt to talk to Prism ends badly. It is thrown by the connection code and
// caught by Target, which turns it into a Status, or by whoever else dials (services/outbound).
#pragma once

#include <exception>
#include <utility>

#include "host/base/status.hpp"

namespace pf::host::prism {

// What went wrong, as far as it decides whether another attempt makes sense.
enum class Trouble {
    none,
    unreachable,  // no address, refused, no route, connect deadline
    proxy,        // the proxy refuses; will not change by itself
    tls,          // the server's certificate or our TLS settings; will not change by itself
    network,      // the connection broke
    timeout,      // first byte, idle or total deadline
    cut_short,    // the body ended early
    malformed,    // bytes that are not proper HTTP
    too_large,    // a size limit
    stopped,      // the caller's Stop
};

class Failed : public std::exception {
  public:
    Failed(Trouble trouble, Status status) : trouble_(trouble), status_(std::move(status)) {}
    Trouble trouble() const noexcept { return trouble_; }
    const Status& status() const noexcept { return status_; }
    const char* what() const noexcept override { return status_.message().c_str(); }

  private:
    Trouble trouble_;
    Status status_;
};

}  // namespace pf::host::prism
