#pragma once
// Who may ask: Basic credential, API key, or a session cookie given earlier.
// All members may be called from any thread.

#include <chrono>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "tests/prism_sim/config.hpp"
#include "tests/prism_sim/net/message.hpp"

namespace pf::sim {

enum class Admission : std::uint8_t { basic, api_key, cookie, refused, stale_cookie, anonymous };

class Sessions {
  public:
    explicit Sessions(const Config& config);

    /// Decides by the request's headers. A wrong Authorization is refused even beside a good
    /// cookie.
    Admission admit(const Request& request);
    /// The Set-Cookie texts of a new session.
    std::vector<std::string> open();
    /// The same of the session whose cookie was just admitted, prolonged.
    std::vector<std::string> prolong(const Request& request);
    /// A new session as the cookie pairs a client has to send.
    std::string open_for_redirect();
    /// No cookie given so far is accepted any more.
    void expire_all();

  private:
    using Clock = std::chrono::steady_clock;
    struct Session {
        Clock::time_point ends;
        std::uint32_t requests_left;
    };

    /// The token of a request that has every cookie it needs; empty if not.
    [[nodiscard]] std::string_view token_of(std::string_view cookies) const;
    std::string begin();
    [[nodiscard]] std::vector<std::string> set_cookies(const std::string& token) const;
    bool use(const std::string& token);
    void forget_old(Clock::time_point now);

    const std::string basic_;
    const std::string api_key_;
    const std::uint64_t seed_;
    const std::chrono::seconds life_;
    const std::uint32_t requests_;
    const std::vector<std::string_view> names_;
    std::mutex mutex_;
    std::unordered_map<std::string, Session> sessions_;
    std::uint64_t opened_ = 0;
};

}  // namespace pf::sim
