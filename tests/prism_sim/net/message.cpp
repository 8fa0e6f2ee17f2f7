#include "tests/prism_sim/net/message.hpp"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

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

std::uint64_t whole_number(std::string_view text) {
    std::uint64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

bool is_v3_list(const Request& request) {
    return request.method == "POST" && request.path.starts_with("/api/nutanix/v3/") &&
           request.path.ends_with("/list");
}

// The part of a v3 list that a request body asks for.
struct V3Window {
    explicit V3Window(const std::string& text)
        : body(nlohmann::json::parse(text.empty() ? "{}" : text, nullptr, false)) {
        constexpr std::uint64_t usual = 20, most = 500;
        const auto number = [this](const char* name, std::uint64_t otherwise) {
            const bool is_there = body.is_object() && body.contains(name);
            return is_there && body[name].is_number_unsigned() ? body[name].get<std::uint64_t>()
                                                               : otherwise;
        };
        offset = number("offset", 0);
        length = std::clamp<std::uint64_t>(number("length", usual), 1, most);
    }
    nlohmann::json body;
    std::uint64_t offset = 0, length = 0;
};

}  // namespace

std::optional<std::string_view> Request::parameter(std::string_view name) const {
    for (const auto& [key, value] : query)
        if (key == name) return value;
    return std::nullopt;
}

std::optional<std::uint64_t> Request::list_page() const {
    if (const auto text = parameter("$page")) return whole_number(*text);
    if (!is_v3_list(*this)) return std::nullopt;
    const V3Window window(body);
    return window.offset / window.length;
}

Request Request::for_page(std::uint64_t page) const {
    Request other = *this;
    if (is_v3_list(*this)) {
        V3Window window(body);
        if (window.body.is_object()) window.body["offset"] = page * window.length;
        other.body = window.body.dump();
        return other;
    }
    for (auto& [key, value] : other.query)
        if (key == "$page") value = std::to_string(page);
    return other;
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
