#include "tests/acceptance/scripted_collector.hpp"

#include <nlohmann/json.hpp>

#include "tests/acceptance/inventory_api.hpp"
#include "tests/row_check/resource_info_encoder.hpp"

namespace pf::test {

using nlohmann::json;

namespace {

constexpr const char* pointer_text = R"({"view": {"sub_data": {"reference": {
    "resource_type": "inventory.CloudServiceType",
    "options": {"provider": "nutanix", "cloud_service_group": "AHV",
                "cloud_service_type": "VirtualMachine"}}}}})";

}  // namespace

std::string type_row() {
    return encode_resource_info(json::parse(R"({
        "state": 4, "resource_type": "inventory.CloudServiceType",
        "match_rules": {"1": ["name", "group", "provider"]},
        "resource": {"name": "VirtualMachine", "group": "AHV", "provider": "nutanix"}})"));
}

std::string vm_row(const std::string& id) {
    json row = json::parse(R"({
        "state": 4, "resource_type": "inventory.CloudService",
        "match_rules": {"1": ["reference.resource_id", "provider", "cloud_service_type",
                              "cloud_service_group", "account"]},
        "resource": {
            "name": "web", "provider": "nutanix", "cloud_service_group": "AHV",
            "cloud_service_type": "VirtualMachine", "account": "pc-1", "json_data": "{}",
                        "reference": {}}})");
    row["resource"]["reference"]["resource_id"] = id;
    row["resource"]["json_metadata"] = pointer_text;
    return encode_resource_info(row);
}

std::string failure_row() {
    return encode_resource_info({{"state", 5},
                                 {"message", "hosts could not be listed"},
                                 {"resource_type", "inventory.ErrorResource"},
                                 {"resource", {{"provider", "nutanix"}}}});
}

std::string tasks_reply(const std::vector<json>& tasks) {
    std::string reply;
    for (const json& task : tasks) {
        std::string info;
        append_field(info, 1, encode_struct(task));
        append_field(reply, 1, info);
    }
    return reply;
}

ScriptedCollector::ScriptedCollector() {
    for (const auto& file : inventory_files()) server.add_file(file);
    server.list(collector_service);
    server.list(job_service);
    server.serve(method_path(collector_service, "init"),
                 [](const std::string&) { return answer_with({""}); });
    server.serve(method_path(collector_service, "verify"),
                 [](const std::string&) { return answer_with({""}); });
    server.serve(method_path(job_service, "get_tasks"), [](const std::string&) {
        return answer_with({tasks_reply({{{"kind", "types"}}, {{"kind", "vms"}}})});
    });
    serve_collect([](const std::string& request) {
        std::vector<std::string> rows;
        const bool is_all = request.find("kind") == std::string::npos;
        if (is_all || request.find("types") != std::string::npos) rows.push_back(type_row());
        if (is_all || request.find("vms") != std::string::npos) {
            rows.push_back(vm_row("vm-1"));
            rows.push_back(vm_row("vm-2"));
        }
        return answer_with(rows);
    });
}

void ScriptedCollector::serve_collect(ScriptedServer::Handler handler) {
    server.serve(method_path(collector_service, "collect"), std::move(handler));
}

JobReport ScriptedCollector::run(const InventoryJob& job) {
    const auto client = ReflectionClient::connect(server.start());
    return run_inventory_job(*client, job);
}

}  // namespace pf::test
