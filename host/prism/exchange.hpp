// Exchange: one request that went to a Prism Central and what came back, for who watches a target
// (a recording, a diagnosis). Of the request's header it holds nothing, of the answer's what
// `kept_headers` names, and the cookies: those are as secret as a password.
#pragma once

#include <array>
#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "host/base/status.hpp"

namespace pf::host::prism {

struct Request;

// One field of an answer's header.
struct HeaderField {
    std::string name;  // as `kept_headers` spells it
    std::string value;
};

// The header fields of answers that are shown to an observer.
inline constexpr std::array<const char*, 12> kept_headers = {
    "Content-Type",      "Date",
    "Retry-After",       "Server",
    "WWW-Authenticate",  "X-Ntnx-Env",
    "X-Ntnx-Product",    "X-Envoy-Upstream-Service-Time",
    "X-RateLimit-Limit", "X-RateLimit-Remaining",
    "X-RateLimit-Reset", "Location",
};

// Valid during ExchangeObserver::observe only.
struct Exchange {
    const Request& request;
    int http;        // status of the answer; 0 when none came
    Status trouble;  // why none came
    const std::vector<HeaderField>& headers;
    const std::vector<std::string>& set_cookies;  // secret: never show or keep a value
    std::string_view body;
    bool carried_credential;  // false: a cookie of an earlier login was sent
    std::chrono::system_clock::time_point sent;
    std::chrono::milliseconds took;
};

// Sees every attempt of a target's requests, repeated ones included.
class ExchangeObserver {
  public:
    ExchangeObserver() = default;
    virtual ~ExchangeObserver() = default;
    ExchangeObserver(const ExchangeObserver&) = delete;
    ExchangeObserver& operator=(const ExchangeObserver&) = delete;

    // Called from the threads that send, several at once, before the answer is judged; the sender
    // waits for it.
    virtual void observe(const Exchange& exchange) noexcept = 0;
};

}  // namespace pf::host::prism
