#include "host/cli/console/cell.hpp"

namespace pf::host::cli {

Tint tint_of(Hue hue) {
    switch (hue) {
        case Hue::green:
        case Hue::peacock:
            return Tint::green;
        case Hue::red:
        case Hue::coral:
            return Tint::red;
        case Hue::yellow:
            return Tint::yellow;
        case Hue::blue:
        case Hue::violet:
        case Hue::indigo:
            return Tint::blue;
        case Hue::gray:
            return Tint::gray;
        case Hue::none:
        case Hue::black:
        case Hue::white:
            break;
    }
    return Tint::none;
}

Cell cell_of(const FieldValue& value) {
    if (value.is_empty()) {
        return {"-", Tint::none};
    }
    Cell cell{value.text(), Tint::none};
    for (const Piece& piece : value.pieces) {
        if (const Tint tint = tint_of(piece.hue); cell.tint == Tint::none) {
            cell.tint = tint;
        }
    }
    return cell;
}

}  // namespace pf::host::cli
