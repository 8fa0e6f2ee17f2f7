#include "host/prism/probe.hpp"

#include <Poco/Exception.h>
#include <openssl/ssl.h>

#include <algorithm>

#include "host/prism/address.hpp"
#include "host/prism/certificate.hpp"
#include "host/prism/failure.hpp"
#include "host/prism/printable.hpp"
#include "host/prism/target.hpp"
#include "host/prism/tls.hpp"
#include "host/prism/tunnel.hpp"
#include "host/prism/woken.hpp"

namespace pf::host::prism {
namespace {

constexpr int longest_chain = 10;

// Where a connection goes to first: the target, or the proxy on the way.
struct Hop {
    const std::string& host;
    std::uint16_t port;
    bool is_proxy;
    const char* whom;
};

Hop first_hop(const TargetSpec& spec) {
    return spec.proxy && !spec.proxy->host.empty()
               ? Hop{spec.proxy->host, spec.proxy->port, true, "the proxy"}
               : Hop{spec.host, spec.port, false, "Prism Central"};
}

std::vector<Address> addresses_of(const TargetSpec& spec, const Stop& stop) {
    const Hop hop = first_hop(spec);
    return resolve(hop.host, hop.port, Clock::now() + spec.limits.connect, stop);
}

TlsFacts shown_by(ssl_st& ssl) {
    TlsFacts facts;
    facts.version = SSL_get_version(&ssl);
    const char* cipher = SSL_get_cipher_name(&ssl);
    facts.cipher = cipher == nullptr ? "?" : cipher;
    STACK_OF(X509)* chain = SSL_get_peer_cert_chain(&ssl);
    const int count = chain == nullptr ? 0 : std::min(sk_X509_num(chain), longest_chain);
    for (int i = 0; i < count; ++i) {
        facts.chain.push_back(facts_of(*sk_X509_value(chain, i)));
    }
    return facts;
}

// Runs `work`; what it throws, or what ended `watch`, becomes a Status.
template <class Work>
Status guarded(const TargetSpec& spec, const Stop& stop, const Watch& watch, const Work& work) {
    std::string broken;
    try {
        work();
        return Status();
    } catch (const Failed& failed) {
        if (failed.trouble() != Trouble::network && watch.fired() == Watch::Cause::none) {
            return failed.status();
        }
        broken = failed.status().message();
    } catch (const Poco::Exception& error) {
        broken = printable(error.displayText(), 200);
    } catch (const std::exception& error) {
        broken = printable(error.what(), 200);
    }
    return why_woken(watch, stop, spec.limits, broken).status();
}

}  // namespace

Result<std::vector<std::string>> find_addresses(const TargetSpec& spec, const Stop& stop) {
    try {
        std::vector<std::string> texts;
        for (const Address& address : addresses_of(spec, stop)) {
            texts.push_back(address.text());
        }
        return texts;
    } catch (const Failed& failed) {
        return failed.status();
    }
}

std::vector<TcpTrial> try_addresses(const TargetSpec& spec, const Stop& stop) {
    std::vector<TcpTrial> trials;
    try {
        for (const Address& address : addresses_of(spec, stop)) {
            const auto began = Clock::now();
            const auto deadline = began + spec.limits.connect;
            Watch watch(Watchdog::shared(), stop, deadline);
            int error = 0;
            const Descriptor socket = connect_to(address, deadline, watch, error);
            TcpTrial& trial = trials.emplace_back();
            trial.address = address.text();
            trial.took =
                std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - began);
            if (stop.requested()) {
                trial.failure = stop.why();
                break;
            }
            if (error != 0) {
                trial.failure = Status(Code::unavailable, "ERROR_PRISM_UNREACHABLE",
                                       connect_error(error, first_hop(spec).whom));
            }
        }
    } catch (const Failed&) {
        trials.clear();  // find_addresses() tells why there are none
    }
    return trials;
}

Status check_tls_settings(const TargetSpec& spec) {
    return TlsContext::make(spec.host, spec.tls).status();
}

Result<TlsFacts> look_at_tls(const TargetSpec& spec, const Stop& stop) {
    auto tls = TlsContext::make(spec.host, spec.tls);
    if (!tls) {
        return tls.status();
    }
    const auto connected_by = Clock::now() + spec.limits.connect;
    // As collecting does it: TCP and TLS have the time of connecting each.
    Watch watch(Watchdog::shared(), stop, connected_by + spec.limits.connect);
    watch.arm(Watch::Cause::connect, connected_by);
    TlsFacts facts;
    const Status failure = guarded(spec, stop, watch, [&] {
        const Hop hop = first_hop(spec);
        const Descriptor socket = dial(hop.host, hop.port, connected_by, stop, watch, hop.whom);
        const Watch::Attachment attached(watch, socket.get());
        if (hop.is_proxy) {
            watch.arm(Watch::Cause::connect, Clock::now() + spec.limits.connect);
            open_tunnel(socket.get(), *spec.proxy, host_and_port(spec.host, spec.port), watch);
        }
        watch.arm(Watch::Cause::connect, Clock::now() + spec.limits.connect);
        Status refusal = (*tls)->inspect(socket.get(), [&](ssl_st& ssl) { facts = shown_by(ssl); });
        facts.refusal = std::move(refusal);
    });
    if (!failure.ok()) {
        return failure;
    }
    return facts;
}

}  // namespace pf::host::prism
