#include "tests/cloudforet_sim/inventory/storage_rules.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tests/cloudforet_sim/inventory/failure.hpp"
#include "tests/row_check/wire_reader.hpp"

namespace pf::cloudforet_sim {
namespace {

using nlohmann::json;

constexpr std::size_t largest_document = 16U * 1024U * 1024U;

enum class Type { text, number, boolean, object, texts, anything };

struct Field {
    std::string_view name;
    Type type = Type::text;
    std::size_t longest = 0;  // characters of a text, or of each text of a list; 0: no limit
    bool required = false;
};

constexpr std::array<Field, 17> service_fields{{
    {"cloud_service_type", Type::text, 255, true},
    {"cloud_service_group", Type::text, 255, true},
    {"provider", Type::text, 255, true},
    {"data", Type::object, 0, true},
    {"name"},
    {"account", Type::text, 255},
    {"instance_type", Type::text, 255},
    {"instance_size", Type::number},
    {"ip_addresses", Type::texts, 255},
    {"reference", Type::object},
    {"region_code", Type::text, 255},
    {"tags", Type::object},
    {"metadata", Type::object},
    {"project_id", Type::text, 40},
    {"cloud_service_id", Type::text, 40},
    {"state", Type::text, 20},
    {"collection_info", Type::object},
}};

constexpr std::array<Field, 11> type_fields{{
    {"name", Type::text, 255, true},
    {"group", Type::text, 255, true},
    {"provider", Type::text, 255, true},
    {"service_code", Type::text, 255},
    {"is_primary", Type::boolean},
    {"is_major", Type::boolean},
    {"resource_type", Type::text, 255},
    {"labels", Type::texts, 255},
    {"metadata", Type::object},
    {"tags", Type::object},
    {"cloud_service_type_key", Type::text, 255},
}};

constexpr std::array<Field, 4> region_fields{{
    {"name", Type::text, 255, true},
    {"region_code", Type::text, 255, true},
    {"provider", Type::text, 255, true},
    {"tags", Type::object},
}};

constexpr std::array<Field, 8> namespace_fields{{
    {"namespace_id", Type::text, 80, true},
    {"name", Type::text, 40, true},
    {"category", Type::text, 40, true},
    {"resource_type", Type::text, 0, true},
    {"group", Type::text, 40},
    {"icon"},
    {"tags", Type::object},
    {"version", Type::text, 40, true},
}};

constexpr std::array<Field, 10> metric_fields{{
    {"metric_id", Type::text, 80, true},
    {"name", Type::text, 80, true},
    {"metric_type", Type::text, 40, true},
    {"resource_type", Type::text, 0, true},
    {"query_options", Type::object, 0, true},
    {"date_field"},
    {"unit"},
    {"namespace_id", Type::text, 80, true},
    {"version", Type::text, 40, true},
    {"tags", Type::object},
}};

std::span<const Field> fields_of(RowKind kind) {
    switch (kind) {
        case RowKind::cloud_service:
            return service_fields;
        case RowKind::cloud_service_type:
            return type_fields;
        case RowKind::region:
            return region_fields;
        case RowKind::name_space:
            return namespace_fields;
        case RowKind::metric:
            return metric_fields;
        default:
            return {};
    }
}

void check_text(const std::string& place, const json& value, std::size_t longest) {
    if (!value.is_string()) throw not_saved(place + " is no text");
    const std::size_t length = test::count_characters(value.get_ref<const std::string&>());
    if (longest != 0 && length > longest) {
        throw not_saved(place + " has " + std::to_string(length) + " characters, at most " +
                        std::to_string(longest) + " are kept");
    }
}

void check_value(const Field& field, const json& value) {
    const std::string name(field.name);
    if (field.type == Type::text) return check_text(name, value, field.longest);
    if (field.type == Type::texts) {
        if (!value.is_array()) throw not_saved(name + " is no list");
        for (const json& each : value) check_text(name, each, field.longest);
        return;
    }
    const bool is_right = (field.type == Type::number && value.is_number()) ||
                          (field.type == Type::boolean && value.is_boolean()) ||
                          (field.type == Type::object && value.is_object()) ||
                          field.type == Type::anything;
    if (!is_right) throw not_saved(name + " has a wrong type");
}

// Keys at any depth of what is stored as it is.
void check_keys(const json& value, const std::string& place) {
    if (value.is_array()) {
        for (const json& element : value) check_keys(element, place);
    }
    if (!value.is_object()) return;
    for (const auto& [key, member] : value.get_ref<const json::object_t&>()) {
        if (key.starts_with('$') || key.find('.') != std::string::npos) {
            throw not_saved("the key '" + key + "' in " + place);
        }
        check_keys(member, place);
    }
}

void check_reference(const json& reference) {
    for (const auto& [key, value] : reference.items()) {
        if (key != "resource_id" && key != "external_link") {
            throw not_saved("reference has no field " + key);
        }
        if (!value.is_null()) check_text("reference." + key, value, 0);
    }
}

}  // namespace

void drop_undeclared(RowKind kind, json& document) {
    const std::span<const Field> fields = fields_of(kind);
    std::vector<std::string> dropped;
    for (const auto& [key, value] : document.items()) {
        const auto is_it = [&key = key](const Field& field) { return field.name == key; };
        if (std::none_of(fields.begin(), fields.end(), is_it)) dropped.push_back(key);
    }
    for (const std::string& key : dropped) document.erase(key);
}

void check_saved(RowKind kind, const json& document) {
    for (const Field& field : fields_of(kind)) {
        const auto found = document.find(field.name);
        if (found != document.end() && !found->is_null()) check_value(field, *found);
    }
    if (kind != RowKind::cloud_service) return;
    if (document.contains("reference")) check_reference(document["reference"]);
    check_keys(document.value("data", json::object()), "data");
    if (document.dump().size() > largest_document) throw not_saved("more than 16 MiB");
}

void check_required(RowKind kind, const json& resource) {
    for (const Field& field : fields_of(kind)) {
        if (!field.required) continue;
        const auto found = resource.find(field.name);
        const bool is_there = found != resource.end() && !found->is_null() &&
                              !(found->is_string() && found->get_ref<const std::string&>().empty());
        if (!is_there) throw missing(std::string(field.name));
    }
}

}  // namespace pf::cloudforet_sim
