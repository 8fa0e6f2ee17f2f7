#include "tests/prism_sim/replay/request_key.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace pf::sim {
namespace {

// Writing JSON calls itself for each level; no request of Prism's API is half as deep.
constexpr int kDeepest = 64;

bool is_flat(std::string_view json) {
    int depth = 0;
    for (const char c : json) {
        depth += c == '{' || c == '[' ? 1 : 0;
        depth -= c == '}' || c == ']' ? 1 : 0;
        if (depth > kDeepest) return false;
    }
    return true;
}

// Members in order and without blanks, when it is JSON.
std::string body_key(const std::string& body) {
    if (body.empty() || !is_flat(body)) return body;
    const auto json = nlohmann::json::parse(body, nullptr, false);
    if (json.is_discarded()) return body;
    return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace

std::string request_key(const Request& request) {
    auto query = request.query;
    std::sort(query.begin(), query.end());
    // Lengths go first: no text can run over into the next one.
    std::string key;
    const auto add = [&key](std::string_view text) {
        key.append(std::to_string(text.size())).append(":").append(text);
    };
    add(request.method);
    add(request.path);
    for (const auto& [name, value] : query) {
        // Statistics are asked for up to now, which is another time in a replay.
        if (name == "$startTime" || name == "$endTime") continue;
        add(name);
        add(value);
    }
    add(body_key(request.body));
    return key;
}

}  // namespace pf::sim
