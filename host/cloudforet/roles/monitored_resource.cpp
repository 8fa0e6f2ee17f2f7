#include "host/cloudforet/roles/monitored_resource.hpp"

#include <nlohmann/json.hpp>

#include "host/runtime/request_values.hpp"

namespace pf::host::cloudforet {
namespace {

constexpr std::size_t longest_name = 256;

struct Part {
    const char* name;
    std::string MonitoredResource::*text;
    bool is_needed;
};

constexpr Part parts[] = {{"prism_central", &MonitoredResource::prism_central, false},
                          {"cluster_uuid", &MonitoredResource::cluster_uuid, false},
                          {"entity_type", &MonitoredResource::entity_type, true},
                          {"entity_uuid", &MonitoredResource::entity_uuid, true}};

}  // namespace

Result<MonitoredResource> read_monitored(const nlohmann::json& query, std::string_view where) {
    if (!query.is_object()) {
        return runtime::bad_value(where, "must be an object");
    }
    MonitoredResource resource;
    for (const Part& part : parts) {
        const std::string key = std::string(where) + "." + part.name;
        const nlohmann::json* value = runtime::filled(query, part.name);
        if (value == nullptr) {
            if (part.is_needed) {
                return runtime::missing_key(key);
            }
            continue;
        }
        if (!value->is_string() || value->get_ref<const std::string&>().size() > longest_name) {
            return runtime::bad_value(key, "must be a text of at most 256 bytes");
        }
        resource.*part.text = value->get<std::string>();
    }
    return resource;
}

void add_monitored(const MonitoredResource& resource, nlohmann::json& query) {
    for (const Part& part : parts) {
        query[part.name] = resource.*part.text;
    }
}

}  // namespace pf::host::cloudforet
