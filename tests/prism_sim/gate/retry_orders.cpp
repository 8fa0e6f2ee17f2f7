#include "tests/prism_sim/gate/retry_orders.hpp"

#include <charconv>
#include <optional>

#include "tests/prism_sim/net/http_date.hpp"

namespace pf::sim {
namespace {

constexpr unsigned kLongestRemembered = 60;

std::optional<unsigned> whole_number(std::string_view text) {
    unsigned value = 0;
    const auto [at, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || at != text.data() + text.size()) return std::nullopt;
    return value;
}

std::string name_of(const Request& request) {
    return request.method + ' ' + request.target + '\n' + request.body;
}

}  // namespace

std::string RetryOrders::order(const Request& request, std::string_view wish) {
    constexpr std::string_view prefix = "{date+";
    std::string text(wish);
    std::optional<unsigned> wait = whole_number(wish);
    if (wish.starts_with(prefix) && wish.ends_with('}')) {
        wait = whole_number(wish.substr(prefix.size(), wish.size() - prefix.size() - 1));
        text = http_date(std::time(nullptr) + static_cast<std::time_t>(wait.value_or(0)));
        // A date has whole seconds: up to one of them has passed already.
        if (wait && *wait > 0) --*wait;
    }
    if (wait && *wait <= kLongestRemembered) {
        const std::lock_guard lock(mutex_);
        until_.insert_or_assign(name_of(request), Clock::now() + std::chrono::seconds(*wait));
    }
    return text;
}

bool RetryOrders::is_early(const Request& request) {
    const std::lock_guard lock(mutex_);
    const auto told = until_.find(name_of(request));
    return told != until_.end() && Clock::now() < told->second;
}

}  // namespace pf::sim
