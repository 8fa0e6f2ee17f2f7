#include "host/services/outbound/delivery.hpp"

#include <algorithm>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <random>

#include "host/observe/log.hpp"
#include "host/prism/address.hpp"
#include "host/prism/retry.hpp"
#include "host/services/outbound/attempt.hpp"
#include "host/services/outbound/channel_rules.hpp"
#include "host/services/outbound/http_post.hpp"
#include "host/services/outbound/smtp_mail.hpp"

namespace pf::host::services {
namespace {

using std::chrono::milliseconds;

constexpr std::chrono::seconds longest_pause(30);

double random_share() {
    thread_local std::mt19937 engine{std::random_device{}()};
    return std::uniform_real_distribution<double>(0.0, 1.0)(engine);
}

// False when the stop came first.
bool sleep(milliseconds pause, const Stop& stop) {
    std::mutex mutex;
    std::condition_variable_any never;
    std::unique_lock lock(mutex);
    never.wait_until(lock, stop.token(), std::min(Clock::now() + pause, stop.deadline()),
                     [] { return false; });
    return !stop.requested();
}

Attempt attempt_once(const Channel& channel, const Destination& where,
                     const OutboundMessage& message, const AddressRules& rules,
                     Clock::time_point deadline, const Stop& stop) {
    try {
        return channel.url.empty() ? mail(channel, where, message, rules, deadline, stop)
                                   : post(channel, where, message, rules, deadline, stop);
    } catch (const Ended& ended) {
        return ended.attempt();
    } catch (const std::exception&) {
        // Its text is a library's and may quote what was sent.
        return {End::unreachable, "the attempt failed inside this program", "report it"};
    }
}

bool may_pass(End end) { return end == End::busy || end == End::unreachable; }

Status status_of(const Attempt& attempt, const std::string& told) {
    const std::string text =
        told + attempt.what + (attempt.todo.empty() ? "" : "; ") + attempt.todo;
    switch (attempt.end) {
        case End::busy:
            return Status(Code::unavailable, "ERROR_OUTBOUND_BUSY", text);
        case End::refused:
            return Status(Code::invalid_argument, "ERROR_OUTBOUND_REFUSED", text);
        case End::forbidden:
            return Status(Code::invalid_argument, "ERROR_OUTBOUND_ADDRESS", text);
        case End::faulty:
            return Status(Code::invalid_argument, "ERROR_OUTBOUND_CHANNEL", text);
        case End::unreachable:
        case End::untrusted:
        case End::stopped:
        case End::sent:
            break;
    }
    return Status(Code::unavailable, "ERROR_OUTBOUND_UNREACHABLE", text);
}

// The pause before the next attempt; full jitter keeps many senders from coming back at once.
milliseconds pause_after(const Attempt& attempt, std::uint32_t number, const Patience& patience) {
    const milliseconds own =
        prism::backoff(number, patience.first_pause, longest_pause, random_share());
    return attempt.wait ? std::max(own, prism::with_jitter(*attempt.wait, random_share())) : own;
}

}  // namespace

Status deliver(const Channel& channel, const OutboundMessage& message, const AddressRules& rules,
               const Patience& patience, const Stop& stop) {
    const auto give_up = Clock::now() + patience.total;
    const std::string name = "channel " + channel.name;
    const auto where = destination_of(channel);
    if (!where) {
        return where.status().within(name);
    }
    const std::string place = prism::host_and_port(where->host, where->port);
    for (std::uint32_t number = 1;; ++number) {
        const std::string told = name + ": not delivered to " + place + " in " +
                                 std::to_string(number) +
                                 (number == 1 ? " attempt: " : " attempts: ");
        if (stop.requested()) {
            return stop.why().within(name + ": not delivered to " + place);
        }
        const auto deadline = std::min(Clock::now() + patience.attempt, give_up);
        const Attempt attempt = attempt_once(channel, *where, message, rules, deadline, stop);
        if (attempt.end == End::sent) {
            return Status();
        }
        if (stop.requested()) {
            return stop.why().within(name + ": not delivered to " + place);
        }
        const milliseconds pause = pause_after(attempt, number, patience);
        const bool is_last =
            !may_pass(attempt.end) || number >= patience.tries || Clock::now() + pause >= give_up;
        if (is_last) {
            return status_of(attempt, told);
        }
        observe::log(observe::Level::debug, "outbound.retry",
                     {{"channel", channel.name},
                      {"to", place},
                      {"attempt", std::to_string(number)},
                      {"why", attempt.what}});
        if (!sleep(pause, stop)) {
            return stop.why().within(name + ": not delivered to " + place);
        }
    }
}

}  // namespace pf::host::services
