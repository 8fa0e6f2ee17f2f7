#include "host/cli/resource_json.hpp"

#include <nlohmann/json.hpp>

#include "host/cli/bounded_json.hpp"
#include "host/cli/console/member.hpp"

namespace pf::host::cli {

using Json = nlohmann::ordered_json;

Json parse_resource(std::string_view text) {
    Json resource = parse_bounded(text);
    if (!resource.is_object()) {
        return Json::object();
    }
    const auto data = resource.find("json_data");
    if (data != resource.end() && data->is_string()) {
        Json parsed = parse_bounded(data->get_ref<const std::string&>());
        if (!parsed.is_discarded()) {
            resource.erase("json_data");
            resource["data"] = std::move(parsed);
        }
    }
    return resource;
}

Identity identity_of(const Json& resource) {
    const Json* const reference = object_member(resource, "reference");
    return {text_member(resource, "provider"), text_member(resource, "cloud_service_group"),
            text_member(resource, "cloud_service_type"), text_member(resource, "account"),
            reference != nullptr ? text_member(*reference, "resource_id") : std::string()};
}

}  // namespace pf::host::cli
