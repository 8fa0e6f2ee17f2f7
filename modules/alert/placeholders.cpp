#include "placeholders.hpp"

#include <initializer_list>

namespace alert {
namespace {

// A body that was posted may name one long value over and over.
constexpr int most_names = 64;
constexpr std::size_t longest_text = 64u << 10;

bool text_of(pf::Value value, std::string& out) {
    if (const auto number = value.i64()) return out = std::to_string(*number), true;
    if (const auto truth = value.boolean()) return out = *truth ? "true" : "false", true;
    if (const auto real = value.f64()) return out = std::to_string(*real), true;
    if (value.kind() == pf::Kind::text) return out = value.str(), true;
    return false;
}

bool first_text(pf::Value value, std::initializer_list<std::string_view> members,
                std::string& out) {
    for (const std::string_view member : members)
        if (text_of(value[member], out)) return true;
    return false;
}

// The value of a parameter, whatever its type is; false when there is none.
bool value_of(pf::Value parameters, std::string_view name, std::string& out) {
    if (parameters.kind() == pf::Kind::object)
        return first_text(parameters[name],
                          {"string_value", "int_value", "bool_value", "double_value"}, out);
    if (parameters.kind() != pf::Kind::array) return false;
    for (const pf::Value one : parameters)
        if (one["paramName"].str() == name &&
            first_text(one["paramValue"],
                       {"stringValue", "intValue", "boolValue", "doubleValue", "decimalValue"},
                       out))
            return true;
    return false;
}

}  // namespace

std::string filled(std::string_view text, pf::Value parameters) {
    std::string out;
    for (int i = 0; i < most_names && out.size() < longest_text; ++i) {
        const std::size_t open = text.find('{');
        const std::size_t close = open == text.npos ? open : text.find('}', open);
        if (close == text.npos) break;
        std::string value;
        const bool is_known = value_of(parameters, text.substr(open + 1, close - open - 1), value);
        out += text.substr(0, open);
        out += is_known ? std::string_view(value) : text.substr(open, close - open + 1);
        text.remove_prefix(close + 1);
    }
    return out += text;
}

}  // namespace alert
