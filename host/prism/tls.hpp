// TLS towards one target: what is trusted, and the handshake.
//
// The server is judged inside the handshake, so that nothing of a request, and no credential, can
// leave before the certificate was accepted: by chain and name, or by its pinned digest, or not at
// all when an operator switched verification off.
#pragma once

#include <Poco/Net/Context.h>
#include <Poco/Net/SecureStreamSocket.h>
#include <Poco/Net/Session.h>
#include <Poco/Net/StreamSocket.h>

#include <functional>
#include <memory>
#include <string>

#include "host/base/status.hpp"
#include "host/prism/target.hpp"

struct ssl_st;

namespace pf::host::prism {

// Thread-safe after make(). Shared by all connections of a target.
class TlsContext {
  public:
    // INVALID_ARGUMENT ERROR_TLS when the CA or the pin cannot be used.
    static Result<std::shared_ptr<TlsContext>> make(const std::string& host,
                                                    const TlsSettings& settings);
    // A TLS socket over the connected `socket`. `resume` is an earlier session or null.
    // Throws Failed (tls: the certificate was refused) or Poco::Exception (the connection broke).
    Poco::Net::SecureStreamSocket handshake(const Poco::Net::StreamSocket& socket,
                                            const Poco::Net::Session::Ptr& resume) const;
    // Shakes hands over `fd` and goes on whatever the certificate is, to `look` at what the server
    // shows; nothing else may be sent there. How handshake() would have judged: OK, or its refusal.
    // Throws Failed when the handshake itself does not succeed.
    Status inspect(int fd, const std::function<void(ssl_st&)>& look) const;

  private:
    TlsContext(std::string host, bool pinned, bool verify)
        : host_(std::move(host)), pinned_(pinned), verify_(verify) {}
    Status set_up(const TlsSettings& settings);
    Status trust(const TlsSettings& settings);

    std::string host_;
    bool pinned_;
    bool verify_;
    std::string pin_;
    Poco::Net::Context::Ptr context_;
};

}  // namespace pf::host::prism
