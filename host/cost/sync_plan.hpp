// What a sync of costs re-sends, and which older rows that replaces.
//
// CloudForet deletes, after a job whose tasks all succeeded, the rows of earlier jobs in the months
// of a window and with the window's account. So a window may only cover what the same job sends
// again, and everything a job sends again must be covered. Pure arithmetic: who the targets are and
// what day it is comes from the caller.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "host/base/status.hpp"
#include "host/cost/cost_task.hpp"

namespace pf::host::cost {

using Date = std::chrono::year_month_day;
using Month = std::chrono::year_month;

// Months before the current one that are looked back at most: CloudForet keeps no more.
inline constexpr unsigned most_months_back = 36;
// A later sync begins in the month of the last one, less this: a secret that CloudForet had to skip
// for a few syncs still gets the end of its month, and so does data that arrives late. More than
// the offset of any time zone, so that the last sync may be given as a day in UTC.
inline constexpr std::chrono::days sync_margin{5};

// One Prism Central as planning found it.
struct TargetFacts {
    std::string target;               // "host:port"
    std::string name;                 // for people; of the synced account
    std::string uuid;                 // of the Prism Central; empty: it did not answer
    std::string account;              // of its rows; empty: not known
    std::optional<Month> first_data;  // the first month of which there is more than assumption
    Status refusal;                   // not OK: it did not answer, and why
};

struct SyncFacts {
    Date today{};                           // of the billing time zone; the first day not closed
    std::optional<Month> start;             // the user's wish to re-send from that month
    std::optional<Date> last_synchronized;  // absent: the first sync
    std::uint32_t backfill_months = 0;  // assumed months before the current one, first sync only
    std::vector<TargetFacts> targets;
};

// Months, "2026-02", whose older rows with this account are replaced; both ends included.
struct ChangedWindow {
    std::string start;
    std::string end;
    std::string account;
};

struct SyncedAccount {
    std::string id;
    std::string name;
};

struct CostPlan {
    std::vector<CostTask> tasks;
    std::vector<ChangedWindow> changed;
    std::vector<SyncedAccount> synced_accounts;
};

// One task per target and month that has a closed day, and one window per account over exactly
// these months. Never drops a target: see the .cpp for one that did not answer.
CostPlan plan_sync(const SyncFacts& facts);

// "2026-02"; nullopt for anything else.
std::optional<Month> parse_month(std::string_view text) noexcept;
// The day, in UTC, of a time such as "2026-02-28T16:00:00.123Z"; nullopt for anything else.
std::optional<Date> parse_sync_time(std::string_view text) noexcept;

}  // namespace pf::host::cost
