#include "tests/row_check/run_check.hpp"

namespace pf::test {
namespace {

using nlohmann::json;

std::string join(std::initializer_list<std::string_view> parts) {
    std::string joined;
    for (const std::string_view part : parts) {
        if (!joined.empty()) joined += '/';
        joined += part;
    }
    return joined;
}

}  // namespace

void RunCheck::add_service(RowScope& scope, const json& resource, const json* data) {
    const std::string_view provider = text_of(resource, "provider");
    const std::string_view group = text_of(resource, "cloud_service_group");
    const std::string_view type = text_of(resource, "cloud_service_type");
    const std::string id(text_of(child_of(resource, "reference"), "resource_id"));
    if (!id.empty() &&
        !identities_.insert(join({id, group, type, text_of(resource, "account")})).second) {
        scope.fail("run.duplicate_service", "reference.resource_id",
                   "'" + id + "' was sent before in this run");
    }
    ServiceType& service = services_[join({provider, group, type})];
    if (service.first_row.empty()) service.first_row = scope.title();
    if (!id.empty()) service.ids.insert(id);
    service.paths.merge(resource);
    if (data && resource.contains("json_data")) service.paths.merge_under("data", *data);
    const std::string_view region = text_of(resource, "region_code");
    if (!region.empty()) used_regions_.try_emplace(join({provider, region}), scope.title());
}

void RunCheck::add_type(const json& resource, const json* metadata) {
    Console& console = types_[join(
        {text_of(resource, "provider"), text_of(resource, "group"), text_of(resource, "name")})];
    console.has_metadata = resource.contains("metadata") || resource.contains("json_metadata");
    if (metadata) console.paths = console_paths(*metadata);
}

void RunCheck::add_region(const json& resource) {
    regions_.insert(join({text_of(resource, "provider"), text_of(resource, "region_code")}));
}

void RunCheck::add_namespace(const json& resource) {
    namespaces_.emplace(text_of(resource, "namespace_id"));
}

void RunCheck::add_metric(RowScope& scope, const json& resource) {
    const std::string id(text_of(resource, "namespace_id"));
    if (!id.empty()) used_namespaces_.try_emplace(id, scope.title());
}

void RunCheck::find_missing(std::vector<Violation>& violations) const {
    for (const auto& [region, row] : used_regions_) {
        if (!regions_.contains(region)) {
            violations.push_back({"run.region_missing", row, "no Region row " + region});
        }
    }
    for (const auto& [type, service] : services_) {
        if (!types_.contains(type)) {
            violations.push_back(
                {"run.type_missing", service.first_row, "no CloudServiceType row " + type});
        }
    }
    for (const auto& [id, row] : used_namespaces_) {
        if (!namespaces_.contains(id)) {
            violations.push_back({"run.namespace_missing", row, "no Namespace row " + id});
        }
    }
}

std::vector<Violation> RunCheck::notes() const {
    std::vector<Violation> notes;
    for (const auto& [type, console] : types_) {
        if (!console.has_metadata) {
            notes.push_back({"meta.absent", type, "the console shows bare columns only"});
        }
        const auto service = services_.find(type);
        if (service == services_.end()) continue;
        for (const ConsolePath& each : console.paths) {
            if (!service->second.paths.has(each.path)) {
                notes.push_back({"meta.field_never_filled", type + " " + each.place,
                                 each.path + " is in no row of the type"});
            }
        }
    }
    return notes;
}

std::vector<std::string> RunCheck::service_ids(std::string_view group,
                                               std::string_view type) const {
    std::set<std::string> ids;
    const std::string suffix = "/" + join({group, type});
    for (const auto& [key, service] : services_) {
        if ((group.empty() && type.empty()) || key.ends_with(suffix)) {
            ids.insert(service.ids.begin(), service.ids.end());
        }
    }
    return {ids.begin(), ids.end()};
}

}  // namespace pf::test
