#include "host/cloudforet/client/json_message.hpp"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>
#include <google/protobuf/util/json_util.h>

#include <nlohmann/json.hpp>
#include <vector>

#include "host/runtime/nearest.hpp"

namespace pf::host::cloudforet {

namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using nlohmann::json;

Status refuse(std::string message) {
    return {Code::invalid_argument, "ERROR_REQUEST_JSON", std::move(message)};
}

// Types with a JSON form of their own.
bool is_well_known(const Descriptor& type) {
    return type.full_name().starts_with("google.protobuf.") &&
           type.full_name() != "google.protobuf.Empty";
}

const FieldDescriptor* find_field(const Descriptor& type, const std::string& name) {
    if (const FieldDescriptor* field = type.FindFieldByName(name)) {
        return field;
    }
    for (int i = 0; i < type.field_count(); ++i) {
        if (type.field(i)->json_name() == name) {
            return type.field(i);
        }
    }
    return nullptr;
}

std::string unknown_field(const Descriptor& type, const std::string& name) {
    std::vector<std::string> known;
    std::string list;
    for (int i = 0; i < type.field_count(); ++i) {
        known.push_back(type.field(i)->name());
        list += (i == 0 ? "" : ", ") + known.back();
    }
    std::string text = "the request has the field '" + name + "', which " + type.full_name() +
                       " does not know" + runtime::suggestion(name, known);
    return text + (known.empty() ? " (it has no fields)" : " (its fields: " + list + ")");
}

Status check_message(const json& value, const Descriptor& type, const std::string& path);

// What the JSON value of one field must be; empty when it is that.
std::string_view mismatch(const json& value, const FieldDescriptor& field) {
    switch (field.cpp_type()) {
        case FieldDescriptor::CPPTYPE_STRING:
            return value.is_string() ? "" : "a text";
        case FieldDescriptor::CPPTYPE_BOOL:
            return value.is_boolean() ? "" : "true or false";
        case FieldDescriptor::CPPTYPE_ENUM:
            return value.is_string() || value.is_number_integer() ? "" : "one of its names";
        case FieldDescriptor::CPPTYPE_MESSAGE:
            return "";
        default:
            return value.is_number() || value.is_string() ? "" : "a number";
    }
}

Status check_value(const json& value, const FieldDescriptor& field, const std::string& path) {
    if (const std::string_view wanted = mismatch(value, field); !wanted.empty()) {
        return refuse("the field '" + path + "' must be " + std::string(wanted));
    }
    if (field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
        return check_message(value, *field.message_type(), path);
    }
    return {};
}

Status check_field(const json& value, const FieldDescriptor& field, const std::string& path) {
    if (value.is_null() && !field.is_repeated()) {
        return {};
    }
    if (field.is_map()) {
        return value.is_object() ? Status() : refuse("the field '" + path + "' must be an object");
    }
    if (!field.is_repeated()) {
        return check_value(value, field, path);
    }
    if (!value.is_array()) {
        return refuse("the field '" + path + "' must be a list");
    }
    for (std::size_t i = 0; i < value.size(); ++i) {
        const std::string item = path + "[" + std::to_string(i) + "]";
        if (const Status status = check_value(value[i], field, item); !status.ok()) {
            return status;
        }
    }
    return {};
}

Status check_message(const json& value, const Descriptor& type, const std::string& path) {
    if (type.full_name() == "google.protobuf.Struct" && !value.is_object()) {
        return refuse("the field '" + path + "' must be an object");
    }
    if (is_well_known(type)) {
        return {};
    }
    if (!value.is_object()) {
        return refuse(path.empty() ? "the request must be a JSON object"
                                   : "the field '" + path + "' must be an object");
    }
    for (const auto& [name, item] : value.items()) {
        const FieldDescriptor* field = find_field(type, name);
        if (field == nullptr) {
            return refuse(unknown_field(type, name));
        }
        const std::string inner = path.empty() ? name : path + "." + name;
        if (const Status status = check_field(item, *field, inner); !status.ok()) {
            return status;
        }
    }
    return {};
}

}  // namespace

Status json_to_message(std::string_view text, google::protobuf::Message& message) {
    if (text.find_first_not_of(" \t\r\n") == std::string_view::npos) {
        message.Clear();
        return {};
    }
    json parsed;
    try {
        parsed = json::parse(text);
    } catch (const json::parse_error& error) {
        return refuse("the request is not valid JSON (near byte " + std::to_string(error.byte) +
                      ")");
    }
    const Descriptor& type = *message.GetDescriptor();
    if (const Status status = check_message(parsed, type, ""); !status.ok()) {
        return status;
    }
    const std::string clean = parsed.dump(-1, ' ', false, json::error_handler_t::replace);
    if (!google::protobuf::util::JsonStringToMessage(clean, &message).ok()) {
        return refuse("the request does not fit " + type.full_name() +
                      "; a value is out of range, or no name of its enumeration");
    }
    return {};
}

Result<std::string> message_to_json(const google::protobuf::Message& message, bool is_pretty) {
    google::protobuf::util::JsonPrintOptions options;
    options.preserve_proto_field_names = true;
    options.add_whitespace = is_pretty;
    std::string text;
    if (!google::protobuf::util::MessageToJsonString(message, &text, options).ok()) {
        return Status(Code::data_loss, "ERROR_ANSWER",
                      "an answer of the type " + message.GetDescriptor()->full_name() +
                          " cannot be written as JSON");
    }
    return text;
}

}  // namespace pf::host::cloudforet
