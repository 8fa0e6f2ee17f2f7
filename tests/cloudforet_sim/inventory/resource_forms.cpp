#include "tests/cloudforet_sim/inventory/resource_forms.hpp"

#include <string>
#include <utility>

#include "tests/cloudforet_sim/inventory/document.hpp"
#include "tests/cloudforet_sim/inventory/failure.hpp"

namespace pf::cloudforet_sim {
namespace {

using nlohmann::json;

// Puts the document of a JSON text under `key`.
void take_text(json& values, const std::string& text_key, const std::string& key) {
    const auto found = values.find(text_key);
    if (found == values.end()) return;
    const json text = *found;
    values.erase(text_key);
    if (is_falsy(text)) return;
    if (!text.is_string()) throw wrong_type(text_key, "str");
    json document = json::parse(text.get_ref<const std::string&>(), nullptr, false);
    if (document.is_discarded()) throw Failure("ERROR_UNKNOWN", text_key + " is no JSON");
    if (!document.is_object()) throw wrong_type(text_key, "dict");
    values[key] = std::move(document);
}

void drop_nulls(json& values) {
    for (auto member = values.begin(); member != values.end();) {
        member = member->is_null() ? values.erase(member) : std::next(member);
    }
}

json documents_of(const json& resource) {
    json values = resource;
    take_text(values, "json_data", "data");
    take_text(values, "json_metadata", "metadata");
    if (values.contains("tags") && !values["tags"].is_null()) {
        values["tags"] = tags_as_object(values["tags"]);
    }
    drop_nulls(values);
    return values;
}

}  // namespace

json tags_as_object(const json& tags) {
    if (tags.is_object()) return tags;
    if (!tags.is_array()) throw wrong_type("tags", "dict or list");
    json object = json::object();
    for (const json& tag : tags) {
        if (!tag.is_object() || !tag.contains("key") || !tag.contains("value") ||
            !tag["key"].is_string()) {
            throw missing("tags.key");
        }
        object[tag["key"].get<std::string>()] = tag["value"];
    }
    return object;
}

json service_values(const json& resource) {
    json values = documents_of(resource);
    const auto size = values.find("instance_size");
    if (size != values.end() && !is_falsy(*size) && !size->is_number()) {
        throw wrong_type("instance_size", "float");
    }
    const std::string provider = values.value("provider", std::string());
    for (const char* key : {"tags", "metadata"}) {
        if (values.contains(key)) values[key] = json{{provider, values[key]}};
    }
    return values;
}

json type_values(const json& resource) { return documents_of(resource); }

}  // namespace pf::cloudforet_sim
