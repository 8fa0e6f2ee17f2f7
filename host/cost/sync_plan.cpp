#include "host/cost/sync_plan.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace pf::host::cost {
namespace {

using std::chrono::days;
using std::chrono::months;
using std::chrono::sys_days;

struct Range {
    Month first;
    Month last;
};

Month month_of(const Date& day) { return day.year() / day.month(); }

std::string padded(unsigned number, std::size_t digits) {
    std::string text = std::to_string(number);
    return std::string(digits - std::min(digits, text.size()), '0') + text;
}

std::string month_text(const Month& month) {
    return padded(static_cast<unsigned>(static_cast<int>(month.year())), 4) + "-" +
           padded(static_cast<unsigned>(month.month()), 2);
}

std::string day_text(const Date& day) {
    return month_text(month_of(day)) + "-" + padded(static_cast<unsigned>(day.day()), 2);
}

// The first month of a first sync.
Month first_of_all(const SyncFacts& facts, const TargetFacts& target) {
    const Month current = month_of(facts.today);
    const Month assumed = current - months(std::min(facts.backfill_months, most_months_back));
    return std::min(assumed, target.first_data.value_or(current));
}

// The month a later sync has to begin with, whatever the user wishes: what the last one did not
// send yet would otherwise be left out for ever.
Month first_of_later(const SyncFacts& facts) {
    return month_of(Date(sys_days(*facts.last_synchronized) - sync_margin));
}

// The months that are sent for a target. `last` is the month of yesterday: the current one has no
// closed day on its first day, and then it is neither sent nor replaced.
Range months_of(const SyncFacts& facts, const TargetFacts& target) {
    const Month last = month_of(Date(sys_days(facts.today) - days(1)));
    Month first = month_of(facts.today);
    if (facts.last_synchronized) {
        // A clock that was ahead must not make a sync that sends nothing.
        first = std::min(first_of_later(facts), last);
        first = std::min(first, facts.start.value_or(first));
    } else {
        first = facts.start ? *facts.start : first_of_all(facts, target);
    }
    return {std::max(first, month_of(facts.today) - months(most_months_back)), last};
}

// What a plan cannot do without. A target that did not answer is planned all the same when nothing
// of it matters: its account is written in the secret, and the months are not those with data. Else
// it gets one task that can only fail, and no window:
//  - without the account there is no window that would replace its rows, so sending any would
//    double them;
//  - without its first month with data, a first sync would begin too late, and no later one would
//    go back that far.
// The failing task fails the job. CloudForet then drops what the job sent, deletes nothing and
// keeps the time of the last sync, so the next one covers the same months: no row of any target is
// lost, and none is there twice. A task that succeeded without rows would not do: the job would
// succeed, and days from before the margin would never be sent.
bool can_plan(const SyncFacts& facts, const TargetFacts& target) {
    return !target.account.empty() &&
           (target.refusal.ok() || facts.start || facts.last_synchronized);
}

CostTask failing_task(const TargetFacts& target) {
    CostTask task;
    task.target = target.target;
    task.unplanned = target.refusal.ok() ? "it did not say who it is" : target.refusal.text();
    return task;
}

Date last_closed_day(const Month& month, const Date& today) {
    return std::min(sys_days(month / std::chrono::last), sys_days(today) - days(1));
}

void add_tasks(const SyncFacts& facts, const TargetFacts& target, const Range& range,
               CostPlan& plan) {
    for (Month month = range.first; month <= range.last; month += months(1)) {
        CostTask task;
        task.target = target.target;
        task.account = target.account;
        task.month = month_text(month);
        task.last_day = day_text(last_closed_day(month, facts.today));
        plan.tasks.push_back(std::move(task));
    }
}

// One window per account: several Prism Centrals of one secret may share one. Their rows of earlier
// jobs go together, and all of them are in this plan.
void add_window(const TargetFacts& target, const Range& range, CostPlan& plan) {
    if (range.first > range.last) {
        return;
    }
    const auto known =
        std::find_if(plan.changed.begin(), plan.changed.end(),
                     [&](const ChangedWindow& window) { return window.account == target.account; });
    if (known == plan.changed.end()) {
        plan.changed.push_back({month_text(range.first), month_text(range.last), target.account});
        return;
    }
    known->start = std::min(known->start, month_text(range.first));
}

void add_account(const TargetFacts& target, CostPlan& plan) {
    const bool is_known =
        std::any_of(plan.synced_accounts.begin(), plan.synced_accounts.end(),
                    [&](const SyncedAccount& account) { return account.id == target.account; });
    if (!is_known) {
        plan.synced_accounts.push_back({target.account, target.name});
    }
}

// Digits at `position`; nullopt when there are not that many.
std::optional<unsigned> number_at(std::string_view text, std::size_t position, std::size_t digits) {
    if (text.size() < position + digits) {
        return std::nullopt;
    }
    unsigned number = 0;
    for (const char letter : text.substr(position, digits)) {
        if (letter < '0' || letter > '9') {
            return std::nullopt;
        }
        number = number * 10 + static_cast<unsigned>(letter - '0');
    }
    return number;
}

}  // namespace

CostPlan plan_sync(const SyncFacts& facts) {
    CostPlan plan;
    std::vector<std::string_view> planned;
    for (const TargetFacts& target : facts.targets) {
        // One Prism Central under two names is charged once.
        if (!target.uuid.empty()) {
            if (std::find(planned.begin(), planned.end(), target.uuid) != planned.end()) {
                continue;
            }
            planned.emplace_back(target.uuid);
        }
        if (!can_plan(facts, target)) {
            plan.tasks.push_back(failing_task(target));
            continue;
        }
        const Range range = months_of(facts, target);
        add_tasks(facts, target, range, plan);
        add_window(target, range, plan);
        add_account(target, plan);
    }
    return plan;
}

std::optional<Month> parse_month(std::string_view text) noexcept {
    const auto year = number_at(text, 0, 4);
    const auto month = number_at(text, 5, 2);
    if (text.size() != 7 || !year || !month || text[4] != '-') {
        return std::nullopt;
    }
    const Month parsed = std::chrono::year(static_cast<int>(*year)) / std::chrono::month(*month);
    return parsed.ok() && *year > 0 ? std::optional(parsed) : std::nullopt;
}

std::optional<Date> parse_sync_time(std::string_view text) noexcept {
    constexpr std::size_t day_end = 10;
    if (text.size() < day_end || text[7] != '-' ||
        (text.size() > day_end && text[day_end] != 'T' && text[day_end] != ' ')) {
        return std::nullopt;
    }
    const auto month = parse_month(text.substr(0, 7));
    const auto number = number_at(text, 8, 2);
    if (!month || !number) {
        return std::nullopt;
    }
    const Date day = *month / std::chrono::day(*number);
    return day.ok() ? std::optional(day) : std::nullopt;
}

}  // namespace pf::host::cost
