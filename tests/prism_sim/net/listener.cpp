#include "tests/prism_sim/net/listener.hpp"

#include <Poco/Exception.h>
#include <Poco/Net/Context.h>
#include <Poco/Net/HTTPRequestHandler.h>
#include <Poco/Net/HTTPRequestHandlerFactory.h>
#include <Poco/Net/HTTPServer.h>
#include <Poco/Net/HTTPServerRequestImpl.h>
#include <Poco/Net/HTTPServerResponse.h>
#include <Poco/Net/SecureServerSocket.h>
#include <Poco/ThreadPool.h>
#include <openssl/ssl.h>

#include <csignal>
#include <istream>
#include <stdexcept>

#include "tests/prism_sim/net/answer_sender.hpp"
#include "tests/prism_sim/net/live_connections.hpp"
#include "tests/prism_sim/net/trace_counts.hpp"

namespace pf::sim {
namespace {

namespace net = Poco::Net;

constexpr int kBacklog = 512;
constexpr std::size_t kLargestRequestBody = 1 << 20;

// OpenSSL writes with write(2): a peer that left would raise SIGPIPE. Threads inherit the mask of
// the thread that creates them, so it is blocked only while the server starts.
class BlockSigpipe {
  public:
    BlockSigpipe() {
        sigset_t pipe_only;
        sigemptyset(&pipe_only);
        sigaddset(&pipe_only, SIGPIPE);
        pthread_sigmask(SIG_BLOCK, &pipe_only, &before_);
    }
    ~BlockSigpipe() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
    BlockSigpipe(const BlockSigpipe&) = delete;
    BlockSigpipe& operator=(const BlockSigpipe&) = delete;

  private:
    sigset_t before_{};
};

// What a modern OpenSSL refuses to do by itself.
void allow_weakness(SSL_CTX* raw) {
    SSL_CTX_set_security_level(raw, 0);
    SSL_CTX_set_cipher_list(raw, "ALL:@SECLEVEL=0");
}

void choose_protocol(SSL_CTX* raw, const std::string& newest) {
    if (newest == "1.2") SSL_CTX_set_max_proto_version(raw, TLS1_2_VERSION);
    if (newest != "1.1") return;
    allow_weakness(raw);
    SSL_CTX_clear_options(raw, SSL_OP_NO_TLSv1 | SSL_OP_NO_TLSv1_1);
    SSL_CTX_set_min_proto_version(raw, TLS1_VERSION);
    SSL_CTX_set_max_proto_version(raw, TLS1_1_VERSION);
}

net::Context::Ptr make_context(const Config& config, const Certificates& certificates) {
    net::Context::Ptr context(
        new net::Context(net::Context::TLS_SERVER_USE, "", net::Context::VERIFY_NONE));
    context->requireMinimumProtocol(net::Context::PROTO_TLSV1_2);
    context->enableSessionCache(true, "prism-sim");
    SSL_CTX* raw = context->sslContext();
    choose_protocol(raw, config.newest_tls);
    if (config.certificate != CertificateFlaw::none) allow_weakness(raw);
    if (SSL_CTX_use_certificate(raw, certificates.server.get()) != 1 ||
        SSL_CTX_use_PrivateKey(raw, certificates.server_key.get()) != 1 ||
        (certificates.issuer && SSL_CTX_add1_chain_cert(raw, certificates.issuer.get()) != 1))
        throw std::runtime_error("OpenSSL refuses the certificate made for the simulator");
    return context;
}

std::string read_body(net::HTTPServerRequest& request) {
    if (!request.hasContentLength() && !request.getChunkedTransferEncoding()) return {};
    std::string body;
    char block[4096];
    std::istream& stream = request.stream();
    while (body.size() < kLargestRequestBody &&
           (stream.read(block, sizeof block), stream.gcount() > 0))
        body.append(block, static_cast<std::size_t>(stream.gcount()));
    return body;
}

Request to_request(net::HTTPServerRequest& from) {
    Request request;
    request.method = from.getMethod();
    set_target(request, from.getURI());
    request.host = from.get("Host", "localhost");
    request.authorization = from.get("Authorization", "");
    request.cookie = from.get("Cookie", "");
    request.api_key = from.get("X-ntnx-api-key", "");
    request.body = read_body(from);
    return request;
}

class Handler final : public net::HTTPRequestHandler {
  public:
    Handler(Simulation& simulation, LiveConnections& live, TraceCounts& traces)
        : simulation_(simulation), live_(live), traces_(traces) {}

