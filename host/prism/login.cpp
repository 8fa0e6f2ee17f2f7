#include "host/prism/login.hpp"

#include <algorithm>
#include <cctype>

#include "host/base/base64.hpp"
#include "host/prism/printable.hpp"
#include "host/prism/rejected.hpp"

namespace pf::host::prism {
namespace {

// The user name by which several tools say that the password is an API key; case does not count.
constexpr std::string_view api_key_user = "x-ntnx-api-key";

bool announces_api_key(std::string_view username) {
    return std::equal(
        username.begin(), username.end(), api_key_user.begin(), api_key_user.end(),
        [](unsigned char given, unsigned char known) { return std::tolower(given) == known; });
}

Secret basic_header(const Credential& credential) {
    const Secret plain(credential.username + ":" + std::string(credential.password.reveal()));
    const Secret digits(base64(plain.reveal()));
    return Secret("Basic " + std::string(digits.reveal()));
}

}  // namespace

Login::Login(const Credential& credential, std::uint64_t key)
    : username_(printable(credential.username, 100)), key_(key) {
    if (!credential.api_key.empty()) {
        api_key_ = credential.api_key;
    } else if (announces_api_key(credential.username)) {
        api_key_ = credential.password;
    } else {
        basic_ = basic_header(credential);
    }
}

std::string Login::authorization() const { return std::string(basic_.reveal()); }

Result<Login::Pass> Login::begin(const Stop& stop) {
    std::unique_lock lock(mutex_);
    changed_.wait_until(lock, stop.token(), stop.deadline(),
                        [&] { return state_ != State::logging_in; });
    if (stop.requested()) {
        return stop.why();
    }
    if (Status rejected = RejectedCredentials::of_process().check(key_, Clock::now());
        !rejected.ok()) {
        return rejected;
    }
    if (state_ == State::in) {
        return Pass(this, generation_, false, cookies_.header());
    }
    state_ = State::logging_in;
    cookies_.clear();
    cookies_worked_ = false;
    return Pass(this, ++generation_, true, std::string());
}

void Login::let_go(const Pass& pass) {
    std::lock_guard lock(mutex_);
    if (pass.leads_ && pass.generation_ == generation_ && state_ == State::logging_in) {
        state_ = State::out;
        changed_.notify_all();
    }
}

void Login::answered(Pass pass, const std::vector<std::string>& set_cookies) {
    pass.login_ = nullptr;
    std::lock_guard lock(mutex_);
    if (pass.generation_ != generation_) {
        return;
    }
    good_before_ = true;
    cookies_worked_ |= !pass.cookie_.empty();
    // An API key goes with each request by its nature: no session is wanted for it.
    if (api_key_.empty() && !cookies_useless_) {
        cookies_.take(set_cookies);
    }
    if (pass.leads_) {
        state_ = State::in;
        changed_.notify_all();
    }
}

Status Login::refused(Pass pass, const std::string& said) {
    pass.login_ = nullptr;
    std::lock_guard lock(mutex_);
    if (pass.generation_ != generation_) {
        return Status();  // somebody logged in again since
    }
    if (!pass.cookie_.empty()) {
        cookies_useless_ |= !cookies_worked_;
        if (state_ == State::in) {
            state_ = State::out;
        }
        return Status();
    }
    const bool first_doubt = state_ == State::in;
    if (!pass.leads_ && !first_doubt) {
        return Status();  // another request is about to ask once more, for all of us
    }
    state_ = State::out;
    changed_.notify_all();
    // A directory behind Prism may fail to answer in time: what was right a moment ago is tried
    // once more, by one request.
    if (std::exchange(good_before_, false) || !pass.leads_) {
        return Status();
    }
    const std::string who = api_key_.empty() ? "user " + username_ : std::string("the API key");
    Status why(Code::unauthenticated, "ERROR_INVALID_CREDENTIALS",
               "Prism Central refused " + who + (said.empty() ? "" : " (" + said + ")") +
                   "; correct the credential in the secret. It is not tried again for 10 minutes, "
                   "so that the account is not locked");
    RejectedCredentials::of_process().add(key_, why, Clock::now());
    return why;
}

Login::Pass::~Pass() {
    if (login_ != nullptr) {
        login_->let_go(*this);
    }
}

}  // namespace pf::host::prism
