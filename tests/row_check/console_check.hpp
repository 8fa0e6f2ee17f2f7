// The metadata of a CloudServiceType: what CloudForet's console shows of a resource.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "tests/row_check/findings.hpp"

namespace pf::test {

// The names a CloudServiceType row goes by.
struct TypeNames {
    std::string_view provider;
    std::string_view group;
    std::string_view name;
};

// Checks the whole metadata document (meta.* rules).
void check_console(RowScope& scope, const nlohmann::json& metadata, const TypeNames& type);

// Checks one layout, and the layouts and fields inside it, at `place` in the metadata.
void check_layout(RowScope& scope, const nlohmann::json& layout, const std::string& place);

// Checks one field. Items of lists are field specs without a key.
void check_field(RowScope& scope, const nlohmann::json& field, const std::string& place,
                 bool needs_key = true);

// Checks the entries of a search list (meta.search).
void check_search(RowScope& scope, const nlohmann::json& search, const std::string& place);

// Checks that a colour is one the console paints (meta.colour).
void check_colour(RowScope& scope, const nlohmann::json& colour, const std::string& place);

// A path into a resource that the console reads, and where the metadata names it.
struct ConsolePath {
    std::string path;
    std::string place;
};

// Every path of table, search and tabs.
std::vector<ConsolePath> console_paths(const nlohmann::json& metadata);

}  // namespace pf::test
