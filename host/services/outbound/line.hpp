// Line: the connection of one attempt. Whatever blocks in it wakes when the time of the attempt is
// over or its Stop is requested.
#pragma once

#include <Poco/Net/StreamSocket.h>

#include <chrono>
#include <optional>
#include <string>

#include "host/base/stop.hpp"
#include "host/prism/address.hpp"
#include "host/prism/watchdog.hpp"
#include "host/services/outbound/attempt.hpp"
#include "host/services/outbound/channel_rules.hpp"

namespace pf::host::services {

// Used by one thread.
class Line {
  public:
    // A TCP connection to an address of `where` that `rules` permit. `stop` outlives the line.
    // Throws Ended.
    Line(const Destination& where, const AddressRules& rules, Clock::time_point deadline,
         const Stop& stop);
    Line(const Line&) = delete;
    Line& operator=(const Line&) = delete;

    // Turns to TLS: the certificate must be for the host and of the CAs in `ca_file`, or of the
    // system's when that is empty. Throws Ended.
    void secure(const std::string& ca_file);
    // What to read from and write to; another one after secure(). Blocks, and throws
    // Poco::Exception when it was woken.
    Poco::Net::StreamSocket& socket() noexcept { return socket_; }
    // What still comes is only courtesy: from now on no more than `limit`.
    void hurry(std::chrono::milliseconds limit);
    // What a failure that looks like a broken connection really was.
    Attempt broken() const;

  private:
    const std::string host_;
    const Stop& stop_;
    prism::Watch watch_;
    prism::Descriptor control_;  // the same socket as Poco's, closed after it
    Poco::Net::StreamSocket socket_;
    std::optional<prism::Watch::Attachment> attached_;  // last: uses the above
};

}  // namespace pf::host::services
