// Pool: the connections of a target that are not in use, and the making of new ones.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

#include "host/prism/connection.hpp"

namespace pf::host::prism {

// Thread-safe. How many connections are in use at once is the Gate's business.
class Pool {
  public:
    // `spec` outlives the pool; its limits are not used.
    explicit Pool(const TargetSpec& spec) : spec_(spec) {}

    // The most recently used idle connection that still works; null when there is none.
    std::unique_ptr<Connection> take();
    // A new connection that resumes the last TLS session. Throws Failed or Poco::Exception.
    std::unique_ptr<Connection> open(const Limits& limits, const Stop& stop, Watch& watch);
    // Keeps a connection for the next request when it can be used again and fewer than `most` wait.
    void give(std::unique_ptr<Connection> connection, std::size_t most);

  private:
    std::shared_ptr<TlsContext> tls();

    const TargetSpec& spec_;
    std::mutex mutex_;
    std::shared_ptr<TlsContext> tls_;
    Poco::Net::Session::Ptr resume_;
    std::vector<std::unique_ptr<Connection>> idle_;  // the most recently used last
};

}  // namespace pf::host::prism
