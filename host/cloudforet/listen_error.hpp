// Why an address cannot be listened on; gRPC itself only says that it failed.
#pragma once

#include <string>
#include <string_view>

#include "host/base/status.hpp"

namespace pf::host::cloudforet {

// The host and the port of "host:port", "[::1]:port" or ":port".
struct ListenAddress {
    std::string host;  // without brackets; empty = every address of the machine
    std::string port;  // digits
    // As gRPC wants it.
    std::string text() const;
};

// INVALID_ARGUMENT (ERROR_LISTEN_ADDRESS) when the text is no such address.
Result<ListenAddress> parse_listen_address(std::string_view text);

// Listens there for a moment and lets go. FAILED_PRECONDITION (ERROR_LISTEN) with the system's
// reason and what to do when it cannot be had.
Status try_to_listen(const ListenAddress& address);

// Tries the address once more, alone, to learn the system's reason; never OK.
Status why_not_listening(const ListenAddress& address);

}  // namespace pf::host::cloudforet
