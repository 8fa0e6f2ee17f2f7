#pragma once
// Who may ask: Basic credential, API key, or a session cookie given earlier.
// All members may be called from any thread.

#include <chrono>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

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
    /// The Set-Cookie text of a new session.
    std::string open();
    /// No cookie given so far is accepted any more.
    void expire_all();

  private:
    using Clock = std::chrono::steady_clock;
    struct Session {
        Clock::time_point ends;
        std::uint32_t requests_left;
    };

    bool use(const std::string& token);
    void forget_old(Clock::time_point now);

    const std::string basic_;
    const std::string api_key_;
    const std::uint64_t seed_;
    const std::chrono::seconds life_;
    const std::uint32_t requests_;
    std::mutex mutex_;
    std::unordered_map<std::string, Session> sessions_;
    std::uint64_t opened_ = 0;
};

}  // namespace pf::sim
