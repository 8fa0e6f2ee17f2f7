#include "host/doctor/watcher.hpp"

#include <ctime>
#include <string_view>

namespace pf::host::doctor {

using std::chrono::milliseconds;
using std::chrono::system_clock;

std::optional<system_clock::time_point> parse_http_date(const std::string& text) {
    std::tm parts{};
    // The C locale's names are what HTTP uses; the program never sets another one.
    const char* end = ::strptime(text.c_str(), "%a, %d %b %Y %H:%M:%S GMT", &parts);
    if (end == nullptr || *end != '\0') {
        return std::nullopt;
    }
    const std::time_t seconds = ::timegm(&parts);
    return system_clock::from_time_t(seconds);
}

void Watcher::read_clock(const prism::Exchange& exchange, const std::string& date) {
    const auto server = parse_http_date(date);
    if (!server) {
        return;
    }
    // The server wrote its whole seconds somewhere between our sending and receiving.
    constexpr milliseconds half_second(500);
    ClockReading reading;
    reading.server_date = date;
    reading.doubt = half_second + exchange.took / 2;
    reading.offset = std::chrono::duration_cast<milliseconds>(*server + half_second -
                                                              (exchange.sent + exchange.took / 2));
    if (!seen_.clock || reading.doubt < seen_.clock->doubt) {
        seen_.clock = std::move(reading);
    }
}

void Watcher::observe(const prism::Exchange& exchange) noexcept {
    if (next_) {
        next_->observe(exchange);
    }
    try {
        const std::lock_guard lock(mutex_);
        ++seen_.requests;
        seen_.logins += exchange.carried_credential ? 1 : 0;
        if (exchange.http == 0) {
            return;
        }
        ++seen_.answers;
        seen_.cookies += exchange.set_cookies.size();
        seen_.by_cookie += !exchange.carried_credential && exchange.http != 401 ? 1 : 0;
        const bool is_limit_in_400 =
            exchange.http == 400 && exchange.body.find("RATE_LIMIT") != std::string_view::npos;
        seen_.throttled += exchange.http == 429 || is_limit_in_400 ? 1 : 0;
        for (const prism::HeaderField& field : exchange.headers) {
            if (std::string_view(field.name) == "Date") {
                read_clock(exchange, field.value);
            } else if (std::string_view(field.name) == "X-Ntnx-Product") {
                seen_.product = field.value;
            }
        }
    } catch (const std::exception&) {
        // Without memory for a text there is one fact less.
    }
}

Seen Watcher::seen() const {
    const std::lock_guard lock(mutex_);
    return seen_;
}

}  // namespace pf::host::doctor
