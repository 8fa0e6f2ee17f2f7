// CloudForet's inventory as a collector's rows meet it: what it stores, changes, refuses, counts
// and deletes. It keeps everything in memory and believes the clock it is given.
//
//     Inventory inventory([&] { return now; });
//     const std::size_t job = inventory.begin({}, 2);      // a job task of two sub tasks
//     inventory.take(job, bytes_of_a_row);
//     inventory.end_sub_task(job); inventory.end_sub_task(job);
//     CHECK(inventory.job_task(job).created == 1);
//
// One thread at a time. A row never throws: what inventory would count as a failure is counted.
#pragma once

#include <cstddef>
#include <deque>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "tests/cloudforet_sim/inventory/catalogue.hpp"
#include "tests/cloudforet_sim/inventory/cloud_services.hpp"
#include "tests/cloudforet_sim/inventory/collection_states.hpp"

namespace pf::cloudforet_sim {

enum class JobState { in_progress, success, failure };

// An entry of a job task's errors.
struct JobError {
    std::string code;
    std::string message;
    nlohmann::json additional;  // of a FAILURE row: its whole resource
};

// One collection of one secret.
struct JobTask {
    Source source;
    std::size_t sub_tasks_left = 1;
    JobState state = JobState::in_progress;
    std::size_t total = 0;
    std::size_t created = 0;
    std::size_t updated = 0;
    std::size_t failed = 0;  // failure_count
    std::size_t disconnected = 0;
    std::size_t deleted = 0;
    std::vector<JobError> errors;

    // The counts on one line, and one line per error.
    std::string describe() const;
};

class Inventory {
  public:
    explicit Inventory(std::function<Time()> now) : now_(std::move(now)) {}

    // A job task of so many sub tasks begins; returns its number.
    std::size_t begin(const Source& source, std::size_t sub_tasks);
    // A row of one of its sub tasks arrived.
    void take(std::size_t job_task, std::string_view resource_info_bytes);
    // A sub task's stream ended, with an error text when it did not end well. With the last one,
    // and when nothing failed, what was not seen counts as missing.
    void end_sub_task(std::size_t job_task, const std::string& error = {});
    // What runs by the hour: everything that no row wrote for 48 (types: 72) hours goes.
    void clean_by_age();

    // Stays where it is while the inventory lives.
    const JobTask& job_task(std::size_t number) const { return job_tasks_.at(number); }
    // Services that are there, by cloud_service_id.
    std::vector<const CloudService*> services() const;
    // The services that are there with this reference.resource_id.
    std::vector<const CloudService*> find(const std::string& resource_id) const;
    // Records of one job task.
    std::vector<ChangeRecord> history(std::size_t job_task) const;
    const std::vector<ChangeRecord>& history() const { return services_.history(); }
    const Catalogue& catalogue() const { return catalogue_; }
    const CollectionStates& states() const { return states_; }
    // How many services there are of each "group/type".
    std::map<std::string, std::size_t> counts() const;

  private:
    void take_row(JobTask& task, std::size_t number, std::string_view bytes);
    void erase(const std::vector<std::string>& ids, const Origin& origin);

    std::function<Time()> now_;
    CloudServices services_;
    Catalogue catalogue_;
    CollectionStates states_;
    std::deque<JobTask> job_tasks_;  // references to them stay
};

}  // namespace pf::cloudforet_sim
