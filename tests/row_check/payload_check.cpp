#include "tests/row_check/payload_check.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "tests/row_check/json_text.hpp"

namespace pf::test {
namespace {

using nlohmann::json;

// Keys that inventory writes itself; sent by a plugin they are overwritten or break the save.
constexpr std::array<std::string_view, 24> inventory_keys{"cloud_service_id",
                                                          "cloud_service_type_id",
                                                          "cloud_service_type_key",
                                                          "region_id",
                                                          "region_key",
                                                          "state",
                                                          "created_at",
                                                          "updated_at",
                                                          "deleted_at",
                                                          "collection_info",
                                                          "workspace_id",
                                                          "domain_id",
                                                          "plugin_id",
                                                          "is_managed",
                                                          "resource_group",
                                                          "updated_by",
                                                          "ref_cloud_service_type",
                                                          "ref_region",
                                                          "collector_id",
                                                          "secret_id",
                                                          "service_account_id",
                                                          "last_collected_at",
                                                          "is_new",
                                                          "status"};

bool is_inventory_key(std::string_view key) {
    return key.substr(0, 4) == "ref_" ||
           std::find(inventory_keys.begin(), inventory_keys.end(), key) != inventory_keys.end();
}

bool has_kind(const json& value, KeyKind kind) {
    switch (kind) {
        case KeyKind::text:
        case KeyKind::json_text:
            return value.is_string();
        case KeyKind::boolean:
            return value.is_boolean();
        case KeyKind::object:
            return value.is_object();
        default:
            return true;
    }
}

void check_tags(RowScope& scope, const std::string& key, const json& tags) {
    if (tags.is_object()) return;
    const auto is_pair = [](const json& entry) {
        return entry.is_object() && entry.size() == 2 && !text_of(entry, "key").empty() &&
               entry.contains("value");
    };
    if (!tags.is_array() || !std::all_of(tags.begin(), tags.end(), is_pair)) {
        scope.fail_key("payload.tags", key,
                       "neither an object nor a list of {key, value}: " + brief(tags));
    }
}

void check_text(RowScope& scope, const KeySpec& spec, const std::string& text) {
    const std::string key(spec.name);
    if (text.empty()) {
        scope.fail_key(spec.required ? "payload.required" : "payload.text_empty", key,
                       "is empty and vanishes on the way");
    } else if (spec.longest != 0 && count_characters(text) > spec.longest) {
        scope.fail_key("payload.too_long", key,
                       std::to_string(count_characters(text)) + " characters, at most " +
                           std::to_string(spec.longest));
    }
    if (spec.names_a_type && text.find('.') != std::string::npos) {
        scope.fail_key("payload.dotted_name", key,
                       "'" + text + "' has a dot; metrics split type keys at dots");
    }
}

void check_value(RowScope& scope, const KeySpec& spec, const json& value) {
    const std::string key(spec.name);
    if (value.is_null()) {
        scope.fail_key("payload.null_value", key, "is null; leave it out or send it empty");
    } else if (!has_kind(value, spec.kind)) {
        scope.fail_key("payload.type", key,
                       std::string("is a ") + value.type_name() + ": " + brief(value));
    } else if (spec.kind == KeyKind::tags) {
        check_tags(scope, key, value);
    } else if (spec.kind == KeyKind::text) {
        check_text(scope, spec, value.get_ref<const std::string&>());
    }
}

bool is_exact(const json& value) {
    constexpr std::uint64_t largest = std::uint64_t{1} << 53U;
    if (value.is_number_unsigned()) return value.get<std::uint64_t>() <= largest;
    if (value.is_number_integer()) {
        const auto number = value.get<std::int64_t>();
        return number <= static_cast<std::int64_t>(largest) &&
               number >= -static_cast<std::int64_t>(largest);
    }
    return std::fabs(value.get<double>()) <= static_cast<double>(largest);
}

void check_number(RowScope& scope, const json& value, const std::string& place) {
    if (!std::isfinite(value.get<double>())) {
        scope.fail("data.number_not_finite", place, "is not finite");
    } else {
        scope.fail("data.number_too_big", place,
                   brief(value) + " is above 2^53 and loses digits; send it as text");
    }
}

void check_key(RowScope& scope, const std::string& key, const std::string& place) {
    if (key.find('\0') != std::string::npos) {
        scope.fail("data.nul_key", place, "a key holds a NUL character");
    } else if (!key.empty() && key.front() == '$') {
        scope.fail("data.dollar_key", place, "key '" + key + "' begins with $");
    } else if (key.find('.') != std::string::npos) {
        scope.fail("data.dotted_key", place, "key '" + key + "' holds a dot");
    }
}

// One level of a document; the place is only put together when something is wrong.
struct Step {
    const Step* outer;
    const std::string* key;
    std::size_t index;
};

std::string spell(const Step* step) {
    if (step == nullptr) return {};
    const std::string outer = spell(step->outer);
    if (step->key == nullptr) return outer + "[" + std::to_string(step->index) + "]";
    return outer.empty() ? *step->key : outer + "." + *step->key;
}

void walk(RowScope& scope, const json& value, const Step* step, int depth, bool stored_keys) {
    if (value.is_number()) {
        if (!is_exact(value)) check_number(scope, value, spell(step));
        return;
    }
    if (!value.is_structured()) return;
    if (depth >= max_data_depth) {
        scope.fail("data.depth", spell(step).substr(0, 120), "nested deeper than 32 levels");
        return;
    }
    if (value.is_array()) {
        for (std::size_t i = 0; i < value.size(); ++i) {
            const Step inner{step, nullptr, i};
            walk(scope, value[i], &inner, depth + 1, stored_keys);
        }
        return;
    }
    for (const auto& [key, inner_value] : value.get_ref<const json::object_t&>()) {
        if (stored_keys) check_key(scope, key, spell(step));
        const Step inner{step, &key, 0};
        walk(scope, inner_value, &inner, depth + 1, stored_keys);
    }
}

}  // namespace

void check_keys(RowScope& scope, const json& resource, std::span<const KeySpec> specs) {
    for (const auto& [key, value] : resource.get_ref<const json::object_t&>()) {
        const std::string_view name = key;
        const auto spec = std::find_if(specs.begin(), specs.end(),
                                       [&](const KeySpec& each) { return each.name == name; });
        if (spec != specs.end()) {
            check_value(scope, *spec, value);
        } else if (key.find('\0') != std::string::npos) {
            scope.fail("data.nul_key", "resource", "a key holds a NUL character");
        } else if (is_inventory_key(name)) {
            scope.fail_key("payload.inventory_key", key, "is set by inventory itself");
        } else {
            scope.fail_key("payload.unknown_key", key, "is dropped by inventory in silence");
        }
    }
    for (const KeySpec& spec : specs) {
        const std::string key(spec.name);
        if (spec.required && !resource.contains(key)) {
            scope.fail_key("payload.required", key, "is missing");
        }
    }
}

const json* document_of(RowScope& scope, const json& resource, const std::string& key,
                        const std::string& json_key, json& parsed) {
    const auto plain = resource.find(key);
    const auto text = resource.find(json_key);
    if (plain != resource.end() && text != resource.end()) {
        scope.fail_key("payload.both_forms", key, "is sent beside " + json_key);
    }
    if (text == resource.end()) {
        return plain != resource.end() && plain->is_object() ? &*plain : nullptr;
    }
    if (!text->is_string()) return nullptr;
    const std::string& content = text->get_ref<const std::string&>();
    if (!is_utf8(content) || !parse_json_text(content, json_key, parsed, scope.sink())) {
        return nullptr;
    }
    if (!parsed.is_object()) {
        scope.fail_key("payload.json_text", json_key,
                       "holds a " + std::string(parsed.type_name()) + ", not an object");
        return nullptr;
    }
    return &parsed;
}

void check_document(RowScope& scope, const json& document, const std::string& place) {
    const Step root{nullptr, &place, 0};
    walk(scope, document, &root, 0, true);
}

void check_loose_values(RowScope& scope, const json& resource) {
    for (const auto& [key, value] : resource.get_ref<const json::object_t&>()) {
        if (key == "data" || key == "metadata") continue;
        const Step step{nullptr, &key, 0};
        walk(scope, value, &step, 0, false);
    }
}

void check_provider(RowScope& scope, const json& resource) {
    const std::string_view provider = text_of(resource, "provider");
    if (provider.empty() || provider == scope.options().provider) return;
    if (scope.is_flagged("provider")) return;
    scope.fail_key(
        "payload.provider", "provider",
        "is '" + std::string(provider) + "', expected '" + scope.options().provider + "'");
}

bool is_text_list(const json& value, std::size_t longest) {
    return value.is_array() && std::all_of(value.begin(), value.end(), [&](const json& entry) {
               if (!entry.is_string()) return false;
               const std::string& text = entry.get_ref<const std::string&>();
               return !text.empty() && count_characters(text) <= longest;
           });
}

}  // namespace pf::test
