// A Target: one Prism Central as this process sees it, for one credential.
//
// Sessions, login cookies, negotiated API versions and shared caches are shared by all targets that
// name the same host, TLS settings and credential, through `Targets`. Requests at once and per
// second are shared by all that name the same host and port, whatever the credential.
// All functions are safe from any thread. Blocking ones wake on the Stop they are given.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "host/base/secret.hpp"
#include "host/base/status.hpp"
#include "host/base/stop.hpp"
#include "host/prism/body.hpp"
#include "host/prism/meter.hpp"
#include "host/prism/proxy.hpp"

namespace pf::host::prism {

class ExchangeObserver;
class SharedCache;

struct TlsSettings {
    bool verify = true;   // false only when an operator said so
    std::string ca_pem;   // PEM text; newlines may have been lost in a form
    std::string ca_file;  // path; used when ca_pem is empty
    std::string
        pin_sha256;  // hex digest of the server's certificate (DER); replaces the chain check
};

// Either username and password, or api_key.
struct Credential {
    std::string username;
    Secret password;
    Secret api_key;
};

struct Limits {
    // Of the process towards one host and port. Of several runs that say different things, the
    // smallest of those going on holds for all of them.
    std::uint32_t sessions = 8;   // connections kept, and pages of a list fetched at once
    std::uint32_t in_flight = 8;  // requests at once
    double per_second = 20.0;     // requests per second; 0 = no limit
    // The others are each run's own.
    std::uint32_t tries = 5;  // attempts per request, the first included
    // Of one attempt: TCP and TLS each, first byte of the answer, silence in it, all of it.
    std::chrono::milliseconds connect{5000};
    std::chrono::milliseconds first_byte{60000};
    std::chrono::milliseconds idle{30000};
    std::chrono::milliseconds total{120000};
    std::chrono::milliseconds backoff_base{500};
    std::chrono::milliseconds backoff_cap{30000};
    std::uint64_t body_bytes = 64ull << 20;
    std::uint64_t prefetch_bytes = 16ull << 20;  // pages waiting per list
};

struct TargetSpec {
    std::string host;
    std::uint16_t port = 9440;
    TlsSettings tls;
    Credential credential;
    // The way there; absent: the rules of Targets decide.
    std::optional<Proxy> proxy;
    Limits limits;
    // Sees every exchange of the target; may be null. That of the first caller holds.
    std::shared_ptr<ExchangeObserver> observer;
};

enum class Method { get, post, options };

// One read. `path` begins with '/', holds the query, and is already percent-encoded.
// Only GET, OPTIONS and v3 list POSTs leave this program: all may be repeated.
struct Request {
    Method method = Method::get;
    std::string path;
    std::string body;  // JSON, for post
};

struct Response {
    int status = 0;  // HTTP status, 200..299
    Body body;
};

// Which generations of Prism's API may be used.
enum class ApiWish {
    automatic,  // v4 where it is served, else v3
    v4,
    v3,
};

// By which API something was read.
struct ApiUse {
    std::string resource;       // "ahv/config/vms"
    std::string api_namespace;  // "vmm"
    std::string version;        // "v4.3", "v4.0.b1", "v3"
    std::string reason;         // why no general release of v4; empty when it is one
};

// What the answers' headers say about their origin; empty as long as none did.
struct Origin {
    std::string environment;  // "pc", or "pe" for a Prism Element
    std::string product;      // "pc.2024.3.0.1"
};

// Who a Prism Central says it is.
struct PrismCentral {
    std::string uuid;  // lower case
    std::string name;
    std::string version;  // e.g. "pc.7.5"; empty when unknown
};

class Target {
  public:
    // One that shares nothing; `key` names its credential in the memory of refused ones.
    Target(TargetSpec spec, std::uint64_t key);
    ~Target();
    Target(const Target&) = delete;
    Target& operator=(const Target&) = delete;

    // "host:port", for messages and task options.
    const std::string& name() const noexcept;
    // What it was made from, without password, API key and the proxy's user.
    const TargetSpec& spec() const noexcept;
    // Requests to this Prism Central, of whoever, that wait for their turn now.
    std::size_t waiting() const;

