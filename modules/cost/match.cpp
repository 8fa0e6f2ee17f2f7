#include "match.hpp"

#include <algorithm>

namespace cost {
namespace {

char lower(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

}  // namespace

bool equal_without_case(std::string_view a, std::string_view b) noexcept {
    return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(),
                                              [](char x, char y) { return lower(x) == lower(y); });
}

bool names_cluster_itself(const Names& list, std::string_view id, std::string_view name) noexcept {
    return std::any_of(list.begin(), list.end(), [&](const std::string& entry) {
        return (!name.empty() && entry == name) || (!id.empty() && equal_without_case(entry, id));
    });
}

bool names_cluster(const Names& list, std::string_view id, std::string_view name) noexcept {
    return std::find(list.begin(), list.end(), "*") != list.end() ||
           names_cluster_itself(list, id, name);
}

bool matches_any(const Names& patterns, std::string_view text) noexcept {
    return std::any_of(patterns.begin(), patterns.end(), [&](std::string_view pattern) {
        if (pattern.empty() || pattern.back() != '*') return equal_without_case(pattern, text);
        pattern.remove_suffix(1);
        return equal_without_case(pattern, text.substr(0, pattern.size()));
    });
}

bool has_one_of(const Categories& wanted, std::span<const CategoryView> had) noexcept {
    return std::any_of(wanted.begin(), wanted.end(), [&](const Category& category) {
        return std::any_of(had.begin(), had.end(), [&](const CategoryView& view) {
            return view.key == category.key && view.value == category.value;
        });
    });
}

bool contains(const Names& list, std::string_view id, std::string_view name) noexcept {
    return std::any_of(list.begin(), list.end(), [&](const std::string& entry) {
        return (!id.empty() && entry == id) || (!name.empty() && entry == name);
    });
}

}  // namespace cost
