// Pool: the connections of a target that are not in use, and the making of new ones.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "host/prism/connection.hpp"
#include "host/prism/failure.hpp"

namespace pf::host::prism {

// Thread-safe. How many connections are in use at once is the Gate's business.
class Pool {
  public:
    // A proxy that refused its user is not asked again for this long: accounts get locked.
    static constexpr std::chrono::minutes refusal_remembered{10};

    // `spec` outlives the pool; its limits are not used.
    explicit Pool(const TargetSpec& spec) : spec_(spec), proxy_(spec.proxy.value_or(Proxy())) {}

    // The most recently used idle connection that still works; null when there is none.
    std::unique_ptr<Connection> take();
    // A new connection that resumes the last TLS session. Throws Failed or Poco::Exception.
    std::unique_ptr<Connection> open(const Limits& limits, const Stop& stop, Watch& watch);
    // Keeps a connection for the next request when it can be used again and fewer than `most` wait.
    void give(std::unique_ptr<Connection> connection, std::size_t most);

  private:
    std::shared_ptr<TlsContext> tls();

    void remember_refusal(const Failed& failed);

    const TargetSpec& spec_;
    const Proxy proxy_;
    std::mutex mutex_;
    std::optional<Failed> refusal_;  // of the proxy
    Clock::time_point refused_until_;
    std::shared_ptr<TlsContext> tls_;
    Poco::Net::Session::Ptr resume_;
    std::vector<std::unique_ptr<Connection>> idle_;  // the most recently used last
};

}  // namespace pf::host::prism