    // Sends one read with login, limits, retries and deadlines; 2xx or a Status, which does not
    // name the target (nor do those of the functions below): who asked knows it.
    //   UNAUTHENTICATED    ERROR_INVALID_CREDENTIALS
    //   PERMISSION_DENIED  ERROR_PRISM_PERMISSION
    //   NOT_FOUND          ERROR_PRISM_NOT_FOUND
    //   INVALID_ARGUMENT   ERROR_PRISM_REQUEST, ERROR_TLS (the CA or the pin cannot be used)
    //   UNAVAILABLE        ERROR_PRISM_UNREACHABLE (DNS, TCP, deadlines), ERROR_TLS
    //   UNAVAILABLE        ERROR_PRISM_UNAVAILABLE (5xx)
    //   UNAVAILABLE, FAILED_PRECONDITION  ERROR_PROXY (the proxy is down, or refuses)
    //   RESOURCE_EXHAUSTED ERROR_PRISM_RATE_LIMIT, ERROR_PRISM_TOO_LARGE
    //   DATA_LOSS          ERROR_PRISM_ANSWER (not JSON, cut short, redirected)
    // or the reason of `stop`. A 2xx body begins like JSON but is not parsed here. A redirect
    // with a token of Prism is followed once when it stays on this host and port; no other is. A
    // refused credential is not sent again by this process for ten minutes. `meter` counts requests
    // and waiting; it outlives the call.
    Result<Response> send(const Request& request, const Stop& stop, Meter& meter);

    // The general release to put into a v4 path of `api_namespace` ("vmm"), e.g. "v4.2". Asked once
    // (OPTIONS unversioned/info, then probing), shared, remembered for an hour; that there is none,
    // for ten minutes. `list` is what to probe when this program knows no list of the namespace:
    // a path behind the version ("/config/things?$limit=1"); empty = nothing.
    // NOT_FOUND ERROR_PRISM_API_ABSENT means absent; any other failure says nothing about that.
    Result<std::string> version(const std::string& api_namespace, const Stop& stop, Meter& meter,
                                const std::string& list = {});
    // The same for a beta ("v4.0.b1"), for who finds no general release and no v3.
    Result<std::string> beta_version(const std::string& api_namespace, const Stop& stop,
                                     Meter& meter, const std::string& list = {});
    // The remembered versions of `api_namespace` turned out wrong: the next question asks Prism.
    void forget_version(const std::string& api_namespace);

    // Keeps by which API a resource was read last. A namespace's API is logged when it is new.
    void note_use(const ApiUse& use);
    // What note_use() was told last of each resource, in the order of first use.
    std::vector<ApiUse> uses() const;
    // What answers said about their origin so far; never asks.
    Origin origin() const;

    // Logs in if needed and asks who this is, by v4 or v3 as `wish` allows; shared and remembered
    // for an hour. Both generations give the same UUID. Without a known UUID it fails: the account
    // of every row hangs on it. FAILED_PRECONDITION:
    //   ERROR_PRISM_ELEMENT     this is a Prism Element
    //   ERROR_PRISM_IDENTITY    a Prism Central that does not show its UUID to this user
    //   ERROR_PRISM_API_ABSENT  neither generation is served, or not the one wished for
    Result<PrismCentral> identify(const Stop& stop, Meter& meter,
                                  ApiWish wish = ApiWish::automatic);

    // What runs share by key (look-up tables, small lists).
    SharedCache& cache() noexcept;

  private:
    friend class Fetch;
    friend class IdentityQuestion;
    friend class Negotiation;
    friend class Pages;
    friend class Targets;
    struct State;  // shared
    struct Use;    // of this object alone
    Target(TargetSpec spec, std::shared_ptr<State> state);
    std::shared_ptr<State> state_;
    std::unique_ptr<Use> use_;
};

// The targets of this process. Thread-safe. What belongs to one is dropped when nobody has used it
// for ten minutes.
class Targets {
  public:
    // `proxies` is for targets that say nothing about a proxy.
    explicit Targets(ProxyRules proxies = {});
    ~Targets();
    // A Target with the limits of `spec`, which shares everything else with the others of the same
    // host, port, TLS and credential. Whether they are the same is told by a salted digest, so that
    // no credential is kept for comparing. Keep it as long as the run: its limits on requests at
    // once and per second hold for everybody while it lives.
    std::shared_ptr<Target> acquire(const TargetSpec& spec);

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace pf::host::prism
