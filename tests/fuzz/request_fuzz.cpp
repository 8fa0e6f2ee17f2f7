// What CloudForet sends: a CollectRequest, its Structs as JSON, and the options, targets and task
// read from that. An input is either the message's bytes or, when it begins with '{', the JSON of
// options, secret_data and task_options between lines that hold "%%".
#include <google/protobuf/struct.pb.h>
#include <spaceone/api/inventory/plugin/collector.pb.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "host/cloudforet/struct_json.hpp"
#include "host/runtime/request.hpp"
#include "host/runtime/request_host.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace pf::fuzz {
namespace {

using namespace pf::host;
using google::protobuf::Struct;
using google::protobuf::Value;
using spaceone::api::inventory::plugin::CollectRequest;

constexpr std::string_view canary = "pf-canary-61c1e7";

bool read_json(std::string_view input, CollectRequest& request) {
    const std::vector<std::string_view> parts = parts_of(input);
    Struct* const places[] = {request.mutable_options(), request.mutable_secret_data(),
                              request.mutable_task_options()};
    for (std::size_t i = 0; i < std::min(parts.size(), std::size(places)); ++i) {
        if (!parts[i].empty() && !cloudforet::json_to_struct(parts[i], *places[i]).ok()) {
            return false;
        }
    }
    return true;
}

// The texts that are secret by their key become one that no message may hold.
void plant_canary(Struct& object) {
    for (auto& [key, value] : *object.mutable_fields()) {
        const bool is_secret = key == "password" || key == "api_key" || key == "ca_cert";
        if (is_secret && value.kind_case() == Value::kStringValue &&
            !value.string_value().empty()) {
            value.set_string_value(std::string(canary) + value.string_value());
        } else if (value.kind_case() == Value::kStructValue) {
            plant_canary(*value.mutable_struct_value());
        } else if (value.kind_case() == Value::kListValue) {
            for (Value& item : *value.mutable_list_value()->mutable_values()) {
                if (item.kind_case() == Value::kStructValue) {
                    plant_canary(*item.mutable_struct_value());
                }
            }
        }
    }
}

void check_status(const Status& status) {
    require_readable(status, 1u << 16);
    require(status.text().find(canary) == std::string::npos, "a message holds no secret",
            status.text());
}

// The JSON of a Struct is JSON, and leads back to itself.
std::string json_of(const Struct& object) {
    const std::string text = cloudforet::struct_to_json(object);
    require(is_utf8(text) && text.find_first_of("\r\n") == text.npos,
            "JSON of a Struct is one line of UTF-8", text);
    Struct back;
    require(cloudforet::json_to_struct(text, back).ok(), "JSON of a Struct is JSON", text);
    require(cloudforet::struct_to_json(back) == text, "JSON of a Struct leads back to it", text);
    return text;
}

void check_options(const runtime::Options& options) {
    require(options.page_size <= 100, "page_size is in its range");
    require(options.sessions >= 1 && options.sessions <= 64, "sessions is in its range");
    require(options.replicas >= 1 && options.replicas <= 1000, "replicas is in its range");
    require(options.requests_per_second >= 0 && options.requests_per_second <= 1000,
            "requests_per_second is in its range");
    require(options.account_id.size() <= 4 * 255, "account_id is bounded");
    require(nlohmann::json::accept(options.json), "the modules get JSON", options.json);
}

void check_targets(const std::vector<runtime::TargetRequest>& targets) {
    require(!targets.empty(), "a secret has a target");
    for (const runtime::TargetRequest& target : targets) {
        check_status(target.refusal);
        require(is_utf8(target.name) && is_one_line(target.name), "a target's name is readable",
                target.name);
        require(target.name.find(canary) == std::string::npos, "a target's name holds no secret");
        if (!target.refusal.ok()) {
            continue;
        }
        const prism::TargetSpec& spec = target.spec;
        require(!spec.host.empty() && spec.port != 0, "a target has an address", target.name);
        require(target.name == runtime::HostText::name(spec.host, spec.port),
                "a target's name is its address", target.name);
        require(spec.credential.username.empty() == !spec.credential.api_key.empty(),
                "a target has one credential", target.name);
        require(spec.limits.sessions >= 1 && spec.limits.in_flight >= 1, "a target can be asked");
    }
}

void check_task(const std::optional<runtime::Task>& task) {
    if (!task) {
        return;
    }
    const std::string text = runtime::to_json(*task);
    const auto again = runtime::parse_task(text);
    require(again.ok() && again->has_value(), "a task can be read back", text);
    require(runtime::to_json(**again) == text, "a task reads back as itself", text);
    if (task->scope == runtime::Task::Scope::target) {
        require(!task->target.empty() && !task->kind.empty(), "a task names target and kind", text);
    }
}

void run(CollectRequest& request) {
    plant_canary(*request.mutable_secret_data());
    const auto options = runtime::parse_options(json_of(request.options()));
    check_status(options.status());
    if (options) {
        check_options(*options);
    }
    const auto targets = runtime::parse_secret(json_of(request.secret_data()),
                                               options ? *options : runtime::Options());
    check_status(targets.status());
    if (targets) {
        check_targets(*targets);
    }
    const auto task = runtime::parse_task(json_of(request.task_options()));
    check_status(task.status());
    if (task) {
        check_task(*task);
    }
}

}  // namespace
}  // namespace pf::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace pf::fuzz;
    const std::string_view input = to_text(data, size);
    if (input.find(canary) != input.npos) {
        return 0;  // it stands where no secret is
    }
    CollectRequest request;
    const bool is_read = input.starts_with('{')
                             ? read_json(input, request)
                             : request.ParseFromArray(data, static_cast<int>(size));
    if (is_read) {
        run(request);
    }
    return 0;
}
