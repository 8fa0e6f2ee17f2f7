#include "tests/acceptance/cost_api.hpp"

#include <nlohmann/json.hpp>

namespace pf::test {
namespace {

using nlohmann::json;

constexpr const char* data_source = "spaceone.api.cost_analysis.plugin.DataSource";
constexpr const char* job = "spaceone.api.cost_analysis.plugin.Job";
constexpr const char* cost = "spaceone.api.cost_analysis.plugin.Cost";

json parse(const std::string& text, const std::string& what) {
    json value = json::parse(text, nullptr, false);
    if (value.is_discarded()) {
        throw ReflectionError(ReflectionFault::bad_request, what + " is no JSON");
    }
    return value;
}

}  // namespace

CostApi::CostApi(const ReflectionClient& client, CostDataSource source)
    : client_(client), source_(std::move(source)) {
    const std::pair<const char*, const char*> methods[] = {{data_source, "init"},
                                                           {data_source, "verify"},
                                                           {job, "get_tasks"},
                                                           {cost, "get_linked_accounts"},
                                                           {cost, "get_data"}};
    for (const auto& [service, method] : methods) {
        if (!client_.has(service, method)) {
            throw ReflectionError(ReflectionFault::unknown_method,
                                  std::string(service) + "/" + method + " is not served");
        }
    }
}

std::string CostApi::request(
    const std::vector<std::pair<std::string, std::string>>& json_members) const {
    json options = parse(source_.options_json, "options");
    options["secret_type"] = source_.secret_type;
    json message = {{"options", std::move(options)}, {"domain_id", source_.domain_id}};
    for (const auto& [name, text] : json_members) message[name] = parse(text, name);
    return message.dump();
}

CallReply CostApi::init() const { return client_.call(data_source, "init", request({})); }

CallReply CostApi::verify(const std::string& secret_json) const {
    return client_.call(data_source, "verify", request({{"secret_data", secret_json}}));
}

CostTasks CostApi::get_tasks(const std::string& secret_json, const CostTime& time) const {
    std::vector<std::pair<std::string, std::string>> members = {{"secret_data", secret_json}};
    if (!time.start.empty()) members.emplace_back("start", json(time.start).dump());
    if (!time.last_synchronized_at.empty()) {
        members.emplace_back("last_synchronized_at", json(time.last_synchronized_at).dump());
    }
    const CallReply reply = client_.call(job, "get_tasks", request(members));
    CostTasks tasks{reply.status, reply.json, {}};
    if (!reply.status.ok()) return tasks;
    const json answer = parse(reply.json, "the answer of get_tasks");
    for (const json& task : answer.value("tasks", json::array())) {
        tasks.task_options.push_back(task.value("task_options", json::object()).dump());
    }
    return tasks;
}

CallReply CostApi::get_linked_accounts(const std::string& secret_json) const {
    return client_.call(cost, "get_linked_accounts", request({{"secret_data", secret_json}}));
}

CostStream CostApi::get_data(const std::string& secret_json, const std::string& task_options_json,
                             const OnPage& on_page, const CallOptions& options) const {
    CostStream stream;
    const auto take = [&](std::string_view bytes) {
        ++stream.pages;
        stream.bytes += bytes.size();
        const std::string text = client_.reply_as_json(cost, "get_data", bytes);
        stream.rows += parse(text, "a page").value("results", json::array()).size();
        return on_page(text, bytes);
    };
    stream.status =
        client_.stream(cost, "get_data",
                       request({{"secret_data", secret_json}, {"task_options", task_options_json}}),
                       take, options);
    return stream;
}

}  // namespace pf::test
