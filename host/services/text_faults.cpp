#include "host/services/text_faults.hpp"

#include "host/services/text.hpp"

namespace pf::host::services {
namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";
constexpr std::string_view escaped_replacement = "\\uFFFD";
constexpr std::size_t escape_length = 6;  // \uXXXX

// The code unit of the escape at the start of `text`; -1 when there is none.
int unit_at(std::string_view text) noexcept {
    if (text.size() < escape_length || text[0] != '\\' || text[1] != 'u') {
        return -1;
    }
    int unit = 0;
    for (const char c : text.substr(2, 4)) {
        const char low = static_cast<char>(c | 0x20);
        if (c >= '0' && c <= '9') {
            unit = unit * 16 + (c - '0');
        } else if (low >= 'a' && low <= 'f') {
            unit = unit * 16 + (low - 'a' + 10);
        } else {
            return -1;
        }
    }
    return unit;
}

class Cleaner {
  public:
    Cleaner(std::string_view json, std::uint64_t most) : rest_(json), most_(most) {}

    std::optional<CleanedText> clean() {
        out_.text.reserve(rest_.size() + rest_.size() / 16);
        while (!rest_.empty()) {
            if (out_.replaced > most_) {
                return std::nullopt;
            }
            if (rest_.front() == '"') {
                is_inside_ = !is_inside_;
                keep(1);
            } else if (!is_inside_) {
                keep(1);
            } else if (rest_.front() == '\\') {
                escape();
            } else {
                character();
            }
        }
        if (out_.replaced == 0) {
            return std::nullopt;
        }
        return std::move(out_);
    }

  private:
    void keep(std::size_t count) {
        out_.text += rest_.substr(0, count);
        rest_.remove_prefix(std::min(count, rest_.size()));
    }
    void replace(std::size_t count, std::string_view by) {
        out_.text += by;
        rest_.remove_prefix(count);
        ++out_.replaced;
    }
    void escape() {
        const int unit = unit_at(rest_);
        if (unit < 0xD800 || unit > 0xDFFF) {
            // \" and the like; what is no escape stays for the parser to refuse.
            keep(rest_.size() > 1 && static_cast<unsigned char>(rest_[1]) < 0x80 ? 2 : 1);
            return;
        }
        const int next = unit_at(rest_.substr(escape_length));
        if (unit < 0xDC00 && next >= 0xDC00 && next <= 0xDFFF) {
            keep(2 * escape_length);
        } else {
            replace(escape_length, escaped_replacement);
        }
    }
    void character() {
        std::size_t bad = 0;
        const std::size_t length = character_length(rest_, bad);
        if (length == 0) {
            replace(bad, replacement);
        } else if (static_cast<unsigned char>(rest_.front()) < 0x20) {
            replace(1, replacement);
        } else {
            keep(length);
        }
    }

    std::string_view rest_;
    std::uint64_t most_;
    bool is_inside_ = false;
    CleanedText out_;
};

}  // namespace

std::optional<CleanedText> clean_strings(std::string_view json, std::uint64_t most) {
    return Cleaner(json, most).clean();
}

bool holds_replacement(std::string_view text) noexcept {
    return text.find(replacement) != std::string_view::npos;
}

}  // namespace pf::host::services
