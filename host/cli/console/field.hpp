// Field: one thing of a resource that the console shows, as CloudServiceType.metadata describes it.
#pragma once

#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace pf::host::cli {

struct Layout;

// How a field's value is written.
enum class FieldType {
    text,
    badge,
    state,
    datetime,
    enumeration,
    size,
    list,
    dict,
    more,     // a text, and a layout behind it
    unknown,  // anything else; the console shows its text
};

struct Field {
    std::string key;    // dotted path into the resource, may run through lists
    std::string title;  // the key when it has no name
    FieldType type = FieldType::text;
    std::string options = "{}";           // JSON text of an object
    bool is_optional = false;             // the console hides it until asked
    std::shared_ptr<const Layout> popup;  // of a field `more`

    // True for what is aligned as a number whatever its text looks like.
    bool is_number() const { return type == FieldType::size; }
};

// A text field.
Field text_field(std::string key, std::string title, bool is_optional = false);

// The type with this name.
FieldType field_type(std::string_view name);

// The fields of a JSON array, in order. What has no key is left out and told in `odd`, each with
// `place`; so is a type that the console does not know.
std::vector<Field> read_fields(const nlohmann::ordered_json& array, const std::string& place,
                               std::vector<std::string>& odd);

}  // namespace pf::host::cli
