#include "tests/prism_sim/model/alert_book.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>

#include "tests/prism_sim/model/random.hpp"

namespace pf::sim {
namespace {

constexpr std::uint64_t kSecond = 1'000'000;
constexpr std::uint64_t kPast = 48 * 3600 * kSecond;
// Each has a stream of draws of its own.
constexpr std::uint64_t kAlertSeed = 0xa1e7'0000, kTurnSeed = 0xa1e7'0001, kEventSeed = 0xa1e7'0002,
                        kAuditSeed = 0xa1e7'0003;
constexpr std::uint32_t kFirstAlerts = 12, kEvents = 150, kAudits = 60;

std::uint64_t clock_us() {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return static_cast<std::uint64_t>(
        std::chrono::duration_cast<std::chrono::microseconds>(now).count());
}

std::vector<LogEntry> make_log(const World& world, std::uint64_t seed, std::uint64_t stream,
                               std::uint32_t count, std::uint64_t now_us) {
    std::vector<LogEntry> entries;
    for (std::uint32_t i = 0; i < count; ++i) {
        Draws draws(seed ^ stream, Kind::source, i);
        LogEntry entry;
        entry.id = make_uuid(seed ^ stream, Kind::source, i);
        entry.host = draws.below(static_cast<std::uint32_t>(world.hosts.size()));
        entry.cluster = world.hosts[entry.host].cluster;
        entry.user = draws.below(static_cast<std::uint32_t>(world.users.size()));
        entry.kind = draws.below(3);
        entry.at_us = now_us - kPast + kPast / count * i + draws.below(1000);
        entries.push_back(entry);
    }
    return entries;
}

}  // namespace

AlertBook::AlertBook(const World& world, std::uint64_t seed) : world_(world), seed_(seed) {
    const std::uint64_t now = clock_us();
    events_ = make_log(world, seed, kEventSeed, kEvents, now);
    audits_ = make_log(world, seed, kAuditSeed, kAudits, now);
    for (std::uint32_t i = 0; i < kFirstAlerts; ++i) {
        now_us_ = now - kPast + kPast / kFirstAlerts * i;
        const Uuid id = open();
        if (i % 3 == 1) turn(id, Turn::acknowledge);
        if (i % 3 == 2) turn(id, Turn::resolve);
    }
    now_us_ = now;
}

void AlertBook::watch(std::function<void(const Alert& alert, AlertChange change)> watcher) {
    const std::lock_guard lock(mutex_);
    watcher_ = std::move(watcher);
}

Uuid AlertBook::open() {
    const std::lock_guard lock(mutex_);
    return open_now();
}

Uuid AlertBook::open_now() {
    now_us_ += kSecond;
    Draws draws(seed_ ^ kAlertSeed, Kind::source, alerts_.size());
    Alert alert;
    alert.id = make_uuid(seed_ ^ kAlertSeed, Kind::source, alerts_.size());
    alert.host = draws.below(static_cast<std::uint32_t>(world_.hosts.size()));
    alert.cluster = world_.hosts[alert.host].cluster;
    alert.severity = draws.below(3);
    alert.created_us = alert.updated_us = alert.occurred_us = now_us_;
    alerts_.push_back(alert);
    watcher_(alert, AlertChange::opened);
    return alert.id;
}

void AlertBook::apply(Alert& alert, Turn turn) {
    now_us_ += kSecond;
    alert.updated_us = now_us_;
    AlertChange change = AlertChange::repeated;
    switch (turn) {
        case Turn::repeat:
            alert.occurred_us = now_us_;
            break;
        case Turn::acknowledge:
            change = AlertChange::acknowledged;
            alert.state = AlertState::acknowledged;
            alert.acknowledged_us = now_us_;
            break;
        case Turn::resolve:
            change = AlertChange::resolved;
            alert.state = AlertState::resolved;
            alert.resolved_us = now_us_;
            alert.is_auto_resolved = now_us_ % 2 == 0;
            break;
        case Turn::reopen:
            change = AlertChange::reopened;
            alert.state = AlertState::open;
            alert.occurred_us = now_us_;
            alert.acknowledged_us = alert.resolved_us = 0;
            break;
    }
    watcher_(alert, change);
}

bool AlertBook::turn(const Uuid& id, Turn turn) {
    const std::lock_guard lock(mutex_);
    const auto found = std::find_if(alerts_.begin(), alerts_.end(),
                                    [&](const Alert& alert) { return alert.id == id; });
    if (found == alerts_.end()) return false;
    apply(*found, turn);
    return true;
}

void AlertBook::live(std::uint32_t steps) {
    const std::lock_guard lock(mutex_);
    for (std::uint32_t i = 0; i < steps; ++i) {
        Draws draws(seed_ ^ kTurnSeed, Kind::source, steps_++);
        if (draws.chance(25) || alerts_.empty()) {
            open_now();
            continue;
        }
        Alert& alert = alerts_[draws.below(static_cast<std::uint32_t>(alerts_.size()))];
        const bool is_over = alert.state == AlertState::resolved;
        apply(alert, is_over ? Turn::reopen : static_cast<Turn>(draws.below(3)));
    }
}

void AlertBook::advance(std::uint64_t us) {
    const std::lock_guard lock(mutex_);
    now_us_ += us;
}

std::vector<Alert> AlertBook::alerts() const {
    const std::lock_guard lock(mutex_);
    return alerts_;
}

std::optional<std::string> AlertBook::command(std::string_view line) {
    const std::string_view verb = line.substr(0, line.find(' '));
    const std::string_view rest = line.substr(std::min(line.size(), verb.size() + 1));
    if (verb == "open") return to_text(open());
    if (verb == "live" || verb == "advance") {
        std::uint32_t number = 0;
        const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), number);
        if (error != std::errc{} || end != rest.data() + rest.size()) return std::nullopt;
        verb == "live" ? live(number) : advance(number * kSecond);
        return std::string();
    }
    const std::pair<std::string_view, Turn> turns[] = {{"repeat", Turn::repeat},
                                                       {"acknowledge", Turn::acknowledge},
                                                       {"resolve", Turn::resolve},
                                                       {"reopen", Turn::reopen}};
    const auto id = parse_uuid(rest);
    for (const auto& [word, one] : turns)
        if (word == verb && id && turn(*id, one)) return std::string();
    return std::nullopt;
}

}  // namespace pf::sim
