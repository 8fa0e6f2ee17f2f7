// CloudForet's cost analysis as a data source's rows meet it: jobs, tasks, and which rows of
// earlier jobs a job replaces. It keeps everything in memory and believes the clock it is given.
//
//     CostAnalysis costs(SecretType::service_accounts, [&] { return now; });
//     const auto job = costs.begin({{"secret-1", reply_of_get_tasks}});
//     costs.take(*job, 0, page_of_get_data);
//     costs.end_task(*job, 0);
//     CHECK(costs.job(*job).state == JobState::success);
//
// Messages are JSON as CloudForet's client makes it of them: names of the .proto files, default
// values left out. One thread at a time.
#pragma once

#include <chrono>
#include <cstddef>
#include <deque>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

namespace pf::cloudforet_sim::cost {

using Time = std::chrono::sys_seconds;

// Whose secret a data source is asked with.
enum class SecretType {
    manual,            // one of its own: an error of get_tasks fails the sync
    service_accounts,  // those of all service accounts: such an error skips the secret
};

enum class JobState { in_progress, success, failure, canceled };

// A row that is kept.
struct CostRow {
    std::size_t job = 0;
    std::string billed_date;
    nlohmann::json document;  // as it came, with service_account_id where CloudForet adds it

    std::string billed_month() const { return billed_date.substr(0, 7); }
    double cost() const { return document.value("cost", 0.0); }
    // The text under a path such as "additional_info.account"; empty when there is none.
    std::string text_at(const std::string& path) const;
};

// Months whose older rows go.
struct Changed {
    std::string start;
    std::string end;  // empty: no end
    nlohmann::json filter = nlohmann::json::object();
};

struct Task {
    std::string secret;
    nlohmann::json options;
    JobState state = JobState::in_progress;
    std::string error{};
    std::size_t rows = 0;
};

struct Job {
    Time created_at{};
    JobState state = JobState::in_progress;
    std::string error;
    std::vector<Task> tasks;
    std::vector<Changed> changed;
};

// What get_tasks answered for one secret.
struct SecretTasks {
    std::string secret;
    nlohmann::json answer;  // a TasksInfo
    std::string error;      // not empty: the call failed
};

class CostAnalysis {
  public:
    CostAnalysis(SecretType type, std::function<Time()> now) : type_(type), now_(std::move(now)) {}

    // Begins the job of a sync; nullopt when an error of get_tasks fails it. Without a task the job
    // is a success already. A job that began less than ten minutes ago and still runs makes this
    // one a failure; an older one is canceled.
    std::optional<std::size_t> begin(const std::vector<SecretTasks>& plans);
    // A CostsInfo of a task. False when the worker gives up the stream: a row without a proper
    // billed_date failed the task, or the job was canceled.
    bool take(std::size_t job, std::size_t task, const nlohmann::json& page);
    // The stream of a task ended, with an error text when it did not end well. With the last one
    // the job is closed: older rows go, or those of the job.
    void end_task(std::size_t job, std::size_t task, const std::string& error = {});
    // What a user does to a job.
    void cancel(std::size_t job);

    // Stays where it is while this object lives.
    const Job& job(std::size_t number) const { return jobs_.at(number); }
    const std::vector<CostRow>& rows() const { return rows_; }
    // For get_tasks; empty before the first sync that succeeded.
    std::string last_synchronized_at() const;

  private:
    void close(std::size_t number);
    void replace(std::size_t number, const Changed& changed);
    void roll_back(std::size_t number);
    void end_others(std::size_t number);

    SecretType type_;
    std::function<Time()> now_;
    std::deque<Job> jobs_;
    std::vector<CostRow> rows_;
    std::optional<Time> last_synchronized_;
};

// Sum of cost over the rows, by what `key` says of each.
std::map<std::string, double> sums(const std::vector<CostRow>& rows,
                                   const std::function<std::string(const CostRow&)>& key);
// Rows that say the same of the same day, resource, use and account more than once, one line each;
// empty when there are none.
std::string doubled(const std::vector<CostRow>& rows);
// What is kept, without the jobs, in a stable order: for comparing two syncs.
std::vector<std::string> content(const std::vector<CostRow>& rows);

}  // namespace pf::cloudforet_sim::cost
