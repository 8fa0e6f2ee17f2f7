#include "tests/prism_sim/net/webhook_poster.hpp"

#include <Poco/Exception.h>
#include <Poco/Net/Context.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/Net/HTTPSClientSession.h>
#include <Poco/NullStream.h>
#include <Poco/StreamCopier.h>
#include <Poco/URI.h>

#include <iostream>
#include <memory>
#include <stdexcept>

namespace pf::sim {
namespace {

constexpr int kTries = 3;
const Poco::Timespan kTimeout(5, 0);

Poco::URI uri_of(const std::string& url) {
    try {
        Poco::URI uri(url);
        const bool is_web = uri.getScheme() == "http" || uri.getScheme() == "https";
        if (is_web && !uri.getHost().empty()) return uri;
    } catch (const Poco::SyntaxException&) {
    }
    throw std::invalid_argument("a webhook is an http or https URL");
}

// Who it is, for the log: the path of a webhook may be a secret.
std::string place_of(const std::string& url) {
    const Poco::URI uri(url);
    return uri.getHost() + ":" + std::to_string(uri.getPort());
}

std::unique_ptr<Poco::Net::HTTPClientSession> session_for(const Poco::URI& uri) {
    if (uri.getScheme() == "http")
        return std::make_unique<Poco::Net::HTTPClientSession>(uri.getHost(), uri.getPort());
    const Poco::Net::Context::Ptr context(new Poco::Net::Context(
        Poco::Net::Context::TLS_CLIENT_USE, "", Poco::Net::Context::VERIFY_STRICT, 9, true));
    return std::make_unique<Poco::Net::HTTPSClientSession>(uri.getHost(), uri.getPort(), context);
}

// Empty, or why it failed.
std::string try_to_post(const Poco::URI& uri, const std::string& body) {
    try {
        const auto session = session_for(uri);
        session->setTimeout(kTimeout);
        const std::string path = uri.getPathAndQuery();
        Poco::Net::HTTPRequest request("POST", path.empty() ? "/" : path, "HTTP/1.1");
        request.setContentType("application/json");
        request.setContentLength64(static_cast<Poco::Int64>(body.size()));
        session->sendRequest(request) << body << std::flush;
        Poco::Net::HTTPResponse response;
        Poco::NullOutputStream nowhere;
        Poco::StreamCopier::copyStream(session->receiveResponse(response), nowhere);
        const int status = response.getStatus();
        return status / 100 == 2 ? "" : "it answered " + std::to_string(status);
    } catch (const Poco::Exception& problem) {
        return problem.displayText();
    }
}

}  // namespace

WebhookPoster::WebhookPoster(std::vector<std::string> urls, std::chrono::milliseconds pause)
    : urls_(std::move(urls)), pause_(pause) {
    for (const std::string& url : urls_) uri_of(url);
    thread_ = std::thread([this] { run(); });
}

WebhookPoster::~WebhookPoster() {
    {
        const std::lock_guard lock(mutex_);
        is_over_ = true;
    }
    changed_.notify_all();
    thread_.join();
}

void WebhookPoster::post(std::string body) {
    {
        const std::lock_guard lock(mutex_);
        if (waiting_.size() >= kMostWaiting) {
            std::cerr << "prism-sim: a change is not posted, " << kMostWaiting << " wait already\n";
            return;
        }
        waiting_.push_back(std::move(body));
    }
    changed_.notify_all();
}

void WebhookPoster::run() {
    while (true) {
        std::string body;
        {
            std::unique_lock lock(mutex_);
            changed_.wait(lock, [this] { return is_over_ || !waiting_.empty(); });
            if (is_over_) return;
            body = std::move(waiting_.front());
            waiting_.pop_front();
        }
        for (const std::string& url : urls_) post_to(url, body);
    }
}

void WebhookPoster::post_to(const std::string& url, const std::string& body) {
    const Poco::URI uri = uri_of(url);
    for (int i = 1; i <= kTries; ++i) {
        const std::string problem = try_to_post(uri, body);
        if (problem.empty()) return;
        std::cerr << "prism-sim: try " << i << " of " << kTries << " to post to " << place_of(url)
                  << " failed: " << problem << "\n";
        std::unique_lock lock(mutex_);
        const bool is_last = i == kTries;
        if (is_last || changed_.wait_for(lock, pause_, [this] { return is_over_; })) return;
    }
}

}  // namespace pf::sim
