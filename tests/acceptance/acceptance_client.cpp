// acceptance-client: looks at a plugin endpoint as CloudForet does. See README.md.

#include <charconv>
#include <cstdio>
#include <exception>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/acceptance/inventory_job.hpp"
#include "tests/acceptance/reflection_client.hpp"

namespace {

using nlohmann::json;
using pf::test::ReflectionClient;

constexpr int exit_ok = 0;
constexpr int exit_failed = 1;
constexpr int exit_usage = 2;
constexpr int exit_unusable = 3;

constexpr const char* usage_text =
    "usage: acceptance-client HOST:PORT list\n"
    "       acceptance-client HOST:PORT call SERVICE/METHOD [JSON]\n"
    "       acceptance-client HOST:PORT collect JSON [--one] [--rate ROWS_PER_SECOND]\n"
    "                         [--deadline SECONDS] [--parallel TASKS] [--ids]\n"
    "\n"
    "collect takes {\"options\": {}, \"secret_data\": {}, \"task_options\": {}}; it runs init, "
    "verify,\n"
    "get_tasks and every task's collect. --one runs a single collect without tasks.\n"
    "Exit: 0 all well, 1 a call failed or a row is wrong, 2 usage, 3 the endpoint is unusable.\n";

int usage() {
    std::fputs(usage_text, stderr);
    return exit_usage;
}

void print(const std::string& text) { std::fputs(text.c_str(), stdout); }

int list(const ReflectionClient& client) {
    for (const auto& method : client.methods()) {
        print(method.service + "/" + method.method + " (" + method.input + ") returns (" +
              (method.server_streaming ? "stream " : "") + method.output + ")\n");
    }
    return exit_ok;
}

int report_status(const pf::test::CallStatus& status) {
    if (status.ok()) return exit_ok;
    std::fprintf(stderr, "%s\n", status.describe().c_str());
    return exit_failed;
}

int call(const ReflectionClient& client, const std::string& target, const std::string& request) {
    const std::size_t slash = target.rfind('/');
    if (slash == std::string::npos) return usage();
    const std::string service = target.substr(0, slash);
    const std::string method = target.substr(slash + 1);
    for (const auto& shape : client.methods()) {
        const std::string last = shape.service.substr(shape.service.rfind('.') + 1);
        if (shape.method != method || (shape.service != service && last != service)) continue;
        if (!shape.server_streaming) break;
        return report_status(client.stream(service, method, request, [&](std::string_view bytes) {
            print(client.reply_as_json(service, method, bytes) + "\n");
            return true;
        }));
    }
    const pf::test::CallReply reply = client.call(service, method, request);
    if (reply.status.ok()) print(reply.json + "\n");
    return report_status(reply.status);
}

struct CollectFlags {
    bool one = false;
    bool ids = false;
    double rate = 0;
    double deadline_seconds = 0;
    double parallel = 16;
};

bool read_number(const std::vector<std::string>& words, std::size_t& at, double& out) {
    if (++at >= words.size()) return false;
    const std::string& text = words[at];
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
    return error == std::errc() && end == text.data() + text.size() && out > 0;
}

bool read_flags(const std::vector<std::string>& words, CollectFlags& flags) {
    for (std::size_t i = 3; i < words.size(); ++i) {
        const std::string& word = words[i];
        bool is_read = true;
        if (word == "--one") {
            flags.one = true;
        } else if (word == "--ids") {
            flags.ids = true;
        } else if (word == "--rate") {
            is_read = read_number(words, i, flags.rate);
        } else if (word == "--deadline") {
            is_read = read_number(words, i, flags.deadline_seconds);
        } else if (word == "--parallel") {
            is_read = read_number(words, i, flags.parallel);
        } else {
            is_read = false;
        }
        if (!is_read) return false;
    }
    return true;
}

void print_tasks(const pf::test::JobReport& report) {
    for (const auto& task : report.tasks) {
        print("task " + (task.task_options_json.empty() ? "-" : task.task_options_json) + ": " +
              std::to_string(task.rows) + " rows, " + std::to_string(task.failure_rows) +
              " failures, " + task.status.describe() + "\n");
    }
}

int collect(const ReflectionClient& client, const std::string& request_text,
            const CollectFlags& flags) {
    const json request = json::parse(request_text, nullptr, false);
    if (!request.is_object()) return usage();
    pf::test::InventoryJob job;
    job.options_json = request.value("options", json::object()).dump();
    job.secret_data_json = request.value("secret_data", json::object()).dump();
    if (request.contains("task_options")) job.task_options_json = request["task_options"].dump();
    job.split_into_tasks = !flags.one;
    job.parallel = static_cast<std::size_t>(flags.parallel);
    job.collect.rows_per_second = flags.rate;
    if (flags.deadline_seconds > 0) {
        job.collect.deadline = std::chrono::duration_cast<std::chrono::milliseconds>(
            std::chrono::duration<double>(flags.deadline_seconds));
    }
    const pf::test::JobReport report = run_inventory_job(client, job);
    print_tasks(report);
    print(report.summary());
    if (flags.ids) {
        for (const std::string& id : report.rows.service_ids()) print(id + "\n");
    }
    const std::string notes = pf::test::describe(report.rows.notes());
    if (!notes.empty()) print("notes:\n" + notes);
    const std::string faults = report.describe();
    if (faults.empty()) return exit_ok;
    std::fputs(faults.c_str(), stderr);
    return exit_failed;
}

int run(const std::vector<std::string>& words) {
    if (words.size() < 2) return usage();
    const std::string& command = words[1];
    CollectFlags flags;
    if (command == "list" && words.size() == 2) return list(*ReflectionClient::connect(words[0]));
    if (command == "call" && (words.size() == 3 || words.size() == 4)) {
        return call(*ReflectionClient::connect(words[0]), words[2],
                    words.size() == 4 ? words[3] : "{}");
    }
    if (command == "collect" && words.size() >= 3 && read_flags(words, flags)) {
        return collect(*ReflectionClient::connect(words[0]), words[2], flags);
    }
    return usage();
}

}  // namespace

int main(int argc, char** argv) {
    try {
        return run({argv + 1, argv + argc});
    } catch (const pf::test::ReflectionError& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return exit_unusable;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "failed: %s\n", error.what());
        return exit_failed;
    }
}
