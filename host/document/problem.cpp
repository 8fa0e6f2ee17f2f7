#include "host/document/problem.hpp"

#include <algorithm>

namespace pf::host::document {
namespace {

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }

}  // namespace

std::string Problem::text() const {
    std::string line = path.empty() ? reason : path + ": " + reason;
    // A key may be anything; a message is one line.
    std::replace_if(line.begin(), line.end(), is_control, '?');
    return line;
}

std::string path_of(const std::string& path, std::string_view key) {
    return path.empty() ? std::string(key) : path + "." + std::string(key);
}

std::string path_of(const std::string& path, std::size_t index) {
    return path + "[" + std::to_string(index) + "]";
}

}  // namespace pf::host::document
