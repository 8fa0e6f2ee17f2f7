#include "tests/prism_sim/net/message.hpp"

#include <charconv>

namespace pf::sim {
namespace {

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

std::string decode(std::string_view text, bool is_query) {
    std::string decoded;
    decoded.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%' && text.size() - i > 2) {
            const int high = hex_digit(text[i + 1]);
            const int low = hex_digit(text[i + 2]);
            if (high >= 0 && low >= 0) {
                decoded += static_cast<char>(high * 16 + low);
                i += 2;
                continue;
            }
        }
        decoded += is_query && text[i] == '+' ? ' ' : text[i];
    }
    return decoded;
}

}  // namespace

std::optional<std::string_view> Request::parameter(std::string_view name) const {
    for (const auto& [key, value] : query)
        if (key == name) return value;
    return std::nullopt;
}

std::uint64_t Request::page() const {
    const std::string_view text = parameter("$page").value_or("0");
    std::uint64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

void set_target(Request& request, std::string_view target) {
    request.target = target;
    request.query.clear();
    const std::size_t mark = target.find('?');
    request.path = decode(target.substr(0, mark), false);
    if (mark == std::string_view::npos) return;
    std::string_view rest = target.substr(mark + 1);
    while (!rest.empty()) {
        const std::string_view pair = rest.substr(0, rest.find('&'));
        rest.remove_prefix(pair.size() < rest.size() ? pair.size() + 1 : rest.size());
        const std::size_t equals = pair.find('=');
        const std::string_view value =
            equals == std::string_view::npos ? std::string_view{} : pair.substr(equals + 1);
        if (!pair.empty())
            request.query.emplace_back(decode(pair.substr(0, equals), true), decode(value, true));
    }
}

void Response::reset() {
    status = 200;
    content_type = "application/json";
    body.clear();
    headers.clear();
    delivery = {};
}

}  // namespace pf::sim
