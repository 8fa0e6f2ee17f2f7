#include "tests/prism_sim/gate/sessions.hpp"

#include <algorithm>
#include <limits>

#include "tests/prism_sim/model/random.hpp"
#include "tests/prism_sim/net/http_date.hpp"

namespace pf::sim {
namespace {

constexpr std::size_t kTooManySessions = 20'000;

std::string base64(std::string_view text) {
    static constexpr char kDigits[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    for (std::size_t i = 0; i < text.size(); i += 3) {
        std::uint32_t bits = 0;
        for (std::size_t k = 0; k < 3; ++k)
            bits = bits << 8 | (i + k < text.size() ? static_cast<unsigned char>(text[i + k]) : 0U);
        for (std::size_t k = 0; k < 4; ++k)
            out += i + k > text.size() ? '=' : kDigits[(bits >> (18 - 6 * k)) & 63];
    }
    return out;
}

std::vector<std::string_view> names_of(CookieNames names) {
    if (names == CookieNames::igw) return {"NTNX_IGW_SESSION"};
    if (names == CookieNames::jsessionid) return {"JSESSIONID"};
    return {"NTNX_IGW_SESSION", "JSESSIONID"};
}

std::string_view cookie_value(std::string_view cookies, std::string_view name) {
    while (!cookies.empty()) {
        std::string_view pair = cookies.substr(0, cookies.find(';'));
        cookies.remove_prefix(pair.size() < cookies.size() ? pair.size() + 1 : cookies.size());
        while (!pair.empty() && pair.front() == ' ') pair.remove_prefix(1);
        if (pair.starts_with(name) && pair.substr(name.size()).starts_with('='))
            return pair.substr(name.size() + 1);
    }
    return {};
}

bool is_basic(std::string_view authorization) {
    constexpr std::string_view wanted = "basic ";
    if (authorization.size() < wanted.size()) return false;
    for (std::size_t i = 0; i < wanted.size(); ++i)
        if ((authorization[i] | 0x20) != (wanted[i] | 0x20)) return false;
    return true;
}

}  // namespace

Sessions::Sessions(const Config& config)
    : basic_(base64(config.user + ":" + config.password)),
      api_key_(config.api_key),
      seed_(config.seed),
      life_(config.session),
      requests_(config.session_requests == 0 ? std::numeric_limits<std::uint32_t>::max()
                                             : config.session_requests),
      names_(names_of(config.access.cookie_names)) {}

Admission Sessions::admit(const Request& request) {
    if (!request.api_key.empty()) {
        const bool is_good = !api_key_.empty() && request.api_key == api_key_;
        return is_good ? Admission::api_key : Admission::refused;
    }
    if (!request.authorization.empty()) {
        const std::string_view given = request.authorization;
        const bool is_good = is_basic(given) && given.substr(6) == basic_;
        return is_good ? Admission::basic : Admission::refused;
    }
    const std::string_view token = token_of(request.cookie);
    if (token.empty()) return Admission::anonymous;
    return use(std::string(token)) ? Admission::cookie : Admission::stale_cookie;
}

std::string_view Sessions::token_of(std::string_view cookies) const {
    const std::string_view token = cookie_value(cookies, names_.front());
    const bool is_complete = std::all_of(names_.begin(), names_.end(), [&](std::string_view name) {
        return cookie_value(cookies, name) == token;
    });
    return is_complete ? token : std::string_view();
}

bool Sessions::use(const std::string& token) {
    const std::lock_guard lock(mutex_);
    const auto found = sessions_.find(token);
    if (found == sessions_.end()) return false;
    Session& session = found->second;
    if (session.requests_left == 0 || session.ends <= Clock::now()) {
        sessions_.erase(found);
        return false;
    }
    --session.requests_left;
    return true;
}

std::string Sessions::begin() {
    const std::lock_guard lock(mutex_);
    const Clock::time_point now = Clock::now();
    if (sessions_.size() >= kTooManySessions) forget_old(now);
    std::string token = to_text(make_uuid(seed_, Kind::session, opened_++));
    sessions_[token] = {now + life_, requests_};
    return token;
}

std::vector<std::string> Sessions::set_cookies(const std::string& token) const {
    const auto ends = std::chrono::system_clock::now() + life_;
    const std::string tail =
        "; Path=/; Expires=" + http_date(std::chrono::system_clock::to_time_t(ends)) +
        "; Secure; HttpOnly; SameSite=Lax";
    std::vector<std::string> texts;
    for (const std::string_view name : names_)
        texts.push_back(std::string(name) + "=" + token + tail);
    return texts;
}

std::vector<std::string> Sessions::open() { return set_cookies(begin()); }

std::vector<std::string> Sessions::prolong(const Request& request) {
    const std::string token(token_of(request.cookie));
    {
        const std::lock_guard lock(mutex_);
        const auto found = sessions_.find(token);
        if (found == sessions_.end()) return {};
        found->second.ends = Clock::now() + life_;
    }
    return set_cookies(token);
}

std::string Sessions::open_for_redirect() {
    const std::string token = begin();
    std::string pairs;
    for (const std::string_view name : names_)
        pairs.append(pairs.empty() ? "" : "; ").append(name).append("=").append(token);
    return pairs;
}

void Sessions::forget_old(Clock::time_point now) {
    std::erase_if(sessions_, [now](const auto& entry) { return entry.second.ends <= now; });
    if (sessions_.size() >= kTooManySessions) sessions_.clear();
}

void Sessions::expire_all() {
    const std::lock_guard lock(mutex_);
    sessions_.clear();
}

}  // namespace pf::sim
