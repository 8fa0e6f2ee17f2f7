// Login: who may send what to prove who we are.
//
// The first request of a target carries the credential while all others wait; when Prism answers it
// with cookies, those are sent instead from then on. A refused cookie makes one request log in
// again while the others wait. A refused credential is remembered for the whole process.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "host/base/secret.hpp"
#include "host/base/status.hpp"
#include "host/base/stop.hpp"
#include "host/prism/cookies.hpp"
#include "host/prism/target.hpp"

namespace pf::host::prism {

// Thread-safe.
class Login {
  public:
    // `key` names the credential in the memory of refused ones.
    Login(const Credential& credential, std::uint64_t key);

    // Leave to send one request. One of the three texts is not empty. A pass that dies without
    // answered() or refused() says that nothing is known, and lets another one try to log in.
    class Pass {
      public:
        Pass(Pass&& other) noexcept
            : login_(std::exchange(other.login_, nullptr)),
              generation_(other.generation_),
              leads_(other.leads_),
              cookie_(std::move(other.cookie_)) {}
        Pass& operator=(Pass&&) = delete;
        ~Pass();
        bool carries_credential() const noexcept { return cookie_.empty(); }
        const std::string& cookie() const noexcept { return cookie_; }

      private:
        friend class Login;
        Pass(Login* login, std::uint64_t generation, bool leads, std::string cookie)
            : login_(login), generation_(generation), leads_(leads), cookie_(std::move(cookie)) {}
        Login* login_;
        std::uint64_t generation_;
        bool leads_;  // this one logs in; others wait for it
        std::string cookie_;
    };

    // Waits while another request logs in. UNAUTHENTICATED at once for a refused credential.
    Result<Pass> begin(const Stop& stop);
    // The request was let in (any status but 401). Takes its cookies.
    void answered(Pass pass, const std::vector<std::string>& set_cookies);
    // The answer was 401. OK means: begin again, the state has changed or may change. Otherwise
    // the credential is refused for good; `said` is Prism's own explanation, may be empty.
    Status refused(Pass pass, const std::string& said);

    // The Authorization header's value and the API key; one of them is empty.
    std::string authorization() const;
    std::string api_key() const { return std::string(api_key_.reveal()); }

  private:
    enum class State { out, logging_in, in };
    void let_go(const Pass& pass);

    Secret basic_;  // "Basic ..."
    Secret api_key_;
    std::string username_;
    const std::uint64_t key_;

    std::mutex mutex_;
    std::condition_variable_any changed_;
    State state_ = State::out;
    Cookies cookies_;
    std::uint64_t generation_ = 0;  // of logins; a 401 for an older one proves nothing
    bool cookies_worked_ = false;   // in this generation
    bool cookies_useless_ = false;  // fresh cookies were refused: the credential goes each time
    bool good_before_ = false;      // the credential was accepted since it was last refused
};

}  // namespace pf::host::prism
