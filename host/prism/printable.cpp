#include "host/prism/printable.hpp"

#include <cstdint>

namespace pf::host::prism {
namespace {

struct Step {
    std::size_t length;  // bytes used
    char32_t point;      // 0xFFFD when they are not UTF-8
};

Step decode(std::string_view text) {
    constexpr char32_t bad = 0xFFFD;
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned lead = byte(0);
    if (lead < 0x80) {
        return {1, lead};
    }
    const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || text.size() < length) {
        return {1, bad};
    }
    char32_t point = lead & (0x7Fu >> length);
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xC0) != 0x80) {
            return {1, bad};
        }
        point = (point << 6) | (byte(i) & 0x3Fu);
    }
    constexpr char32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
    if (point < smallest[length] || point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF)) {
        return {1, bad};
    }
    return {length, point};
}

// Characters that change how the text around them is shown.
bool invisible(char32_t point) {
    return (point >= 0x200B && point <= 0x200F) || (point >= 0x202A && point <= 0x202E) ||
           (point >= 0x2060 && point <= 0x2069) || point == 0xFEFF;
}

bool blank(char32_t point) {
    return point <= 0x20 || (point >= 0x7F && point <= 0xA0) || point == 0x2028 || point == 0x2029;
}

}  // namespace

std::string printable(std::string_view text, std::size_t limit) {
    std::string out;
    bool gap = false;
    while (!text.empty()) {
        const Step step = decode(text);
        const std::string_view raw = text.substr(0, step.length);
        text.remove_prefix(step.length);
        if (blank(step.point)) {
            gap = !out.empty();
            continue;
        }
        const bool odd = step.point == 0xFFFD || invisible(step.point);
        const std::string_view shown = odd ? std::string_view("?") : raw;
        if (out.size() + shown.size() + (gap ? 1 : 0) > limit) {
            out += "...";
            break;
        }
        if (gap) {
            out += ' ';
            gap = false;
        }
        out += shown;
    }
    return out;
}

}  // namespace pf::host::prism
