// The tunnel through an HTTP proxy (CONNECT).
#pragma once

#include <string>

#include "host/prism/proxy.hpp"
#include "host/prism/watchdog.hpp"

namespace pf::host::prism {

// Asks the proxy behind the connected socket `fd` for a tunnel to `target` ("host:port") and reads
// its answer to the end of the header, no further. `watch` guards it and must be attached to `fd`.
// Throws Failed: proxy (it refuses; FAILED_PRECONDITION ERROR_PROXY) or unreachable (it cannot
// reach the target, or broke off; UNAVAILABLE ERROR_PROXY).
void open_tunnel(int fd, const Proxy& proxy, const std::string& target, const Watch& watch);

}  // namespace pf::host::prism
