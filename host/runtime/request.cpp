#include "host/runtime/request.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "host/runtime/nearest.hpp"
#include "host/runtime/request_values.hpp"

namespace pf::host::runtime {

namespace {

using nlohmann::json;

// CloudForet shows a task by its resource_type, so the keys follow its own collectors.
constexpr const char* types_task = "inventory.CloudServiceType";
constexpr const char* target_task = "inventory.CloudService";

const std::vector<std::string>& task_keys() {
    static const std::vector<std::string> keys = {"resource_type", "target", "kind", "cluster",
                                                  "listed"};
    return keys;
}

std::string task_key(std::string_view name) { return "task_options." + std::string(name); }

Status read_task_text(const json& object, const char* key, std::string& place) {
    const json* value = filled(object, key);
    if (value == nullptr) {
        return {};
    }
    if (!value->is_string()) {
        return bad_value(task_key(key), "must be text");
    }
    place = value->get<std::string>();
    return {};
}

Status read_listed(const json& object, std::vector<std::string>& place) {
    const json* value = filled(object, "listed");
    if (value == nullptr) {
        return {};
    }
    const bool is_list =
        value->is_array() &&
        std::all_of(value->begin(), value->end(), [](const json& v) { return v.is_string(); });
    if (!is_list) {
        return bad_value(task_key("listed"), "must be a list of texts");
    }
    place = value->get<std::vector<std::string>>();
    return {};
}

}  // namespace

Result<std::optional<Task>> parse_task(std::string_view text) {
    const Result<json> object = parse_object(text, "task_options");
    if (!object) {
        return object.status();
    }
    if (object->empty()) {
        return std::optional<Task>();
    }
    // A part this version does not know would widen or narrow the task unseen.
    for (const auto& item : object->items()) {
        const std::vector<std::string>& known = task_keys();
        if (std::find(known.begin(), known.end(), item.key()) == known.end()) {
            return bad_value(task_key(item.key()), "no such key" + suggestion(item.key(), known));
        }
    }
    Task task;
    std::string type = target_task;
    Status status = read_task_text(*object, "resource_type", type);
    if (status.ok() && type == types_task) {
        task.scope = Task::Scope::types;
        return std::optional<Task>(std::move(task));
    }
    if (status.ok() && type != target_task) {
        status = bad_value(task_key("resource_type"),
                           std::string("must be ") + types_task + " or " + target_task);
    }
    for (const auto& [key, place] : {std::pair<const char*, std::string*>{"target", &task.target},
                                     {"kind", &task.kind},
                                     {"cluster", &task.cluster}}) {
        if (status.ok()) {
            status = read_task_text(*object, key, *place);
        }
    }
    if (status.ok()) {
        status = read_listed(*object, task.listed);
    }
    if (!status.ok()) {
        return status;
    }
    if (task.target.empty()) {
        return missing_key(task_key("target"));
    }
    if (task.kind.empty() && !(task.cluster.empty() && task.listed.empty())) {
        return missing_key(task_key("kind"));
    }
    return std::optional<Task>(std::move(task));
}

std::string to_json(const Task& task) {
    json object;
    if (task.scope == Task::Scope::types) {
        object["resource_type"] = types_task;
    } else {
        object["resource_type"] = target_task;
        object["target"] = task.target;
        if (!task.kind.empty()) {
            object["kind"] = task.kind;
        }
        if (!task.cluster.empty()) {
            object["cluster"] = task.cluster;
        }
        if (!task.listed.empty()) {
            object["listed"] = task.listed;
        }
    }
    return object.dump(-1, ' ', false, json::error_handler_t::replace);
}

}  // namespace pf::host::runtime
