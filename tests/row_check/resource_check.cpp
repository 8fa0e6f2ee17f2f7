#include "tests/row_check/resource_check.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "tests/row_check/console_check.hpp"
#include "tests/row_check/payload_check.hpp"

namespace pf::test {
namespace {

using nlohmann::json;

constexpr KeySpec service_keys[] = {
    {"cloud_service_type", KeyKind::text, true, 255, true},
    {"cloud_service_group", KeyKind::text, true, 255, true},
    {"provider", KeyKind::text, true, 255, true},
    {"name", KeyKind::text, true},
    {"data", KeyKind::object},
    {"json_data", KeyKind::json_text},
    {"account", KeyKind::text, false, 255},
    {"instance_type", KeyKind::text, false, 255},
    {"instance_size", KeyKind::checked_elsewhere},
    {"ip_addresses", KeyKind::checked_elsewhere},
    {"reference", KeyKind::object},
    {"region_code", KeyKind::text, false, 255},
    {"tags", KeyKind::tags},
    {"metadata", KeyKind::object},
    {"json_metadata", KeyKind::json_text},
    {"project_id", KeyKind::text, false, 40},
};

constexpr KeySpec type_keys[] = {
    {"name", KeyKind::text, true, 255, true},
    {"group", KeyKind::text, true, 255, true},
    {"provider", KeyKind::text, true, 255, true},
    {"service_code", KeyKind::text, false, 255},
    {"is_primary", KeyKind::boolean},
    {"is_major", KeyKind::boolean},
    {"resource_type", KeyKind::text, false, 255},
    {"labels", KeyKind::checked_elsewhere},
    {"metadata", KeyKind::object},
    {"json_metadata", KeyKind::json_text},
    {"tags", KeyKind::tags},
};

constexpr KeySpec region_keys[] = {
    {"name", KeyKind::text, true, 255},
    {"region_code", KeyKind::text, true, 255},
    {"provider", KeyKind::text, true, 255, true},
    {"tags", KeyKind::object},
};

constexpr KeySpec namespace_keys[] = {
    {"namespace_id", KeyKind::text, true, 80},
    {"name", KeyKind::text, true, 40},
    {"category", KeyKind::text, true, 40},
    {"resource_type", KeyKind::text, true},
    {"group", KeyKind::text, false, 40},
    {"icon", KeyKind::text},
    {"tags", KeyKind::object},
    {"version", KeyKind::text, true, 40},
};

constexpr KeySpec metric_keys[] = {
    {"metric_id", KeyKind::text, true, 80},
    {"name", KeyKind::text, true, 80},
    {"metric_type", KeyKind::text, true, 40},
    {"resource_type", KeyKind::text, true},
    {"query_options", KeyKind::object, true},
    {"date_field", KeyKind::text},
    {"unit", KeyKind::text},
    {"namespace_id", KeyKind::text, true, 80},
    {"version", KeyKind::text, true, 40},
    {"tags", KeyKind::object},
};

template <std::size_t Size>
bool is_one_of(std::string_view text, const std::array<std::string_view, Size>& words) {
    return std::find(words.begin(), words.end(), text) != words.end();
}

void check_reference(RowScope& scope, const json& resource) {
    if (scope.is_flagged("reference")) return;
    const json& reference = child_of(resource, "reference");
    if (text_of(reference, "resource_id").empty()) {
        scope.fail_key("service.resource_id", "reference",
                       "resource_id is missing, empty or no text");
    }
    for (const auto& [key, value] : reference.items()) {
        if (key == "resource_id") continue;
        if (key != "external_link") {
            scope.fail_key("service.reference_key", "reference",
                           "key '" + key + "' fails the save");
        } else if (!value.is_string() || value.get_ref<const std::string&>().empty()) {
            scope.fail("service.external_link", "reference.external_link",
                       "is no text, or empty: " + brief(value));
        }
    }
}

void check_size_and_addresses(RowScope& scope, const json& resource) {
    const auto size = resource.find("instance_size");
    if (size != resource.end() && !size->is_null() && !size->is_number()) {
        scope.fail_key("service.instance_size", "instance_size",
                       "is a " + std::string(size->type_name()) + ": " + brief(*size));
    }
    const auto addresses = resource.find("ip_addresses");
    if (addresses != resource.end() && !addresses->is_null() && !is_text_list(*addresses, 255)) {
        scope.fail_key("service.ip_addresses", "ip_addresses",
                       "is no list of addresses as texts: " + brief(*addresses));
    }
}

// {view: {sub_data: {reference: {resource_type, options: {the row's own names}}}}} and no more.
bool is_pointer(const json& resource, const json& metadata) {
    const json& view = child_of(metadata, "view");
    const json& sub_data = child_of(view, "sub_data");
    const json& reference = child_of(sub_data, "reference");
    const json& options = child_of(reference, "options");
    if (metadata.size() != 1 || view.size() != 1 || sub_data.size() != 1) return false;
    if (reference.size() != 2 || options.size() != 3) return false;
    for (const char* key : {"provider", "cloud_service_group", "cloud_service_type"}) {
        if (text_of(options, key).empty() || text_of(options, key) != text_of(resource, key)) {
            return false;
        }
    }
    return text_of(reference, "resource_type") == "inventory.CloudServiceType";
}

void check_pointer(RowScope& scope, const json& resource) {
    const bool is_sent = resource.contains("metadata") || resource.contains("json_metadata");
    if (!is_sent) {
        if (scope.options().require_pointer) {
            scope.fail("service.metadata_pointer", "metadata", "is missing");
        }
        return;
    }
    json parsed;
    const json* metadata = document_of(scope, resource, "metadata", "json_metadata", parsed);
    if (metadata == nullptr) return;
    const bool names_are_wrong = scope.is_flagged("provider") ||
                                 scope.is_flagged("cloud_service_group") ||
                                 scope.is_flagged("cloud_service_type");
    if (!names_are_wrong && !is_pointer(resource, *metadata)) {
        scope.fail("service.metadata_pointer", "metadata",
                   "is not the pointer to the row's type: " + brief(*metadata));
    }
}

bool is_number_text(std::string_view text) {
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size();
}

void check_location(RowScope& scope, const json& tags) {
    static constexpr std::array<std::string_view, 6> continents{
        "asia_pacific", "europe", "north_america", "south_america", "africa", "middle_east"};
    for (const auto& [key, value] : tags.items()) {
        const std::string_view text = text_of(tags, key.c_str());
        const bool is_coordinate = key == "latitude" || key == "longitude";
        if (!value.is_string() || (is_coordinate && !is_number_text(text)) ||
            (key == "continent" && !is_one_of(text, continents))) {
            scope.fail("region.location", "tags." + key, brief(value) + " is of no use to the map");
        }
    }
}

// inventory.CloudService:provider.group.type, or another kind that metrics know.
void check_metric_target(RowScope& scope, const json& resource, bool is_namespace) {
    if (scope.is_flagged("resource_type")) return;
    const std::string text(text_of(resource, "resource_type"));
    static constexpr std::array<std::string_view, 4> plain{
        "inventory.CloudService", "identity.ServiceAccount", "identity.Workspace", "identity.User"};
    if (!is_namespace && is_one_of(text, plain)) return;
    const std::string prefix = "inventory.CloudService:" + scope.options().provider + ".";
    const std::string rest = text.starts_with(prefix) ? text.substr(prefix.size()) : "";
    const std::size_t dot = rest.find('.');
    const bool is_key = dot != std::string::npos && dot > 0 && dot + 1 < rest.size() &&
                        rest.find('.', dot + 1) == std::string::npos;
    if (!is_key) {
        scope.fail("catalogue.resource_type", "resource_type",
                   "'" + text + "' is not inventory.CloudService:provider.group.type");
    }
}

bool is_group_by(const json& entry) {
    if (entry.is_string()) return !entry.get_ref<const std::string&>().empty();
    return !text_of(entry, "key").empty() && !text_of(entry, "name").empty();
}

bool is_filter(const json& entry) {
    return !text_of(entry, "key").empty() && entry.contains("value") &&
           !text_of(entry, "operator").empty();
}

void check_query_options(RowScope& scope, const json& query) {
    static constexpr std::array<std::string_view, 6> known{"group_by",  "fields", "filter",
                                                           "filter_or", "unwind", "select"};
    const auto fail = [&](const std::string& place, const std::string& what) {
        scope.fail("metric.query_options", "query_options." + place, what);
    };
    for (const auto& [key, value] : query.items()) {
        if (!is_one_of(key, known)) fail(key, "is not part of a metric's query");
    }
    const json& value = child_of(child_of(query, "fields"), "value");
    const std::string_view operation = text_of(value, "operator");
    if (operation.empty()) {
        fail("fields.value", "has no operator: " + brief(value));
    } else if (operation != "count" && text_of(value, "key").empty()) {
        fail("fields.value", "has no key to " + std::string(operation));
    }
    const json groups = query.value("group_by", json::array());
    if (!groups.is_array() || !std::all_of(groups.begin(), groups.end(), is_group_by)) {
        fail("group_by", "is no list of {key, name} or paths: " + brief(groups));
    }
    for (const char* key : {"filter", "filter_or"}) {
        const json filters = query.value(key, json::array());
        if (!filters.is_array() || !std::all_of(filters.begin(), filters.end(), is_filter)) {
            fail(key, "is no list of {key, value, operator}: " + brief(filters));
        }
    }
}

}  // namespace

const json* check_cloud_service(RowScope& scope, const json& resource, json& parsed) {
    check_keys(scope, resource, service_keys);
    check_provider(scope, resource);
    check_reference(scope, resource);
    check_size_and_addresses(scope, resource);
    check_pointer(scope, resource);
    const json* data = document_of(scope, resource, "data", "json_data", parsed);
    if (data != nullptr) {
        check_document(scope, *data, "data");
    } else if (!resource.contains("data") && !resource.contains("json_data")) {
        scope.fail("data.missing", "data", "neither data nor json_data");
    }
    return data;
}

const json* check_cloud_service_type(RowScope& scope, const json& resource, json& parsed) {
    check_keys(scope, resource, type_keys);
    check_provider(scope, resource);
    const auto labels = resource.find("labels");
    if (labels != resource.end() && !labels->is_null() && !is_text_list(*labels, 255)) {
        scope.fail_key("type.labels", "labels", "is no list of texts: " + brief(*labels));
    }
    const json* metadata = document_of(scope, resource, "metadata", "json_metadata", parsed);
    if (metadata != nullptr) {
        check_document(scope, *metadata, "metadata");
        check_console(
            scope, *metadata,
            {text_of(resource, "provider"), text_of(resource, "group"), text_of(resource, "name")});
    }
    return metadata;
}

void check_region(RowScope& scope, const json& resource) {
    check_keys(scope, resource, region_keys);
    check_provider(scope, resource);
    const auto tags = resource.find("tags");
    if (tags != resource.end() && tags->is_object()) check_location(scope, *tags);
}

void check_namespace(RowScope& scope, const json& resource) {
    static constexpr std::array<std::string_view, 4> categories{"ASSET", "SECURITY", "INFORMATION",
                                                                "RECOMMENDATION"};
    check_keys(scope, resource, namespace_keys);
    check_metric_target(scope, resource, true);
    const std::string_view category = text_of(resource, "category");
    if (!scope.is_flagged("category") && !is_one_of(category, categories)) {
        scope.fail("namespace.category", "category", "'" + std::string(category) + "' is unknown");
    }
}

void check_metric(RowScope& scope, const json& resource) {
    check_keys(scope, resource, metric_keys);
    check_metric_target(scope, resource, false);
    const std::string_view type = text_of(resource, "metric_type");
    if (!scope.is_flagged("metric_type") && type != "COUNTER" && type != "GAUGE") {
        scope.fail("metric.metric_type", "metric_type",
                   "'" + std::string(type) + "' is neither COUNTER nor GAUGE");
    }
    if (type == "GAUGE" && resource.contains("date_field")) {
        scope.fail("metric.date_field", "date_field", "is ignored for a GAUGE");
    }
    if (!scope.is_flagged("query_options")) {
        check_query_options(scope, resource.at("query_options"));
    }
}

}  // namespace pf::test
