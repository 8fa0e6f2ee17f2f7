#include "host/observe/status_server.hpp"

#include <Poco/Exception.h>
#include <Poco/Net/HTTPRequestHandler.h>
#include <Poco/Net/HTTPRequestHandlerFactory.h>
#include <Poco/Net/HTTPServer.h>
#include <Poco/Net/HTTPServerParams.h>
#include <Poco/Net/HTTPServerRequest.h>
#include <Poco/Net/HTTPServerResponse.h>
#include <Poco/Net/ServerSocket.h>
#include <Poco/ThreadPool.h>

#include <utility>

#include "host/observe/log.hpp"

namespace pf::host::observe {
namespace {

namespace net = Poco::Net;
using Pages = std::map<std::string, StatusPage>;

// More askers than probes, Prometheus and a few people wait their turn.
constexpr int most_threads = 4;
constexpr int most_waiting = 16;
constexpr long patience_s = 5;

StatusAnswer plain(int status, std::string text) {
    return {status, "text/plain; charset=utf-8", std::move(text)};
}

// The host of "localhost:8080", "[::1]:8080" or "127.0.0.1".
std::string host_of(const std::string& host) {
    if (host.starts_with('[')) {
        return host.substr(1, host.find(']') - 1);
    }
    return host.substr(0, host.find(':'));
}

bool is_loopback_name(const std::string& host) {
    const std::string name = host_of(host);
    return name == "localhost" || name == "127.0.0.1" || name == "::1";
}

StatusAnswer answer_to(const net::HTTPServerRequest& request, const Pages& pages,
                       bool is_on_loopback) {
    if (is_on_loopback && !is_loopback_name(request.getHost())) {
        return plain(421, "this port answers requests to localhost only\n");
    }
    const std::string path = request.getURI().substr(0, request.getURI().find('?'));
    const auto page = pages.find(path);
    if (page == pages.end()) {
        std::string text = "there are:\n";
        for (const auto& [known, unused] : pages) {
            text += known + '\n';
        }
        return plain(404, text);
    }
    try {
        return page->second();
    } catch (const std::exception& error) {
        log(Level::error, "status.page", {{"path", path}, {"text", error.what()}});
        return plain(500, "the page could not be made; the log says why\n");
    }
}

void send(const StatusAnswer& answer, net::HTTPServerResponse& response, bool has_body) {
    response.setStatusAndReason(static_cast<net::HTTPResponse::HTTPStatus>(answer.status));
    response.setContentType(answer.type);
    response.set("Cache-Control", "no-store");
    response.set("Content-Security-Policy", "default-src 'none'");
    response.set("X-Content-Type-Options", "nosniff");
    if (has_body) {
        response.sendBuffer(answer.body.data(), answer.body.size());
    } else {
        response.setContentLength64(static_cast<Poco::Int64>(answer.body.size()));
        response.send();
    }
}

class Handler final : public net::HTTPRequestHandler {
  public:
    Handler(const Pages& pages, bool is_on_loopback)
        : pages_(pages), is_on_loopback_(is_on_loopback) {}

    void handleRequest(net::HTTPServerRequest& request,
                       net::HTTPServerResponse& response) override {
        const bool is_head = request.getMethod() == net::HTTPRequest::HTTP_HEAD;
        if (!is_head && request.getMethod() != net::HTTPRequest::HTTP_GET) {
            response.set("Allow", "GET, HEAD");
            return send(plain(405, "GET and HEAD only\n"), response, true);
        }
        send(answer_to(request, pages_, is_on_loopback_), response, !is_head);
    }

  private:
    const Pages& pages_;
    const bool is_on_loopback_;
};

class Factory final : public net::HTTPRequestHandlerFactory {
  public:
    Factory(Pages pages, bool is_on_loopback)
        : pages_(std::move(pages)), is_on_loopback_(is_on_loopback) {}

    net::HTTPRequestHandler* createRequestHandler(const net::HTTPServerRequest&) override {
        return new Handler(pages_, is_on_loopback_);  // Poco deletes it
    }

  private:
    const Pages pages_;
    const bool is_on_loopback_;
};

net::HTTPServerParams::Ptr settings() {
    net::HTTPServerParams::Ptr made = new net::HTTPServerParams;
    made->setMaxThreads(most_threads);
    made->setMaxQueued(most_waiting);
    made->setTimeout(Poco::Timespan(patience_s, 0));
    made->setKeepAlive(false);
    return made;
}

Status no_address(const std::string& address, const std::string& why) {
    return {Code::invalid_argument, "ERROR_LISTEN_ADDRESS",
            "serve.status: '" + address + "' is no address to listen on (" + why +
                "); write host:port, e.g. 127.0.0.1:8080"};
}

}  // namespace

struct StatusServer::State {
    State(const net::ServerSocket& socket, Pages pages)
        : address(socket.address().toString()),
          server(new Factory(std::move(pages), socket.address().host().isLoopback()), threads,
                 socket, settings()) {}

    std::string address;
    Poco::ThreadPool threads{"pf-status", 1, most_threads};
    net::HTTPServer server;
};

Result<std::unique_ptr<StatusServer>> StatusServer::start(const std::string& address,
                                                          std::map<std::string, StatusPage> pages) {
    net::SocketAddress place;
    try {
        place = net::SocketAddress(address);
    } catch (const Poco::Exception& error) {
        return no_address(address, error.displayText());
    }
    try {
        net::ServerSocket socket;
        socket.bind(place, true, false);  // a port that another process has is not shared
        socket.listen(most_waiting);
        auto state = std::make_unique<State>(socket, std::move(pages));
        state->server.start();
        return std::unique_ptr<StatusServer>(new StatusServer(std::move(state)));
    } catch (const Poco::Exception& error) {
        return Status(Code::failed_precondition, "ERROR_LISTEN",
                      "serve.status: cannot listen on " + address + ": " + error.displayText() +
                          "; choose another address or end what uses it");
    }
}

StatusServer::StatusServer(std::unique_ptr<State> state) : state_(std::move(state)) {}
StatusServer::~StatusServer() {
    state_->server.stopAll(false);
    state_->threads.joinAll();
}
const std::string& StatusServer::address() const noexcept { return state_->address; }

}  // namespace pf::host::observe
