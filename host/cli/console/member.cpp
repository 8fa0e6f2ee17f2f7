#include "host/cli/console/member.hpp"

#include <nlohmann/json.hpp>

namespace pf::host::cli {

using Json = nlohmann::ordered_json;

const Json* member(const Json& value, const char* key) {
    if (!value.is_object()) {
        return nullptr;
    }
    const auto found = value.find(key);
    return found == value.end() ? nullptr : &*found;
}

std::string text_member(const Json& value, const char* key) {
    const Json* const found = member(value, key);
    return found != nullptr && found->is_string() ? found->get<std::string>() : std::string();
}

const Json* object_member(const Json& value, const char* key) {
    const Json* const found = member(value, key);
    return found != nullptr && found->is_object() ? found : nullptr;
}

bool flag_member(const Json& value, const char* key) {
    const Json* const found = member(value, key);
    return found != nullptr && found->is_boolean() && found->get<bool>();
}

}  // namespace pf::host::cli