    void handleRequest(net::HTTPServerRequest& poco_request,
                       net::HTTPServerResponse& poco_response) override {
        // The answer goes to the socket in one piece: Poco's streams would cut it into 8 kB writes.
        net::StreamSocket& socket =
            dynamic_cast<net::HTTPServerRequestImpl&>(poco_request).socket();
        const LiveConnections::Served served(live_, socket.impl()->sockfd());
        bool is_reusable = false;
        try {
            const Request request = to_request(poco_request);
            if (!request.path.starts_with("/sim/")) {
                traces_.note(poco_request.get("traceparent", ""),
                             poco_request.get("tracestate", ""));
            }
            thread_local Response response;
            simulation_.answer(request, response);
            ByteSink sink(socket, live_);
            is_reusable =
                send_answer(sink, response, request.method == "HEAD", poco_response.getKeepAlive());
        } catch (const Poco::Exception&) {
            // The peer is gone or the simulator stops: nobody is left to tell.
        }
        poco_response.setKeepAlive(is_reusable);
    }

  private:
    Simulation& simulation_;
    LiveConnections& live_;
    TraceCounts& traces_;
};

class HandlerFactory final : public net::HTTPRequestHandlerFactory {
  public:
    HandlerFactory(Simulation& simulation, LiveConnections& live, TraceCounts& traces)
        : simulation_(simulation), live_(live), traces_(traces) {}
    net::HTTPRequestHandler* createRequestHandler(const net::HTTPServerRequest&) override {
        return new Handler(simulation_, live_, traces_);
    }

  private:
    Simulation& simulation_;
    LiveConnections& live_;
    TraceCounts& traces_;
};

net::HTTPServerParams::Ptr make_params(const Config& config) {
    net::HTTPServerParams::Ptr params(new net::HTTPServerParams);
    params->setMaxThreads(static_cast<int>(config.max_threads));
    params->setMaxQueued(kBacklog);
    params->setKeepAlive(true);
    params->setKeepAliveTimeout(Poco::Timespan(config.keep_alive.count(), 0));
    // A slow reader must not be cut off: only an idle connection is.
    params->setTimeout(Poco::Timespan(600, 0));
    return params;
}

net::SecureServerSocket listen(const Config& config, const net::Context::Ptr& context) {
    net::SecureServerSocket socket(context);
    // Without SO_REUSEPORT, so that a port in use is an error.
    socket.bind(net::SocketAddress(config.listen, config.port), true, false);
    // Accepted sockets inherit it; without it an answer's last segment waits for an
    // acknowledgement.
    socket.setNoDelay(true);
    socket.listen(kBacklog);
    return socket;
}

}  // namespace

struct Listener::Impl {
    Impl(const Config& config, Simulation& sim, const Certificates& certificates)
        : simulation(sim),
          context(make_context(config, certificates)),
          socket(listen(config, context)),
          pool(2, static_cast<int>(config.max_threads) + 1),
          server(new HandlerFactory(sim, live, traces), pool, socket, make_params(config)) {
        simulation.set_stats_source([this] { return stats(); });
        server.start();
    }

    [[nodiscard]] Stats stats() const {
        Stats all = simulation.stats();
        all.sent_bytes = live.sent();
        all.connections = static_cast<std::uint64_t>(server.totalConnections());
        all.tls_resumptions = static_cast<std::uint64_t>(SSL_CTX_sess_hits(context->sslContext()));
        traces.add_to(all);
        return all;
    }

    Simulation& simulation;
    LiveConnections live;
    TraceCounts traces;
    net::Context::Ptr context;
    net::SecureServerSocket socket;
    Poco::ThreadPool pool;
    net::HTTPServer server;
    bool is_stopped = false;
};

Listener::Listener(const Config& config, Simulation& simulation, const Certificates& certificates) {
    const BlockSigpipe blocked;
    try {
        impl_ = std::make_unique<Impl>(config, simulation, certificates);
    } catch (const Poco::Exception& problem) {
        throw std::runtime_error("cannot listen on " + config.listen + " port " +
                                 std::to_string(config.port) + ": " + problem.displayText());
    }
}

Listener::~Listener() { stop(); }

std::uint16_t Listener::port() const { return impl_->server.port(); }

Stats Listener::stats() const { return impl_->stats(); }

void Listener::stop() {
    if (impl_->is_stopped) return;
    impl_->is_stopped = true;
    impl_->live.stop();
    impl_->server.stopAll(false);
    impl_->pool.joinAll();
}

}  // namespace pf::sim
