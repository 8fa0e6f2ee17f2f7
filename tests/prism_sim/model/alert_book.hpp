#pragma once
// The alerts of the simulated Prism Central and how they live: they open, repeat, are acknowledged,
// resolve and re-open; and its log of events and audits. Any thread.

#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tests/prism_sim/model/world.hpp"

namespace pf::sim {

enum class AlertState : std::uint8_t { open, acknowledged, resolved };

struct Alert {
    Uuid id;
    std::uint32_t cluster = 0, host = 0;  ///< What it is about.
    std::uint32_t severity = 0;           ///< 0 INFO, 1 WARNING, 2 CRITICAL.
    AlertState state = AlertState::open;
    bool is_auto_resolved = false;
    std::uint64_t created_us = 0, updated_us = 0, occurred_us = 0;
    std::uint64_t acknowledged_us = 0, resolved_us = 0;  ///< 0: never.
};

/// What happened to an alert.
enum class AlertChange : std::uint8_t { opened, repeated, acknowledged, resolved, reopened };

/// An event or an audit.
struct LogEntry {
    Uuid id;
    std::uint32_t cluster = 0, host = 0, user = 0;
    std::uint32_t kind = 0;
    std::uint64_t at_us = 0;
};

class AlertBook {
  public:
    /// `world` must outlive the book. The past, of two days, comes from the seed and ends now.
    AlertBook(const World& world, std::uint64_t seed);

    /// What can happen to an alert.
    enum class Turn : std::uint8_t { repeat, acknowledge, resolve, reopen };

    /// Told of each change from now on, in order, with the alert as it is right after it. Called by
    /// the thread that makes the change: it must not come back to the book, nor wait.
    void watch(std::function<void(const Alert& alert, AlertChange change)> watcher);
    /// A new alert, a second after what happened last.
    Uuid open();
    /// False: there is no such alert.
    bool turn(const Uuid& id, Turn turn);
    /// So many random things happen, by the seed.
    void live(std::uint32_t steps);
    /// Simulated time that passes.
    void advance(std::uint64_t us);

    [[nodiscard]] std::vector<Alert> alerts() const;
    [[nodiscard]] const std::vector<LogEntry>& events() const { return events_; }
    [[nodiscard]] const std::vector<LogEntry>& audits() const { return audits_; }

    /// A line of the control API: "open", "live 20", "advance SECONDS", "resolve ID", ... The id of
    /// a new alert, or an empty text; nothing for what is no such line.
    std::optional<std::string> command(std::string_view line);

  private:
    Uuid open_now();
    void apply(Alert& alert, Turn turn);

    const World& world_;
    const std::uint64_t seed_;
    mutable std::mutex mutex_;
    std::function<void(const Alert&, AlertChange)> watcher_ = [](const Alert&, AlertChange) {};
    std::uint64_t now_us_ = 0;
    std::uint64_t steps_ = 0;
    std::vector<Alert> alerts_;
    std::vector<LogEntry> events_, audits_;
};

}  // namespace pf::sim
