#include "tests/prism_sim/json/json_scan.hpp"

#include <charconv>

namespace pf::sim {
namespace {

std::optional<MemberPlace> member(std::string_view text, std::size_t at, std::string_view name) {
    if (at >= text.size() || text[at] != '{') return std::nullopt;
    ++at;
    while (text[at] != '}') {
        const std::size_t key_end = end_of_string(text, at);
        const MemberPlace place{at, {key_end + 1, end_of_value(text, key_end + 1)}};
        if (text.substr(at + 1, key_end - at - 2) == name) return place;
        at = text[place.value.end] == ',' ? place.value.end + 1 : place.value.end;
    }
    return std::nullopt;
}

std::optional<std::size_t> element(std::string_view text, std::size_t at, std::string_view index) {
    std::size_t number = 0;
    const auto [end, error] = std::from_chars(index.data(), index.data() + index.size(), number);
    if (error != std::errc{} || end != index.data() + index.size()) return std::nullopt;
    const std::vector<TextRange> all = elements(text, at);
    if (number >= all.size()) return std::nullopt;
    return all[number].begin;
}

}  // namespace

std::size_t end_of_string(std::string_view text, std::size_t at) {
    for (++at; text[at] != '"'; ++at)
        if (text[at] == '\\') ++at;
    return at + 1;
}

std::size_t end_of_value(std::string_view text, std::size_t at) {
    for (int depth = 0; at < text.size();) {
        const char c = text[at];
        if (c == '"') {
            at = end_of_string(text, at);
            continue;
        }
        if (depth == 0 && (c == ',' || c == '}' || c == ']')) return at;
        if (c == '{' || c == '[') ++depth;
        if (c == '}' || c == ']') --depth;
        ++at;
    }
    return at;
}

std::optional<MemberPlace> find_member(std::string_view text, std::size_t at,
                                       std::string_view path) {
    for (;;) {
        const std::size_t dot = path.find('.');
        const std::string_view part = path.substr(0, dot);
        const bool is_last = dot == std::string_view::npos;
        if (at < text.size() && text[at] == '[') {
            const auto inner = element(text, at, part);
            if (!inner || is_last) return std::nullopt;
            at = *inner;
        } else {
            const auto found = member(text, at, part);
            if (!found || is_last) return found;
            at = found->value.begin;
        }
        path.remove_prefix(dot + 1);
    }
}

std::vector<TextRange> elements(std::string_view text, std::size_t at) {
    std::vector<TextRange> all;
    if (at >= text.size() || text[at] != '[') return all;
    ++at;
    while (text[at] != ']') {
        const std::size_t end = end_of_value(text, at);
        all.push_back({at, end});
        at = text[end] == ',' ? end + 1 : end;
    }
    return all;
}

}  // namespace pf::sim
