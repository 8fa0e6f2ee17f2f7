#include "tests/row_check/path_tree.hpp"

#include <algorithm>

namespace pf::test {

void PathTree::merge(const nlohmann::json& document) {
    if (document.is_structured() && document.empty()) is_open_ = true;
    if (document.is_array()) {
        for (const auto& element : document) merge(element);
    }
    if (!document.is_object()) return;
    for (const auto& [key, value] : document.get_ref<const nlohmann::json::object_t&>()) {
        merge_under(key, value);
    }
}

void PathTree::merge_under(std::string_view key, const nlohmann::json& document) {
    auto child = children_.find(key);
    if (child == children_.end()) {
        child = children_.emplace(std::string(key), std::make_unique<PathTree>()).first;
    }
    child->second->merge(document);
}

bool PathTree::has(std::string_view path) const {
    if (path.empty() || is_open_) return true;
    const std::size_t dot = path.find('.');
    const std::string_view key = path.substr(0, dot);
    const std::string_view rest =
        dot == std::string_view::npos ? std::string_view() : path.substr(dot + 1);
    const bool is_index =
        std::all_of(key.begin(), key.end(), [](char c) { return c >= '0' && c <= '9'; });
    const auto found = children_.find(key);
    if (found == children_.end()) return is_index && has(rest);
    return found->second->has(rest);
}

}  // namespace pf::test
