// CostTask: a part of a sync, as get_tasks hands it out and get_data gets it back.
//
// It carries all that decides which days are charged, so that every replica, at any hour, makes the
// same rows of it.
#pragma once

#include <string>
#include <string_view>

#include "host/base/status.hpp"

namespace pf::host::cost {

struct CostTask {
    std::string target;    // "host:port"
    std::string account;   // of its rows; what the window of the sync is filtered by
    std::string month;     // "2026-02"
    std::string last_day;  // "2026-02-27": the last day of the month that was closed
    // Not empty: why the target could not be planned; then there is no account, month and day, and
    // the task can only fail.
    std::string unplanned;

    // "2026-02-01".
    std::string first_day() const { return month + "-01"; }
};

// The task_options object, JSON text.
std::string to_json(const CostTask& task);
// INVALID_ARGUMENT (ERROR_COST_TASK) for anything but what to_json wrote.
Result<CostTask> parse_cost_task(std::string_view json);

// OK when rows of `account` may be sent for this task. FAILED_PRECONDITION otherwise: the task was
// not planned (ERROR_COST_UNPLANNED), or the target is another Prism Central now
// (ERROR_COST_ACCOUNT): no window of the job would replace its older rows, and they would count
// twice.
Status may_send(const CostTask& task, std::string_view account);
// The first half of it: what can be said before the target is asked.
Status was_planned(const CostTask& task);

}  // namespace pf::host::cost
