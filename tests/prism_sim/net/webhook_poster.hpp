#pragma once
// Posts bodies to URLs, one after the other in the order in which they came, on one thread.
//
//   WebhookPoster poster({"http://127.0.0.1:8080/hook"}, std::chrono::seconds(1));
//   poster.post(R"({"event_type":"ALERT.CREATE"})");
//
// A post that fails (no answer, or one that is not 2xx) is logged and tried twice more; then it is
// given up and the next one is posted.

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace pf::sim {

class WebhookPoster {
  public:
    /// Bodies that wait at most; those that come while so many wait are dropped, and logged.
    static constexpr std::size_t kMostWaiting = 10'000;

    /// http and https, the latter checked by the CAs of the system. `pause` is that before a post
    /// is tried again. Throws std::invalid_argument for what is no such URL.
    WebhookPoster(std::vector<std::string> urls, std::chrono::milliseconds pause);
    /// What still waits is dropped; a post that is under way ends first, in 5 s at most.
    ~WebhookPoster();
    WebhookPoster(const WebhookPoster&) = delete;
    WebhookPoster& operator=(const WebhookPoster&) = delete;

    /// Never blocks. Any thread.
    void post(std::string body);

  private:
    void run();
    void post_to(const std::string& url, const std::string& body);

    const std::vector<std::string> urls_;
    const std::chrono::milliseconds pause_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<std::string> waiting_;
    bool is_over_ = false;
    std::thread thread_;
};

}  // namespace pf::sim
