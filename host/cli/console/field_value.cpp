#include "host/cli/console/field_value.hpp"

namespace pf::host::cli {

std::string FieldValue::text() const {
    std::string text;
    for (const Piece& piece : pieces) {
        text += (text.empty() ? "" : delimiter.empty() ? ", " : delimiter) + piece.text;
    }
    return text;
}

}  // namespace pf::host::cli
