#include "tests/cloudforet_sim/inventory/inventory.hpp"

#include <algorithm>
#include <exception>
#include <utility>

#include "tests/cloudforet_sim/inventory/failure.hpp"

namespace pf::cloudforet_sim {
namespace {

constexpr std::chrono::hours oldest_service{48};

const char* word_for(JobState state) {
    switch (state) {
        case JobState::success:
            return "SUCCESS";
        case JobState::failure:
            return "FAILURE";
        default:
            return "IN_PROGRESS";
    }
}

}  // namespace

std::string JobTask::describe() const {
    std::string text = std::string(word_for(state)) + ": created " + std::to_string(created) +
                       ", updated " + std::to_string(updated) + ", failed " +
                       std::to_string(failed) + ", disconnected " + std::to_string(disconnected) +
                       ", deleted " + std::to_string(deleted) + "\n";
    for (const JobError& error : errors) text += error.code + ": " + error.message + "\n";
    return text;
}

std::size_t Inventory::begin(const Source& source, std::size_t sub_tasks) {
    JobTask task;
    task.source = source;
    task.sub_tasks_left = sub_tasks;
    job_tasks_.push_back(std::move(task));
    return job_tasks_.size() - 1;
}

void Inventory::take(std::size_t job_task, std::string_view resource_info_bytes) {
    JobTask& task = job_tasks_.at(job_task);
    ++task.total;
    try {
        take_row(task, job_task, resource_info_bytes);
    } catch (const Failure& failure) {
        ++task.failed;
        if (!failure.is_silent()) task.errors.push_back({failure.code(), failure.what(), {}});
    } catch (const std::exception& problem) {
        ++task.failed;
        task.errors.push_back({"ERROR_UNKNOWN", problem.what(), {}});
    }
}

void Inventory::take_row(JobTask& task, std::size_t number, std::string_view bytes) {
    Row row = read_row(bytes);
    const Time now = now_();
    if (row.kind == RowKind::name_space || row.kind == RowKind::metric) {
        return catalogue_.take(row, now);
    }
    if (row.kind == RowKind::unknown) {
        throw Failure("ERROR_UNSUPPORTED_RESOURCE_TYPE",
                      "Unsupported resource type. (resource_type = " + row.resource_type + ")");
    }
    if (row.is_failure) {
        ++task.failed;
        const std::string message = row.message.empty() ? "Unknown error." : row.message;
        task.errors.push_back({"ERROR_PLUGIN", message, std::move(row.resource)});
        return;
    }
    if (row.kind == RowKind::error) throw Failure("", "an ErrorResource that is no FAILURE");
    if (!row.has_resource) throw Failure("", "a row without resource");
    if (row.kind != RowKind::cloud_service) return catalogue_.take(row, now);
    const Stored stored = services_.take(row, {now, number});
    ++(stored.is_created ? task.created : task.updated);
    states_.see(task.source, stored.id, number, now);
}

void Inventory::end_sub_task(std::size_t job_task, const std::string& error) {
    JobTask& task = job_tasks_.at(job_task);
    if (!error.empty()) {
        ++task.failed;
        task.errors.push_back({"ERROR_COLLECTOR_PLUGIN", error, {}});
    }
    if (task.failed > 0) task.state = JobState::failure;
    if (--task.sub_tasks_left > 0 || task.state != JobState::in_progress) return;
    std::vector<std::string> gone;
    const CollectionStates::Counts counts = states_.miss(task.source, job_task, now_(), gone);
    erase(gone, {now_(), job_task});
    task.disconnected = counts.disconnected;
    task.deleted = counts.deleted;
    task.state = JobState::success;
}

void Inventory::erase(const std::vector<std::string>& ids, const Origin& origin) {
    for (const std::string& id : ids) services_.erase(id, origin);
}

void Inventory::clean_by_age() {
    const Time now = now_();
    std::vector<std::string> old;
    for (const CloudService* service : services()) {
        if (service->updated_at < now - oldest_service) old.push_back(service->id);
    }
    erase(old, {now, job_tasks_.empty() ? 0 : job_tasks_.size() - 1});
    catalogue_.clean(now);
}

std::vector<const CloudService*> Inventory::services() const {
    std::vector<const CloudService*> found;
    for (const auto& [id, service] : services_.all()) {
        if (!service.is_deleted) found.push_back(&service);
    }
    return found;
}

std::vector<const CloudService*> Inventory::find(const std::string& resource_id) const {
    std::vector<const CloudService*> found = services();
    std::erase_if(found,
                  [&](const CloudService* each) { return each->resource_id() != resource_id; });
    return found;
}

std::vector<ChangeRecord> Inventory::history(std::size_t job_task) const {
    std::vector<ChangeRecord> found;
    std::copy_if(history().begin(), history().end(), std::back_inserter(found),
                 [job_task](const ChangeRecord& each) { return each.job_task == job_task; });
    return found;
}

std::map<std::string, std::size_t> Inventory::counts() const {
    std::map<std::string, std::size_t> counts;
    for (const CloudService* service : services()) ++counts[service->type()];
    return counts;
}

}  // namespace pf::cloudforet_sim
