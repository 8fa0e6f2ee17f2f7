// Connection: one TLS connection to a target, carrying one request at a time.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "host/base/stop.hpp"
#include "host/prism/address.hpp"
#include "host/prism/body.hpp"
#include "host/prism/exchange.hpp"
#include "host/prism/framing.hpp"
#include "host/prism/target.hpp"
#include "host/prism/tls.hpp"
#include "host/prism/watchdog.hpp"

namespace pf::host::prism {

// What is sent. Header values are complete; those behind `host` may be empty.
struct Outgoing {
    Method method = Method::get;
    std::string path;
    std::string body;
    std::string host;  // the Host header
    std::string cookie;
    std::string authorization;
    std::string api_key;
    std::string traceparent;   // of the trace that a call belongs to
    std::string tracestate;    // goes with it, never alone
    bool is_observed = false;  // RawAnswer::headers is wanted
};

// What came back; the body is apart, so that its memory survives a failure.
struct RawAnswer {
    int http = 0;
    std::string content_type;
    std::string retry_after;
    std::string date;
    std::string location;
    std::string redirect_token;  // as secret as a cookie
    std::string product;         // X-Ntnx-Product: "pc.2024.3.0.1"
    std::string environment;     // X-Ntnx-Env: "pc" or "pe"
    std::string request_id;      // what Prism calls this request in its own logs
    std::vector<std::string> set_cookies;
    std::vector<HeaderField> headers;  // those of kept_headers, when they were wanted
};

// An answer, and what its connection is good for after it.
struct Received {
    RawAnswer answer;
    bool keeps_open = false;  // it was read to its end, and the server keeps the connection
    Clock::duration keep{};   // how long it does while nothing is sent
};

// Reads one whole answer, its body into `body`: the part of an exchange that meets foreign bytes.
// `wants_headers`: fill RawAnswer::headers. Throws Failed or what `source` throws.
Received receive_answer(ByteSource& source, std::uint64_t most_bytes, bool wants_headers,
                        Body& body);

// Used by one thread at a time.
class Connection {
  public:
    // Connects, through `proxy` unless its host is empty, and shakes hands, each within `limit`.
    // Throws Failed or Poco::Exception; `watch` may have fired then.
    static std::unique_ptr<Connection> open(const TargetSpec& spec, const Proxy& proxy,
                                            std::chrono::milliseconds limit, const TlsContext& tls,
                                            const Poco::Net::Session::Ptr& resume, const Stop& stop,
                                            Watch& watch);
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    // Sends and reads the whole answer, its body into `body`. Throws Failed or Poco::Exception.
    RawAnswer exchange(const Outgoing& request, const Limits& limits, Watch& watch, Body& body);

    // After a failed exchange: no byte of an answer had come, on a connection used before. The
    // server had closed it; the request was not served.
    bool lost_while_idle() const noexcept;
    // Whether another request may be sent: the last answer was read to its end, the server keeps
    // the connection open, and it was not idle for too long.
    bool usable(Clock::time_point now) const;
    // The TLS session to resume on the next connection.
    Poco::Net::Session::Ptr session();

  private:
    class Http;
    Connection(Descriptor control, std::unique_ptr<Http> http);

    Descriptor control_;  // the same socket as Poco's: closed after it, so that a late shutdown
                          // never meets a descriptor that was given to somebody else
    std::unique_ptr<Http> http_;
    Clock::time_point idle_since_;
    Clock::duration keep_;
    unsigned answers_ = 0;
    bool heard_ = false;
    bool complete_ = true;
};

}  // namespace pf::host::prism
