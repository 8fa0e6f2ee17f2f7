#include "host/cli/text.hpp"

#include <clocale>
#include <cwchar>

#include "host/base/utf8.hpp"

namespace pf::host::cli {
namespace {

// wcwidth knows the widths only in a UTF-8 locale; this one is part of the C library.
class WidthLocale {
  public:
    WidthLocale() : before_(::uselocale(locale())) {}
    ~WidthLocale() { ::uselocale(before_); }
    WidthLocale(const WidthLocale&) = delete;
    WidthLocale& operator=(const WidthLocale&) = delete;

  private:
    static locale_t locale() {
        static const locale_t utf8 = ::newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);
        return utf8 != nullptr ? utf8 : LC_GLOBAL_LOCALE;
    }
    locale_t before_;
};

std::size_t width_of(char32_t value) {
    if (value >= 0x20 && value < 0x7F) {
        return 1;
    }
    const int width = ::wcwidth(static_cast<wchar_t>(value));
    return width < 0 ? 1 : static_cast<std::size_t>(width);
}

}  // namespace

std::string clean(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const CodePoint point = decode_utf8(text, at);
        if (point.value == U'\n' || point.value == U'\r' || point.value == U'\t') {
            out += ' ';
        } else if (is_control(point.value)) {
            out += '?';
        } else {
            append_utf8(out, point.value);
        }
        at += point.size;
    }
    return out;
}

std::string lower_ascii(std::string_view text) {
    std::string out(text);
    for (char& c : out) {
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    }
    return out;
}

std::size_t display_width(std::string_view text) {
    const WidthLocale locale;
    std::size_t width = 0;
    for (std::size_t at = 0; at < text.size();) {
        const CodePoint point = decode_utf8(text, at);
        width += width_of(point.value);
        at += point.size;
    }
    return width;
}

std::string clip(std::string_view text, std::size_t width) {
    if (display_width(text) <= width) {
        return std::string(text);
    }
    if (width == 0) {
        return {};
    }
    const WidthLocale locale;
    std::size_t used = 0;
    std::size_t end = 0;
    while (end < text.size()) {
        const CodePoint point = decode_utf8(text, end);
        const std::size_t next = used + width_of(point.value);
        if (next > width - 1) {
            break;
        }
        used = next;
        end += point.size;
    }
    return std::string(text.substr(0, end)) + "…";
}

std::string pad(std::string text, std::size_t width, bool at_left) {
    const std::size_t used = display_width(text);
    if (used < width) {
        text.insert(at_left ? 0 : text.size(), width - used, ' ');
    }
    return text;
}

}  // namespace pf::host::cli
