#include "host/cli/bounded_json.hpp"

#include <nlohmann/json.hpp>

namespace pf::host::cli {

bool is_too_deep(std::string_view text) {
    std::size_t depth = 0;
    bool is_string = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (is_string) {
            i += c == '\\' ? 1 : 0;
            is_string = c != '"';
        } else if (c == '"') {
            is_string = true;
        } else if (c == '{' || c == '[') {
            if (++depth > deepest_json) {
                return true;
            }
        } else if ((c == '}' || c == ']') && depth > 0) {
            --depth;
        }
    }
    return false;
}

nlohmann::ordered_json parse_bounded(std::string_view text) {
    using nlohmann::ordered_json;
    if (is_too_deep(text)) {
        return ordered_json(ordered_json::value_t::discarded);
    }
    return ordered_json::parse(text, nullptr, false);
}

}  // namespace pf::host::cli
