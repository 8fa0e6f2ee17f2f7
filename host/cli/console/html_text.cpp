#include "host/cli/console/html_text.hpp"

#include "host/base/utf8.hpp"

namespace pf::host::cli {

std::string html_text(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const CodePoint point = decode_utf8(text, at);
        switch (point.value) {
            case U'&':
                out += "&amp;";
                break;
            case U'<':
                out += "&lt;";
                break;
            case U'>':
                out += "&gt;";
                break;
            case U'"':
                out += "&quot;";
                break;
            case U'\'':
                out += "&#39;";
                break;
            case U'\n':
            case U'\t':
                out += static_cast<char>(point.value);
                break;
            default:
                if (is_control(point.value)) {
                    out += '?';
                } else {
                    append_utf8(out, point.value);
                }
        }
        at += point.size;
    }
    return out;
}

}  // namespace pf::host::cli
