#include "host/cloudforet/struct_json.hpp"

#include <google/protobuf/struct.pb.h>

#include <cmath>
#include <cstdint>
#include <nlohmann/json.hpp>

namespace pf::host::cloudforet {

namespace {

using google::protobuf::Struct;
using google::protobuf::Value;
using nlohmann::json;

constexpr double largest_exact = 9007199254740992.0;  // 2^53

json from_struct(const Struct& object);

json from_number(double number) {
    if (std::trunc(number) == number && std::fabs(number) <= largest_exact) {
        return static_cast<std::int64_t>(number);
    }
    return number;
}

json from_value(const Value& value) {
    switch (value.kind_case()) {
        case Value::kNumberValue:
            return from_number(value.number_value());
        case Value::kStringValue:
            return value.string_value();
        case Value::kBoolValue:
            return value.bool_value();
        case Value::kStructValue:
            return from_struct(value.struct_value());
        case Value::kListValue: {
            json list = json::array();
            for (const Value& item : value.list_value().values()) {
                list.push_back(from_value(item));
            }
            return list;
        }
        case Value::kNullValue:
        case Value::KIND_NOT_SET:
            break;
    }
    return nullptr;
}

json from_struct(const Struct& object) {
    json result = json::object();
    for (const auto& [key, value] : object.fields()) {
        result[key] = from_value(value);
    }
    return result;
}

void fill_struct(const json& from, Struct& object);

void fill_value(const json& from, Value& value) {
    switch (from.type()) {
        case json::value_t::object:
            fill_struct(from, *value.mutable_struct_value());
            break;
        case json::value_t::array: {
            auto& list = *value.mutable_list_value();
            for (const json& item : from) {
                fill_value(item, *list.add_values());
            }
            break;
        }
        case json::value_t::string:
            value.set_string_value(from.get_ref<const std::string&>());
            break;
        case json::value_t::boolean:
            value.set_bool_value(from.get<bool>());
            break;
        case json::value_t::number_integer:
        case json::value_t::number_unsigned:
        case json::value_t::number_float:
            value.set_number_value(from.get<double>());
            break;
        default:
            value.set_null_value(google::protobuf::NULL_VALUE);
    }
}

void fill_struct(const json& from, Struct& object) {
    for (const auto& [key, value] : from.items()) {
        fill_value(value, (*object.mutable_fields())[key]);
    }
}

}  // namespace

std::string struct_to_json(const Struct& object) {
    return from_struct(object).dump(-1, ' ', false, json::error_handler_t::replace);
}

Status json_to_struct(std::string_view text, Struct& object) {
    const json parsed = json::parse(text, nullptr, false);
    if (!parsed.is_object()) {
        return {Code::internal, "ERROR_INTERNAL", "an answer of the plugin is no JSON object"};
    }
    object.Clear();
    fill_struct(parsed, object);
    return {};
}

}  // namespace pf::host::cloudforet
