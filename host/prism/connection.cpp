#include "host/prism/connection.hpp"

#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPSClientSession.h>
#include <Poco/Net/NetException.h>
#include <Poco/Net/SSLException.h>
#include <Poco/Net/StreamSocketImpl.h>
#include <Poco/String.h>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <string_view>

#include "host/prism/failure.hpp"
#include "host/prism/framing.hpp"
#include "host/prism/head.hpp"
#include "host/prism/printable.hpp"
#include "host/prism/tunnel.hpp"

namespace pf::host::prism {
namespace {

using Poco::Net::HTTPRequest;

// Below what servers and the proxies before them commonly allow.
constexpr std::chrono::seconds keep_idle(8);
constexpr std::size_t header_limit = 64 * 1024;

class AdoptedSocket : public Poco::Net::StreamSocket {
  public:
    explicit AdoptedSocket(int fd) : StreamSocket(new Poco::Net::StreamSocketImpl(fd)) {}
};

std::string text_of(Method method) {
    switch (method) {
        case Method::post:
            return HTTPRequest::HTTP_POST;
        case Method::options:
            return HTTPRequest::HTTP_OPTIONS;
        case Method::get:
            break;
    }
    return HTTPRequest::HTTP_GET;
}

Failed broken(const std::string& what) {
    return Failed(Trouble::network, Status(Code::unavailable, "ERROR_PRISM_UNREACHABLE", what));
}

// No coding was asked for, so none is undone: what a small answer may unpack to is nobody's guess.
void check_coding(const Head& head) {
    for (const std::string& coding : head.values("content-encoding")) {
        if (!coding.empty() && Poco::icompare(coding, "identity") != 0) {
            throw malformed_answer("it is compressed (" + printable(coding, 40) +
                                   "), though it was asked for plain");
        }
    }
}

Descriptor dial_proxy(const Proxy& proxy, Clock::time_point deadline, const Stop& stop,
                      Watch& watch) {
    try {
        return dial(proxy.host, proxy.port, deadline, stop, watch, "the proxy");
    } catch (const Failed& failed) {
        if (failed.trouble() == Trouble::stopped) {
            throw;
        }
        throw Failed(failed.trouble(), Status(failed.status().code(), "ERROR_PROXY",
                                              "the proxy " + host_and_port(proxy.host, proxy.port) +
                                                  ": " + failed.status().message()));
    }
}

std::vector<HeaderField> shown_headers(const Head& head) {
    std::vector<HeaderField> shown;
    for (const char* name : kept_headers) {
        for (std::string& value : head.values(Poco::toLower(std::string(name)))) {
            shown.push_back({name, std::move(value)});
        }
    }
    return shown;
}

// How long the server promises to keep an idle connection, with a second of reserve.
Clock::duration keep_of(const Head& head) {
    const std::string header(head.value("keep-alive"));
    const auto at = header.find("timeout=");
    if (at == std::string::npos) {
        return keep_idle;
    }
    unsigned seconds = 0;
    const char* digits = header.data() + at + 8;
    std::from_chars(digits, header.data() + header.size(), seconds);
    return std::min<Clock::duration>(keep_idle,
                                     std::chrono::seconds(seconds > 0 ? seconds - 1 : 0));
}

// Prism's services name a request in one way, a gateway before them in the other.
std::string_view request_id_in(const Head& head) {
    const std::string_view own = head.value("ntnx-request-id");
    return own.empty() ? head.value("x-request-id") : own;
}

}  // namespace

// Opens what Poco keeps protected: reading straight into our memory, and no hidden reconnect.
class Connection::Http : public Poco::Net::HTTPSClientSession, public ByteSource {
  public:
    explicit Http(const Poco::Net::SecureStreamSocket& socket)
        : HTTPSClientSession(socket.context()), tls_(socket) {
        // Poco reconnects by itself when it thinks it should, and resolves this name for it; then
        // our connect() says no. Its own keep-alive rules are put out of the way as well.
        setHost("127.0.0.1");
        setKeepAlive(true);
        setKeepAliveTimeout(Poco::Timespan(Poco::Timespan::DAYS));
        attachSocket(socket);  // Poco's constructor takes no socket that is connected
    }

    // False when the connection ended without a byte.
    bool wait_for_answer() { return HTTPSession::peek() != std::char_traits<char>::eof(); }

    std::size_t read_some(char* data, std::size_t size) override {
        constexpr std::size_t most = 1 << 20;
        try {
            // Not HTTPSClientSession::read: that one hides a torn connection as a proper end.
            const auto room = static_cast<std::streamsize>(std::min(size, most));
            const int got = HTTPSession::read(data, room);  // NOLINT(bugprone-parent-virtual-call)
            progress();
            return got > 0 ? static_cast<std::size_t>(got) : 0;
        } catch (const Poco::Net::SSLConnectionUnexpectedlyClosedException&) {
            throw Failed(Trouble::cut_short,
                         Status(Code::data_loss, "ERROR_PRISM_ANSWER",
                                "the answer was cut short: the connection was torn"));
        }
    }
    int get() override {
        const int c = HTTPSession::get();
        progress();
        return c;
    }

    void watch(Watch* watch, Clock::duration idle) {
        watch_ = watch;
        idle_ = idle;
    }
    Poco::Net::SecureStreamSocket& tls() { return tls_; }

  protected:
    void connect(const Poco::Net::SocketAddress& /*address*/) override {
        throw Poco::Net::ConnectionResetException("the connection was closed");
    }

