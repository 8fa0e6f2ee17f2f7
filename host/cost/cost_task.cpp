#include "host/cost/cost_task.hpp"

#include <nlohmann/json.hpp>

#include "host/cost/sync_plan.hpp"

namespace pf::host::cost {
namespace {

using nlohmann::json;

constexpr std::size_t month_length = 7;
constexpr std::size_t day_length = 10;

Status no_task(const std::string& what) {
    return {Code::invalid_argument, "ERROR_COST_TASK",
            "task_options: " + what + "; pass on what get_tasks answered"};
}

// Reads a text member; an absent one is empty.
Status read(const json& object, const char* key, std::string& place) {
    const auto found = object.find(key);
    if (found == object.end()) {
        return {};
    }
    if (!found->is_string()) {
        return no_task(std::string(key) + " is no text");
    }
    place = found->get<std::string>();
    return {};
}

bool is_day_of(const std::string& month, const std::string& day) {
    return day.size() == day_length && day.starts_with(month + "-") && parse_sync_time(day);
}

}  // namespace

std::string to_json(const CostTask& task) {
    json object = {{"target", task.target}};
    if (!task.unplanned.empty()) {
        object["unplanned"] = task.unplanned;
    } else {
        object["account"] = task.account;
        object["month"] = task.month;
        object["last_day"] = task.last_day;
    }
    return object.dump(-1, ' ', false, json::error_handler_t::replace);
}

Result<CostTask> parse_cost_task(std::string_view text) {
    const json object = json::parse(text, nullptr, false);
    if (!object.is_object()) {
        return no_task("no object");
    }
    CostTask task;
    struct Member {
        const char* key;
        std::string* place;
    };
    for (const Member& member : {Member{"target", &task.target}, Member{"account", &task.account},
                                 Member{"month", &task.month}, Member{"last_day", &task.last_day},
                                 Member{"unplanned", &task.unplanned}}) {
        if (Status status = read(object, member.key, *member.place); !status.ok()) {
            return status;
        }
    }
    if (task.target.empty()) {
        return no_task("no target");
    }
    if (!task.unplanned.empty()) {
        return task;
    }
    if (task.account.empty()) {
        return no_task("no account");
    }
    if (task.month.size() != month_length || !parse_month(task.month)) {
        return no_task("month is no YYYY-MM");
    }
    if (!is_day_of(task.month, task.last_day)) {
        return no_task("last_day is no day of the month");
    }
    return task;
}

Status was_planned(const CostTask& task) {
    if (task.unplanned.empty()) {
        return {};
    }
    return {Code::failed_precondition, "ERROR_COST_UNPLANNED",
            task.target + " did not answer when this sync was planned (" + task.unplanned +
                "); nothing was replaced; mend it, then sync again"};
}

Status may_send(const CostTask& task, std::string_view account) {
    if (Status planned = was_planned(task); !planned.ok() || task.account == account) {
        return planned;
    }
    return {Code::failed_precondition, "ERROR_COST_ACCOUNT",
            "the account of " + task.target + " was " + task.account +
                " when this sync was planned and is " + std::string(account) +
                " now; nothing was replaced; sync again"};
}

}  // namespace pf::host::cost
