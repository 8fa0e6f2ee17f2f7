// FieldValue: what a field shows of a resource, before somebody draws it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace pf::host::cli {

// The colours of the console, without their shades.
enum class Hue : std::uint8_t {
    none,
    black,
    white,
    gray,
    red,
    coral,
    yellow,
    green,
    blue,
    violet,
    peacock,
    indigo
};

// How one text is drawn.
enum class Shape : std::uint8_t {
    plain,
    badge,  // a word in a frame
    state,  // a word behind a dot
    tag,    // a key and a value
};

// One text of a field: a list has several.
struct Piece {
    std::string text;  // clean
    Hue hue = Hue::none;
    Shape shape = Shape::plain;
};

struct FieldValue {
    std::vector<Piece> pieces;  // none when there is nothing to show
    std::string delimiter;      // between them; empty = a new line where there is room

    // All pieces on one line.
    std::string text() const;
    bool is_empty() const { return pieces.empty(); }
};

}  // namespace pf::host::cli
