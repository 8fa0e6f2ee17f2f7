// Watcher: what the exchanges of an examination show besides their answers: the server's clock, how
// the login went, and whether Prism asked for patience.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include "host/prism/exchange.hpp"

namespace pf::host::doctor {

// The time of day as a server's Date field says; nothing when it is no date of HTTP.
std::optional<std::chrono::system_clock::time_point> parse_http_date(const std::string& text);

// The server's clock against ours.
struct ClockReading {
    std::string server_date;              // the field as it was sent
    std::chrono::milliseconds offset{0};  // server minus ours
    std::chrono::milliseconds doubt{0};   // the offset may be wrong by this much either way
};

// What was seen so far.
struct Seen {
    std::uint64_t requests = 0;         // attempts, repeated ones included
    std::uint64_t answers = 0;          // of those, answered
    std::uint64_t by_cookie = 0;        // of those sent with a session cookie, accepted
    std::uint64_t logins = 0;           // sent with the credential
    std::uint64_t throttled = 0;        // answered 429, or 400 for the same reason
    std::uint64_t cookies = 0;          // given by answers
    std::optional<ClockReading> clock;  // the one with the least doubt
    std::string product;                // X-Ntnx-Product
};

class Watcher final : public prism::ExchangeObserver {
  public:
    // `next` sees everything as well; may be null.
    explicit Watcher(std::shared_ptr<prism::ExchangeObserver> next = nullptr)
        : next_(std::move(next)) {}
    void observe(const prism::Exchange& exchange) noexcept override;
    Seen seen() const;

  private:
    void read_clock(const prism::Exchange& exchange, const std::string& date);

    const std::shared_ptr<prism::ExchangeObserver> next_;
    mutable std::mutex mutex_;
    Seen seen_;
};

}  // namespace pf::host::doctor
