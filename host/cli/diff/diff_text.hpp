// What differs between two collections, for people and for programs.
#pragma once

#include <string>

#include "host/cli/diff/collection_diff.hpp"

namespace pf::host::cli {

// A line for each resource and for each key of a changed one, each with its line break. What is
// only in one of them because the other is not whole is not called created or removed.
std::string diff_text(const CollectionDiff& diff, std::size_t width, bool has_colour);

// One line: "2 created · 1 removed · 3 changed · 494 equal".
std::string diff_summary(const CollectionDiff& diff);

// One JSON document on one line.
std::string diff_json(const CollectionDiff& diff);

}  // namespace pf::host::cli
