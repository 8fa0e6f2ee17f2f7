#include "tests/acceptance/inventory_job.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <exception>
#include <mutex>
#include <nlohmann/json.hpp>
#include <thread>

namespace pf::test {
namespace {

using nlohmann::json;
using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

json parse_object(const std::string& text, const char* what) {
    json value = json::parse(text, nullptr, false);
    if (!value.is_object()) {
        throw ReflectionError(ReflectionFault::bad_request,
                              std::string(what) + " is no JSON object");
    }
    return value;
}

std::uint64_t failures_in(const RowCheck& rows) {
    const auto found = rows.rows_by_state().find("FAILURE");
    return found == rows.rows_by_state().end() ? 0 : found->second;
}

class JobRun {
  public:
    JobRun(const ReflectionClient& client, const InventoryJob& job, JobReport& report)
        : client_(client),
          job_(job),
          report_(report),
          options_(parse_object(job.options_json, "options")),
          secret_(parse_object(job.secret_data_json, "secret_data")) {}

    void run() {
        report_.init = unary("Collector", "init", {{"options", options_}});
        if (!report_.init.status.ok()) return;
        const json request = {{"options", options_}, {"secret_data", secret_}};
        report_.verify = unary("Collector", "verify", request);
        if (!report_.verify.status.ok() && job_.stop_on_verify_error) return;
        plan(request);
        const Clock::time_point start = Clock::now();
        collect_all();
        report_.seconds = seconds_since(start);
        report_.failure_rows = failures_in(report_.rows);
    }

  private:
    CallReply unary(const char* service, const char* method, const json& request) const {
        CallOptions options;
        options.stop = job_.collect.stop;
        return client_.call(service, method, request.dump(), options);
    }

    void plan(const json& request) {
        std::vector<std::string> task_options;
        if (job_.task_options_json) {
            task_options.push_back(parse_object(*job_.task_options_json, "task_options").dump());
        } else if (job_.split_into_tasks) {
            task_options = ask_for_tasks(request);
        }
        if (task_options.empty()) task_options.emplace_back();
        for (const std::string& each : task_options) {
            report_.tasks.emplace_back().task_options_json = each;
        }
    }

    std::vector<std::string> ask_for_tasks(const json& request) {
        if (client_.has("Job", "get_tasks")) {
            report_.get_tasks = unary("Job", "get_tasks", request);
        } else {
            constexpr int unimplemented = 12;
            report_.get_tasks.status = {unimplemented, "the endpoint has no Job.get_tasks"};
        }
        std::vector<std::string> found;
        if (!report_.get_tasks.status.ok()) return found;
        const json reply = json::parse(report_.get_tasks.json, nullptr, false);
        if (!reply.is_object() || !reply.contains("tasks")) return found;
        for (const json& task : reply["tasks"]) {
            found.push_back(task.value("task_options", json::object()).dump());
        }
        return found;
    }

    void collect_all() {
        std::atomic<std::size_t> next{0};
        const auto work = [&] {
            for (std::size_t i = next++; i < report_.tasks.size(); i = next++) collect_guarded(i);
        };
        const std::size_t count =
            std::max<std::size_t>(1, std::min(job_.parallel, report_.tasks.size()));
        std::vector<std::jthread> threads;
        for (std::size_t i = 0; i < count; ++i) threads.emplace_back(work);
        threads.clear();
        if (error_) std::rethrow_exception(error_);
    }

    void collect_guarded(std::size_t index) {
        try {
            collect(index);
        } catch (...) {
            const std::scoped_lock lock(mutex_);
            if (!error_) error_ = std::current_exception();
        }
    }

    void collect(std::size_t index) {
        TaskReport& task = report_.tasks[index];
        json request = {
            {"options", options_}, {"secret_data", secret_}, {"filter", json::object()}};
        if (!task.task_options_json.empty()) {
            request["task_options"] = json::parse(task.task_options_json);
        }
        const Clock::time_point start = Clock::now();
        const auto take = [&](std::string_view row) {
            if (task.rows++ == 0) task.first_row_seconds = seconds_since(start);
            task.bytes += row.size();
            take_row(row, index, task);
            return true;
        };
        task.status = client_.stream("Collector", "collect", request.dump(), take, job_.collect);
        task.seconds = seconds_since(start);
    }

    void take_row(std::string_view row, std::size_t index, TaskReport& task) {
        const std::scoped_lock lock(mutex_);
        const std::uint64_t failures = failures_in(report_.rows);
        report_.rows.add(row);
        task.failure_rows += failures_in(report_.rows) - failures;
        if (job_.on_row) job_.on_row(row, index);
    }

    const ReflectionClient& client_;
    const InventoryJob& job_;
    JobReport& report_;
    json options_;
    json secret_;
    std::mutex mutex_;
    std::exception_ptr error_;
};

void describe_call(std::string& text, const char* name, const CallReply& reply) {
    if (!reply.status.ok()) text += std::string(name) + ": " + reply.status.describe() + "\n";
}

}  // namespace

bool JobReport::calls_ok() const {
    return init.status.ok() && verify.status.ok() &&
           std::all_of(tasks.begin(), tasks.end(),
                       [](const TaskReport& task) { return task.status.ok(); });
}

std::string JobReport::describe() const {
    std::string text;
    describe_call(text, "init", init);
    describe_call(text, "verify", verify);
    for (const TaskReport& task : tasks) {
        if (task.status.ok()) continue;
        text += "collect " + task.task_options_json + ": " + task.status.describe() + "\n";
    }
    for (const std::string& message : rows.failure_messages()) {
        text += "FAILURE row: " + message + "\n";
    }
    return text + test::describe(rows.finish());
}

std::string JobReport::summary() const {
    char numbers[160];
    const auto count = static_cast<double>(rows.rows());
    std::snprintf(numbers, sizeof numbers, "%.3f s, %.0f rows/s, %.1f MB\n", seconds,
                  seconds > 0 ? count / seconds : 0.0, static_cast<double>(rows.bytes()) / 1e6);
    std::string text = "tasks " + std::to_string(tasks.size()) + ", rows " +
                       std::to_string(rows.rows()) + ", unique services " +
                       std::to_string(rows.unique_services()) + ", failure rows " +
                       std::to_string(failure_rows) + ", " + numbers;
    for (const auto& [type, number] : rows.rows_by_type()) {
        text += "  " + type + " " + std::to_string(number) + "\n";
    }
    return text;
}

JobReport run_inventory_job(const ReflectionClient& client, const InventoryJob& job) {
    JobReport report;
    RowCheckOptions options = job.row_check;
    if (job.task_options_json) options.whole_run = false;
    report.rows = RowCheck(std::move(options));
    JobRun(client, job, report).run();
    return report;
}

}  // namespace pf::test
