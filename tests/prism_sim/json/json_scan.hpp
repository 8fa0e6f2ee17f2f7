#pragma once
// Finds places in JSON text that the simulator has just written (compact and valid), so that a
// field can be left out or replaced without a document in between.

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace pf::sim {

/// Bytes [begin, end) of a text.
struct TextRange {
    std::size_t begin = 0, end = 0;
};

/// First byte behind the string that begins at `at`.
std::size_t end_of_string(std::string_view text, std::size_t at);
/// First byte behind the value that begins at `at`.
std::size_t end_of_value(std::string_view text, std::size_t at);

/// A member of an object: where its key begins (the quote) and where its value is.
struct MemberPlace {
    std::size_t key = 0;
    TextRange value;
};
/// The member reached by `path` from the object at `at`: names and array indexes with dots between
/// ("nics.0.backingInfo"). An index may only stand before the last part.
std::optional<MemberPlace> find_member(std::string_view text, std::size_t at,
                                       std::string_view path);
/// The elements of the array that begins at `at`.
std::vector<TextRange> elements(std::string_view text, std::size_t at);

}  // namespace pf::sim
