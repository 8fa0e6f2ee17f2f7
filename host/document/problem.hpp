// Problem: where in a document something is wrong, and what.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace pf::host::document {

// Where in a document something is wrong ("endpoints[0].v4.path", empty for the document), and
// what.
struct Problem {
    std::string path;
    std::string reason;

    // "endpoints[0].v4.path: must not be empty"
    std::string text() const;
};

// The path of member `key`, or of element `index`, of the value at `path`.
std::string path_of(const std::string& path, std::string_view key);
std::string path_of(const std::string& path, std::size_t index);

}  // namespace pf::host::document
