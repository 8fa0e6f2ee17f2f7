#pragma once
// A plain HTTP server on a free port that keeps what is posted to it, for tests.

#include <Poco/Net/HTTPRequestHandler.h>
#include <Poco/Net/HTTPRequestHandlerFactory.h>
#include <Poco/Net/HTTPServer.h>
#include <Poco/Net/HTTPServerRequest.h>
#include <Poco/Net/HTTPServerResponse.h>
#include <Poco/Net/ServerSocket.h>
#include <Poco/StreamCopier.h>

#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <string>
#include <vector>

namespace pf::sim {

class WebhookReceiver {
  public:
    /// The first answers have these statuses, all others 200.
    explicit WebhookReceiver(std::deque<int> statuses = {})
        : statuses_(std::move(statuses)),
          socket_(Poco::Net::SocketAddress("127.0.0.1", 0)),
          server_(new Factory(*this), socket_, new Poco::Net::HTTPServerParams) {
        server_.start();
    }
    ~WebhookReceiver() { server_.stopAll(true); }
    WebhookReceiver(const WebhookReceiver&) = delete;
    WebhookReceiver& operator=(const WebhookReceiver&) = delete;

    [[nodiscard]] std::string url() const {
        return "http://127.0.0.1:" + std::to_string(socket_.address().port()) + "/hook?key=1";
    }
    /// The bodies so far, once there are so many; fewer when they do not come in a minute.
    std::vector<std::string> bodies(std::size_t count) {
        std::unique_lock lock(mutex_);
        came_.wait_for(lock, std::chrono::minutes(1), [&] { return bodies_.size() >= count; });
        return bodies_;
    }
    /// "POST /hook?key=1 application/json" of the last request.
    std::string last_request() {
        const std::lock_guard lock(mutex_);
        return last_request_;
    }

  private:
    class Handler final : public Poco::Net::HTTPRequestHandler {
      public:
        explicit Handler(WebhookReceiver& owner) : owner_(owner) {}
        void handleRequest(Poco::Net::HTTPServerRequest& request,
                           Poco::Net::HTTPServerResponse& response) override {
            std::string body;
            Poco::StreamCopier::copyToString(request.stream(), body);
            response.setStatus(static_cast<Poco::Net::HTTPResponse::HTTPStatus>(owner_.keep(
                request.getMethod() + " " + request.getURI() + " " + request.getContentType(),
                std::move(body))));
            response.setContentLength(0);
            response.send();
        }

      private:
        WebhookReceiver& owner_;
    };
    class Factory final : public Poco::Net::HTTPRequestHandlerFactory {
      public:
        explicit Factory(WebhookReceiver& owner) : owner_(owner) {}
        Poco::Net::HTTPRequestHandler* createRequestHandler(
            const Poco::Net::HTTPServerRequest&) override {
            return new Handler(owner_);
        }

      private:
        WebhookReceiver& owner_;
    };

    // The status to answer with.
    int keep(std::string request, std::string body) {
        const std::lock_guard lock(mutex_);
        last_request_ = std::move(request);
        bodies_.push_back(std::move(body));
        came_.notify_all();
        if (statuses_.empty()) return 200;
        const int status = statuses_.front();
        statuses_.pop_front();
        return status;
    }

    std::mutex mutex_;
    std::condition_variable came_;
    std::deque<int> statuses_;
    std::vector<std::string> bodies_;
    std::string last_request_;
    Poco::Net::ServerSocket socket_;
    Poco::Net::HTTPServer server_;
};

}  // namespace pf::sim
