// Whom an entry of the model means: clusters, machines by system, category or name.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "model.hpp"

namespace cost {

// A category of a shape; looks at the shape's text.
struct CategoryView {
    std::string_view key;
    std::string_view value;
};

// Equal texts, A to Z without case.
bool equal_without_case(std::string_view a, std::string_view b) noexcept;

// Does the list name this cluster: "*", its UUID without case, or its name?
bool names_cluster(const Names& list, std::string_view id, std::string_view name) noexcept;

// Does the list name the cluster itself, "*" aside?
bool names_cluster_itself(const Names& list, std::string_view id, std::string_view name) noexcept;

// A text against patterns: without case, '*' at the end = any rest. An empty list takes none.
bool matches_any(const Names& patterns, std::string_view text) noexcept;

// Has the machine one of the categories?
bool has_one_of(const Categories& wanted, std::span<const CategoryView> had) noexcept;

// Is the id or the name in the list?
bool contains(const Names& list, std::string_view id, std::string_view name) noexcept;

}  // namespace cost
