#include "host/app/config_environment.hpp"

#include <unistd.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <vector>

#include "host/app/config_schema.hpp"
#include "host/loader/strict_json.hpp"
#include "host/runtime/nearest.hpp"

namespace pf::host::app {
namespace {

using nlohmann::json;

constexpr std::string_view prefix = "PRISMFORET_";

struct Place {
    std::string path;
    const json* schema = nullptr;
};

std::vector<std::string> split(std::string_view text, std::string_view separator) {
    std::vector<std::string> parts;
    for (std::size_t at = 0;;) {
        const std::size_t next = text.find(separator, at);
        parts.emplace_back(text.substr(at, next - at));
        if (next == text.npos) {
            return parts;
        }
        at = next + separator.size();
    }
}

std::string lower(std::string text) {
    for (char& c : text) {
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    }
    return text;
}

std::vector<std::string> known_keys(const json* schema) {
    std::vector<std::string> keys;
    if (schema != nullptr && schema->contains("properties")) {
        for (const auto& [key, value] : (*schema)["properties"].items()) {
            keys.push_back(key);
        }
    }
    return keys;
}

// Follows the parts of a name through the schema.
Result<Place> find_place(const std::string& name, const std::vector<std::string>& parts) {
    Place place{"", &config_schema()};
    for (const std::string& part : parts) {
        const bool is_index =
            !part.empty() && part.size() < 4 && part.find_first_not_of("0123456789") == part.npos;
        const json* next = nullptr;
        if (is_index && document::schema_of_element(place.schema) != nullptr) {
            next = document::schema_of_element(place.schema);
            place.path = loader::path_of(place.path, std::stoul(part));
        } else {
            next = document::schema_of_member(place.schema, part);
            place.path = loader::path_of(place.path, part);
        }
        if (next == nullptr) {
            return Status(Code::invalid_argument, "ERROR_CONFIG",
                          "environment " + name + ": there is no key " + place.path +
                              runtime::suggestion(part, known_keys(place.schema)));
        }
        place.schema = next;
    }
    return place;
}

Result<json> value_of(const std::string& name, const std::string& text, const Place& place) {
    const json type = place.schema->value("type", json());
    if (type == "array") {
        return document::list_value(text, document::schema_of_element(place.schema));
    }
    if (type == "object") {
        auto document = document::parse_yaml(text, "environment " + name, *place.schema);
        if (!document) {
            return document.status();
        }
        return *document->root;
    }
    return document::scalar_value(text, place.schema);
}

}  // namespace

Environment process_environment() {
    Environment all;
    for (char** one = environ; one != nullptr && *one != nullptr; ++one) {
        const std::string_view text = *one;
        const std::size_t equals = text.find('=');
        if (equals != text.npos) {
            all.emplace(text.substr(0, equals), text.substr(equals + 1));
        }
    }
    return all;
}

Status apply_environment(const Environment& environment, ConfigLayers& layers) {
    const auto set = [&layers](const std::string& path, const json& value,
                               const std::string& name) {
        return layers.put(path, value, "environment " + name);
    };
    const auto word = [&environment](const char* name) -> const std::string* {
        const auto found = environment.find(name);
        return found == environment.end() || found->second.empty() ? nullptr : &found->second;
    };
    Status failure;
    if (const std::string* const level = word("LOG_LEVEL")) {
        failure = set("log.level", lower(*level), "LOG_LEVEL");
    }
    if (const std::string* const role = word("PRISMFORET_ROLE"); role != nullptr && failure.ok()) {
        failure = set("serve.roles", json::array({lower(*role)}), "PRISMFORET_ROLE");
    }
    for (const auto& [name, text] : environment) {
        if (!failure.ok() || name.compare(0, prefix.size(), prefix) != 0 ||
            name.find("__") == name.npos) {
            continue;
        }
        const auto parts = split(lower(name.substr(prefix.size())), "__");
        auto place = find_place(name, parts);
        if (!place) {
            return place.status();
        }
        auto value = value_of(name, text, *place);
        failure = value ? set(place->path, *value, name) : value.status();
    }
    return failure;
}

}  // namespace pf::host::app
