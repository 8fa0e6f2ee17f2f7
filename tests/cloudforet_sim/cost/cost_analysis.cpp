#include "tests/cloudforet_sim/cost/cost_analysis.hpp"

#include <algorithm>
#include <cstdio>

namespace pf::cloudforet_sim::cost {
namespace {

using nlohmann::json;

constexpr std::chrono::minutes duplicate_time{10};

bool has_digits(const std::string& text, std::initializer_list<std::size_t> places) {
    return std::all_of(places.begin(), places.end(),
                       [&](std::size_t place) { return text[place] >= '0' && text[place] <= '9'; });
}

// Exactly YYYY-MM-DD, and a day there is.
bool is_billed_date(const std::string& text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-' ||
        !has_digits(text, {0, 1, 2, 3, 5, 6, 8, 9})) {
        return false;
    }
    const std::chrono::year_month_day day{
        std::chrono::year(std::stoi(text.substr(0, 4))),
        std::chrono::month(static_cast<unsigned>(std::stoi(text.substr(5, 2)))),
        std::chrono::day(static_cast<unsigned>(std::stoi(text.substr(8, 2))))};
    return day.ok();
}

bool matches(const CostRow& row, const Changed& changed) {
    const std::string month = row.billed_month();
    if (month < changed.start || (!changed.end.empty() && month > changed.end)) {
        return false;
    }
    return std::all_of(changed.filter.items().begin(), changed.filter.items().end(),
                       [&](const auto& item) { return row.text_at(item.key()) == item.value(); });
}

Changed changed_of(const json& info) {
    return {info.value("start", ""), info.value("end", ""), info.value("filter", json::object())};
}

void fail(Job& job, Task& task, const std::string& error) {
    task.state = JobState::failure;
    task.error = error;
    if (job.state == JobState::in_progress) {
        job.state = JobState::failure;
        job.error = "ERROR_JOB_TASK";
    }
}

}  // namespace

std::string CostRow::text_at(const std::string& path) const {
    const json* value = &document;
    std::size_t begin = 0;
    while (begin <= path.size()) {
        const std::size_t dot = std::min(path.find('.', begin), path.size());
        const auto found = value->find(path.substr(begin, dot - begin));
        if (!value->is_object() || found == value->end()) return "";
        value = &*found;
        begin = dot + 1;
    }
    return value->is_string() ? value->get<std::string>() : value->dump();
}

std::optional<std::size_t> CostAnalysis::begin(const std::vector<SecretTasks>& plans) {
    Job job;
    job.created_at = now_();
    for (const SecretTasks& plan : plans) {
        if (!plan.error.empty()) {
            if (type_ == SecretType::manual) return std::nullopt;
            continue;
        }
        for (const json& task : plan.answer.value("tasks", json::array())) {
            job.tasks.push_back({plan.secret, task.value("task_options", json::object())});
        }
        for (const json& changed : plan.answer.value("changed", json::array())) {
            job.changed.push_back(changed_of(changed));
        }
    }
    jobs_.push_back(std::move(job));
    const std::size_t number = jobs_.size() - 1;
    end_others(number);
    Job& begun = jobs_.back();
    if (begun.tasks.empty() && begun.state == JobState::in_progress) {
        begun.state = JobState::success;
        last_synchronized_ = begun.created_at;
    }
    return number;
}

void CostAnalysis::end_others(std::size_t number) {
    for (std::size_t i = 0; i < number; ++i) {
        if (jobs_[i].state != JobState::in_progress) continue;
        if (jobs_[i].created_at >= now_() - duplicate_time) {
            jobs_[number].state = JobState::failure;
            jobs_[number].error = "ERROR_DUPLICATE_JOB";
            return;
        }
        jobs_[i].state = JobState::canceled;
    }
}

bool CostAnalysis::take(std::size_t number, std::size_t task_number, const json& page) {
    Job& job = jobs_.at(number);
    Task& task = job.tasks.at(task_number);
    if (task.state != JobState::in_progress) return false;
    for (const json& row : page.value("results", json::array())) {
        const std::string date = row.value("billed_date", "");
        if (!is_billed_date(date)) {
            fail(job, task, "ERROR_INVALID_PARAMETER: billed_date is '" + date + "'");
            return false;
        }
        CostRow kept{number, date, row};
        if (type_ == SecretType::service_accounts) {
            kept.document["service_account_id"] = "account of " + task.secret;
        }
        rows_.push_back(std::move(kept));
        ++task.rows;
    }
    if (job.state == JobState::canceled) {
        task.state = JobState::canceled;
        return false;
    }
    return true;
}

void CostAnalysis::end_task(std::size_t number, std::size_t task_number, const std::string& error) {
    Job& job = jobs_.at(number);
    Task& task = job.tasks.at(task_number);
    if (task.state == JobState::in_progress) {
        if (!error.empty()) {
            fail(job, task, error);
        } else {
            task.state = job.state == JobState::canceled ? JobState::canceled : JobState::success;
        }
    }
    const bool is_over = std::none_of(job.tasks.begin(), job.tasks.end(), [](const Task& each) {
        return each.state == JobState::in_progress;
    });
    if (is_over) close(number);
}

void CostAnalysis::cancel(std::size_t number) {
    Job& job = jobs_.at(number);
    if (job.state == JobState::in_progress) job.state = JobState::canceled;
}

void CostAnalysis::close(std::size_t number) {
    Job& job = jobs_.at(number);
    if (job.state != JobState::in_progress) {
        roll_back(number);
        return;
    }
    for (const Changed& changed : job.changed) replace(number, changed);
    last_synchronized_ = job.created_at;
    job.state = JobState::success;
}

void CostAnalysis::replace(std::size_t number, const Changed& changed) {
    std::erase_if(rows_,
                  [&](const CostRow& row) { return row.job != number && matches(row, changed); });
}

void CostAnalysis::roll_back(std::size_t number) {
    std::erase_if(rows_, [&](const CostRow& row) { return row.job == number; });
}

std::string CostAnalysis::last_synchronized_at() const {
    if (!last_synchronized_) return "";
    const auto day = std::chrono::floor<std::chrono::days>(*last_synchronized_);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss time(*last_synchronized_ - day);
    char text[32];
    std::snprintf(text, sizeof text, "%04d-%02u-%02uT%02d:%02d:%02dZ",
                  static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                  static_cast<unsigned>(date.day()), static_cast<int>(time.hours().count()),
                  static_cast<int>(time.minutes().count()),
                  static_cast<int>(time.seconds().count()));
    return text;
}

std::map<std::string, double> sums(const std::vector<CostRow>& rows,
                                   const std::function<std::string(const CostRow&)>& key) {
    std::map<std::string, double> totals;
    for (const CostRow& row : rows) totals[key(row)] += row.cost();
    return totals;
}

std::string doubled(const std::vector<CostRow>& rows) {
    std::map<std::string, int> seen;
    for (const CostRow& row : rows) {
        std::string key = row.billed_date;
        for (const char* path : {"product", "resource", "usage_type", "additional_info"}) {
            key += " " + row.text_at(path);
        }
        ++seen[key + " " + row.text_at("tags")];
    }
    std::string text;
    for (const auto& [key, count] : seen) {
        if (count > 1) text += std::to_string(count) + " times " + key + "\n";
    }
    return text;
}

std::vector<std::string> content(const std::vector<CostRow>& rows) {
    std::vector<std::string> lines;
    for (const CostRow& row : rows) lines.push_back(row.document.dump());
    std::sort(lines.begin(), lines.end());
    return lines;
}

}  // namespace pf::cloudforet_sim::cost
