// Dotted paths into resources, as the console follows them.
#pragma once

#include <cstddef>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

namespace pf::host::cli {

// "data.nics.mac" in steps. When `depth` is not 0, only so many steps are taken apart and the rest
// is one key: keys may hold dots.
std::vector<std::string> split_path(const std::string& path, std::size_t depth = 0);

// Every value at the end of `path`, without nulls. Through a list the path goes into each element,
// or into one when the step is its number. Valid as long as `value`.
std::vector<const nlohmann::ordered_json*> find_values(const nlohmann::ordered_json& value,
                                                       const std::vector<std::string>& path);

// The same, and a list at the end of the path is taken apart into its elements.
std::vector<const nlohmann::ordered_json*> find_elements(const nlohmann::ordered_json& value,
                                                         const std::vector<std::string>& path);

}  // namespace pf::host::cli
