#include "host/state/courier.hpp"

#include <algorithm>
#include <utility>

#include "host/observe/log.hpp"

namespace pf::host::state {
namespace {

constexpr std::size_t at_once = 100;                        // parcels read from the file
constexpr std::chrono::milliseconds longest_sleep{60'000};  // another process may put something

std::int64_t utc_ms() {
    const auto since_1970 = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::milliseconds>(since_1970).count();
}

std::int64_t pause_after(std::uint32_t failures, const CourierRules& rules) {
    std::int64_t pause = rules.first_pause.count();
    for (std::uint32_t i = 1; i < failures && pause < rules.longest_pause.count(); ++i) {
        pause *= 2;
    }
    return std::min<std::int64_t>(pause, rules.longest_pause.count());
}

}  // namespace

Courier::Courier(Outbox& outbox, Deliver deliver, CourierRules rules)
    : outbox_(outbox), deliver_(std::move(deliver)), rules_(std::move(rules)) {}

Result<std::optional<std::int64_t>> Courier::step(std::int64_t now, const Stop& stop) {
    while (!stop.requested()) {
        const auto parcels = outbox_.due(now, at_once, resting(now));
        if (!parcels) {
            return parcels.status();
        }
        if (parcels->empty()) {
            break;
        }
        for (const Parcel& parcel : *parcels) {
            const auto rest = rests_.find(parcel.letter.channel);
            if (stop.requested() || (rest != rests_.end() && rest->second.until > now)) {
                continue;
            }
            if (Status handled = handle(parcel, now, stop); !handled.ok()) {
                return handled;
            }
        }
    }
    auto next = outbox_.next_due();
    if (!next || !*next) {
        return next;
    }
    // What is due at a channel that rests waits for it.
    std::int64_t due = **next;
    if (due <= now && !rests_.empty()) {
        due = std::min_element(rests_.begin(), rests_.end(), [](const auto& a, const auto& b) {
                  return a.second.until < b.second.until;
              })->second.until;
    }
    return std::optional<std::int64_t>(due);
}

std::vector<std::string> Courier::resting(std::int64_t now) const {
    std::vector<std::string> channels;
    for (const auto& [channel, rest] : rests_) {
        if (rest.until > now) {
            channels.push_back(channel);
        }
    }
    return channels;
}

Status Courier::handle(const Parcel& parcel, std::int64_t now, const Stop& stop) {
    const Status sent = deliver_(parcel, stop);
    if (sent.ok()) {
        rests_.erase(parcel.letter.channel);
        Status noted = outbox_.delivered(parcel.id);
        // Another process was quicker: it is delivered all the same, and the others go on.
        return noted.code() == Code::not_found ? Status() : noted;
    }
    if (stop.requested()) {
        return Status();  // it was not its fault; the next process tries it
    }
    const bool is_too_old = now - parcel.put_at >= rules_.longest_life.count();
    if (rules_.is_final(sent) || is_too_old) {
        observe::log(observe::Level::error, "outbox.given_up",
                     {{"channel", parcel.letter.channel},
                      {"parcel", std::to_string(parcel.id)},
                      {"attempts", std::to_string(parcel.attempts + 1)},
                      {"error", sent.reason()},
                      {"why", sent.message()}});
        return outbox_.give_up(parcel.id, sent);
    }
    const std::int64_t due = now + pause_after(parcel.attempts + 1, rules_);
    Rest& rest = rests_[parcel.letter.channel];
    rest.until = now + pause_after(++rest.failures, rules_);
    observe::log(observe::Level::warn, "outbox.retry",
                 {{"channel", parcel.letter.channel},
                  {"parcel", std::to_string(parcel.id)},
                  {"attempts", std::to_string(parcel.attempts + 1)},
                  {"pause_ms", std::to_string(due - now)},
                  {"error", sent.reason()},
                  {"why", sent.message()}});
    return outbox_.retry(parcel.id, due, sent);
}

void Courier::run(const Stop& stop) {
    while (!stop.requested()) {
        const std::int64_t now = utc_ms();
        const auto next = step(now, stop);
        std::chrono::milliseconds sleep = longest_sleep;
        if (!next) {
            observe::log(observe::Level::error, "outbox.unusable",
                         {{"error", next.status().reason()}, {"why", next.status().message()}});
            sleep = rules_.first_pause;
        } else if (*next) {
            sleep = std::clamp(std::chrono::milliseconds(**next - utc_ms()),
                               std::chrono::milliseconds(1), longest_sleep);
        }
        std::unique_lock lock(mutex_);
        changed_.wait_for(lock, stop.token(), sleep, [&] { return is_woken_; });
        is_woken_ = false;
    }
}

void Courier::wake() {
    const std::lock_guard lock(mutex_);
    is_woken_ = true;
    changed_.notify_all();
}

}  // namespace pf::host::state
