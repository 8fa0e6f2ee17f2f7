#include "host/app/config_values.hpp"

#include <nlohmann/json.hpp>

#include "host/app/secret_source.hpp"
#include "host/app/units.hpp"
#include "host/loader/strict_json.hpp"
#include "host/observe/redact.hpp"

namespace pf::host::app {

using nlohmann::json;

void ConfigValues::fail(const std::string& path, const Status& why) const {
    const Origin origin = layers_.origin(path);
    throw WrongConfig{Status(Code::invalid_argument, origin.reason(),
                             origin.text() + ": " + path + ": " + why.message())};
}

void ConfigValues::fail(const std::string& path, const std::string& why) const {
    fail(path, Status(Code::invalid_argument, "ERROR_CONFIG", why));
}

const json& ConfigValues::member(const json& object, const char* key) {
    static const json nothing;
    const auto found = object.is_object() ? object.find(key) : object.end();
    return object.is_object() && found != object.end() ? *found : nothing;
}

std::string ConfigValues::text(const json& object, const std::string& path, const char* key) const {
    const json& value = member(object, key);
    if (!value.is_string()) {
        return {};
    }
    auto expanded = expand_references(value.get_ref<const std::string&>(), environment_, warnings_);
    if (!expanded) {
        fail(loader::path_of(path, key), expanded.status());
    }
    return std::move(*expanded);
}

std::optional<std::chrono::milliseconds> ConfigValues::duration(const json& object,
                                                                const std::string& path,
                                                                const char* key) const {
    const std::string value = text(object, path, key);
    if (!member(object, key).is_string()) {
        return std::nullopt;
    }
    auto parsed = parse_duration(value);
    if (!parsed) {
        fail(loader::path_of(path, key), parsed.status());
    }
    return *parsed;
}

Secret ConfigValues::secret(const json& object, const std::string& path, const std::string& key) {
    const std::string file = text(object, path, (key + "_file").c_str());
    const json& inline_value = member(object, key.c_str());
    if (!file.empty() && inline_value.is_string()) {
        fail(path + "." + key,
             "is given twice, by " + key + " and by " + key + "_file; keep the file");
    }
    if (!file.empty()) {
        auto value = read_secret(file, warnings_);
        if (!value) {
            fail(path + "." + key + "_file", value.status());
        }
        return std::move(*value);
    }
    const std::string value = text(object, path, key.c_str());
    observe::register_secret(value);
    const Origin origin = layers_.origin(path + "." + key);
    if (!value.empty() && origin.is_file() &&
        !holds_reference(inline_value.get_ref<const std::string&>())) {
        warnings_.push_back(origin.text() + ": " + path + "." + key +
                            " stands in the file itself; try: " + key + "_file, or ${env:NAME}");
    }
    return Secret(value);
}

}  // namespace pf::host::app
