#include "placeholders.hpp"

namespace alert {
namespace {

// The value of a parameter, whatever its type is; false when there is none.
bool value_of(pf::Value parameters, std::string_view name, std::string& out) {
    if (parameters.kind() != pf::Kind::array) return false;
    for (const pf::Value one : parameters) {
        if (one["paramName"].str() != name) continue;
        const pf::Value value = one["paramValue"];
        for (const std::string_view member :
             {"stringValue", "intValue", "boolValue", "doubleValue", "decimalValue"}) {
            const pf::Value found = value[member];
            if (const auto number = found.i64()) return out = std::to_string(*number), true;
            if (const auto truth = found.boolean()) return out = *truth ? "true" : "false", true;
            if (const auto real = found.f64()) return out = std::to_string(*real), true;
            if (found.kind() == pf::Kind::text) return out = found.str(), true;
        }
    }
    return false;
}

}  // namespace

std::string filled(std::string_view text, pf::Value parameters) {
    std::string out;
    while (!text.empty()) {
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
