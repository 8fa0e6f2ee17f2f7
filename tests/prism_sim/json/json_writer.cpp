#include "tests/prism_sim/json/json_writer.hpp"

namespace pf::sim {

void JsonWriter::quote(std::string_view value) {
    static constexpr char kHex[] = "0123456789abcdef";
    char* at = out_->room(value.size() * 6 + 2);
    *at++ = '"';
    for (const char c : value) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte >= 0x20 && c != '"' && c != '\\') [[likely]] {
            *at++ = c;
        } else if (c == '"' || c == '\\') {
            *at++ = '\\';
            *at++ = c;
        } else {
            at = copy(at, "\\u00");
            *at++ = kHex[byte >> 4];
            *at++ = kHex[byte & 15];
        }
    }
    *at++ = '"';
    out_->commit(at);
}

}  // namespace pf::sim
