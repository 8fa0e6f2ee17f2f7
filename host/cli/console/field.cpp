#include "host/cli/console/field.hpp"

#include <array>
#include <nlohmann/json.hpp>

#include "host/cli/console/layout.hpp"
#include "host/cli/console/member.hpp"

namespace pf::host::cli {
namespace {

using Json = nlohmann::ordered_json;

struct Name {
    std::string_view text;
    FieldType type;
};

constexpr std::array<Name, 9> names = {{{"text", FieldType::text},
                                        {"badge", FieldType::badge},
                                        {"state", FieldType::state},
                                        {"datetime", FieldType::datetime},
                                        {"enum", FieldType::enumeration},
                                        {"size", FieldType::size},
                                        {"list", FieldType::list},
                                        {"dict", FieldType::dict},
                                        {"more", FieldType::more}}};

Field read_field(const Json& entry, const std::string& place, std::vector<std::string>& odd) {
    Field field;
    field.key = text_member(entry, "key");
    field.title = text_member(entry, "name");
    const std::string type = text_member(entry, "type");
    field.type = type.empty() ? FieldType::text : field_type(type);
    if (field.type == FieldType::unknown) {
        odd.push_back(place + ": the console knows no field type " + type + " and shows text");
    }
    if (const Json* options = object_member(entry, "options")) {
        field.options = options->dump(-1, ' ', false, Json::error_handler_t::replace);
        field.is_optional = flag_member(*options, "is_optional");
        if (field.type == FieldType::enumeration && object_member(*options, "default") != nullptr) {
            odd.push_back(place +
                          ": default of an enum is the word of one of its items, and stands for "
                          "a value that is absent; the console can show no object there");
        }
        const Json* const layout = object_member(*options, "layout");
        if (field.type == FieldType::more && layout != nullptr) {
            field.popup = std::make_shared<const Layout>(read_layout(*layout, place, odd));
        }
    }
    if (field.title.empty()) {
        field.title = field.key;
    }
    return field;
}

}  // namespace

Field text_field(std::string key, std::string title, bool is_optional) {
    Field field;
    field.key = std::move(key);
    field.title = std::move(title);
    field.is_optional = is_optional;
    return field;
}

FieldType field_type(std::string_view name) {
    for (const Name& one : names) {
        if (one.text == name) {
            return one.type;
        }
    }
    return FieldType::unknown;
}

std::vector<Field> read_fields(const Json& array, const std::string& place,
                               std::vector<std::string>& odd) {
    std::vector<Field> fields;
    if (!array.is_array()) {
        odd.push_back(place + ": fields must be a list");
        return fields;
    }
    for (std::size_t i = 0; i < array.size(); ++i) {
        const std::string at = place + ".fields[" + std::to_string(i) + "]";
        if (text_member(array[i], "key").empty()) {
            odd.push_back(at + ": a field without a key is not shown");
            continue;
        }
        fields.push_back(read_field(array[i], at, odd));
    }
    return fields;
}

}  // namespace pf::host::cli