  private:
    void progress() {
        if (buffered() == 0) {
            watch_->extend(Clock::now() + idle_);
        }
    }
    Poco::Net::SecureStreamSocket tls_;
    Watch* watch_ = nullptr;
    Clock::duration idle_{};
};

Connection::Connection(Descriptor control, std::unique_ptr<Http> http)
    : control_(std::move(control)),
      http_(std::move(http)),
      idle_since_(Clock::now()),
      keep_(keep_idle) {}

Connection::~Connection() = default;

std::unique_ptr<Connection> Connection::open(const TargetSpec& spec, const Proxy& proxy,
                                             std::chrono::milliseconds limit, const TlsContext& tls,
                                             const Poco::Net::Session::Ptr& resume,
                                             const Stop& stop, Watch& watch) {
    const auto deadline = Clock::now() + limit;
    watch.arm(Watch::Cause::connect, deadline);
    Descriptor control = proxy.host.empty() ? dial(spec.host, spec.port, deadline, stop, watch)
                                            : dial_proxy(proxy, deadline, stop, watch);
    const int fd = ::fcntl(control.get(), F_DUPFD_CLOEXEC, 0);
    if (fd < 0) {
        throw broken(
            "no file descriptor is left for another connection; raise the limit of open "
            "files");
    }
    const AdoptedSocket socket(fd);
    const Watch::Attachment attached(watch, control.get());
    // The handshake is part of connecting, but a busy server may take its time once TCP stands.
    watch.arm(Watch::Cause::connect, Clock::now() + limit);
    if (!proxy.host.empty()) {
        open_tunnel(fd, proxy, host_and_port(spec.host, spec.port), watch);
        watch.arm(Watch::Cause::connect, Clock::now() + limit);
    }
    auto http = std::make_unique<Http>(tls.handshake(socket, resume));
    return std::unique_ptr<Connection>(new Connection(std::move(control), std::move(http)));
}

RawAnswer Connection::exchange(const Outgoing& request, const Limits& limits, Watch& watch,
                               Body& body) {
    const Watch::Attachment attached(watch, control_.get());
    heard_ = complete_ = false;
    watch.arm(Watch::Cause::first_byte, Clock::now() + limits.first_byte);
    http_->watch(&watch, limits.idle);

    HTTPRequest asked(text_of(request.method), request.path, HTTPRequest::HTTP_1_1);
    asked.set("Host", request.host);
    asked.set("Connection", "keep-alive");
    asked.set("Accept", "application/json");
    asked.set("Accept-Encoding", "identity");
    asked.set("User-Agent", "prismforet");
    if (!request.cookie.empty()) {
        asked.set("Cookie", request.cookie);
    }
    if (!request.authorization.empty()) {
        asked.set("Authorization", request.authorization);
    }
    if (!request.api_key.empty()) {
        asked.set("X-ntnx-api-key", request.api_key);
    }
    if (!request.traceparent.empty()) {
        asked.set("traceparent", request.traceparent);
        if (!request.tracestate.empty()) {
            asked.set("tracestate", request.tracestate);
        }
    }
    if (request.method == Method::post) {
        asked.setContentType("application/json");
        asked.setContentLength64(static_cast<Poco::Int64>(request.body.size()));
        http_->sendRequest(asked) << request.body << std::flush;
    } else {
        http_->sendRequest(asked) << std::flush;
    }
    if (http_->networkException() != nullptr || !http_->wait_for_answer()) {
        throw broken("the connection was closed before an answer came");
    }
    heard_ = true;
    watch.arm(Watch::Cause::idle, Clock::now() + limits.idle);

    Received received = receive_answer(*http_, limits.body_bytes, request.is_observed, body);
    ++answers_;
    complete_ = received.keeps_open;
    keep_ = received.keep;
    idle_since_ = Clock::now();
    return std::move(received.answer);
}

Received receive_answer(ByteSource& source, std::uint64_t most_bytes, bool wants_headers,
                        Body& body) {
    const Head head = read_head(source, header_limit);
    Received received;
    RawAnswer& answer = received.answer;
    answer.http = head.http;
    answer.content_type = head.value("content-type");
    answer.retry_after = head.value("retry-after");
    answer.date = head.value("date");
    answer.location = head.value("location");
    answer.redirect_token = head.value("x-redirect-token");
    answer.product = head.value("x-ntnx-product");
    answer.environment = head.value("x-ntnx-env");
    answer.request_id = request_id_in(head);
    answer.set_cookies = head.values("set-cookie");
    if (wants_headers) {
        answer.headers = shown_headers(head);
    }
    check_coding(head);
    const Framing framing =
        framing_of(answer.http, head.values("content-length"), head.values("transfer-encoding"));
    read_body(source, framing, most_bytes, body);
    received.keeps_open = framing.kind != Framing::Kind::until_close && head.keeps_alive();
    received.keep = keep_of(head);
    return received;
}

bool Connection::lost_while_idle() const noexcept { return answers_ > 0 && !heard_; }

bool Connection::usable(Clock::time_point now) const {
    if (!complete_ || now - idle_since_ >= keep_) {
        return false;
    }
    // Bytes that nobody asked for are the server's good-bye, or the end of understanding.
    pollfd look{control_.get(), POLLIN, 0};
    return ::poll(&look, 1, 0) == 0;
}

Poco::Net::Session::Ptr Connection::session() { return http_->tls().currentSession(); }

}  // namespace pf::host::prism
