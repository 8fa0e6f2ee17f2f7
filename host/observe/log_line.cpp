#include "host/observe/log_line.hpp"

#include <algorithm>
#include <cstdio>
#include <ctime>

#include "host/base/utf8.hpp"
#include "host/observe/redact.hpp"

namespace pf::host::observe {
namespace {

// Room kept for the closing quote, the mark of a cut line and the brace.
constexpr std::size_t reserve = 32;

std::string time_text(std::chrono::system_clock::time_point when) {
    using std::chrono::duration_cast;
    using std::chrono::milliseconds;
    const auto since = duration_cast<milliseconds>(when.time_since_epoch()).count();
    const std::time_t seconds = static_cast<std::time_t>(since / 1000);
    std::tm parts{};
    ::gmtime_r(&seconds, &parts);
    char text[64];
    std::snprintf(text, sizeof text, "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ", parts.tm_year + 1900,
                  parts.tm_mon + 1, parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec,
                  static_cast<int>(since % 1000));
    return text;
}

// The spelling of one code point inside quotes, for both formats.
std::string escaped(char32_t value) {
    switch (value) {
        case U'"':
            return "\\\"";
        case U'\\':
            return "\\\\";
        case U'\n':
            return "\\n";
        case U'\r':
            return "\\r";
        case U'\t':
            return "\\t";
        default:
            break;
    }
    if (is_control(value)) {
        char text[8];
        std::snprintf(text, sizeof text, "\\u%04x", static_cast<unsigned>(value));
        return text;
    }
    std::string text;
    append_utf8(text, value);
    return text;
}

// Appends `text` escaped while it stays below `limit`; false when it was cut.
bool append_escaped(std::string& line, std::string_view text, std::size_t limit) {
    for (std::size_t at = 0; at < text.size();) {
        const CodePoint point = decode_utf8(text, at);
        const std::string piece = escaped(point.value);
        if (line.size() + piece.size() > limit) {
            return false;
        }
        line += piece;
        at += point.size;
    }
    return true;
}

bool needs_quotes(std::string_view text) {
    return text.empty() || std::any_of(text.begin(), text.end(), [](char c) {
               const auto byte = static_cast<unsigned char>(c);
               return byte <= 0x20 || byte >= 0x7F || c == '"' || c == '=' || c == '\\';
           });
}

// Keys are ours, but a module's or a peer's text must not be able to look like several fields.
std::string clean_key(std::string_view key) {
    std::string clean = redact(key.substr(0, 64));
    for (char& c : clean) {
        const bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                              (c >= '0' && c <= '9') || c == '_' || c == '.' || c == '-';
        c = is_plain ? c : '_';
    }
    return clean.empty() ? "_" : clean;
}

class Line {
  public:
    explicit Line(Format format) : format_(format) {
        if (format_ == Format::json) {
            text_ = "{";
        }
    }
    void add(std::string_view key, std::string_view value) {
        if (is_cut_) {
            return;
        }
        const std::string name = clean_key(key);
        constexpr std::size_t limit = longest_line - reserve;
        if (text_.size() + name.size() + 8 > limit) {
            is_cut_ = true;
            return;
        }
        const std::string safe = redact(value);
        const bool is_json = format_ == Format::json;
        if (text_.size() > 1) {
            text_ += is_json ? ',' : ' ';
        }
        text_ += is_json ? "\"" + name + "\":" : name + "=";
        const bool is_quoted = is_json || needs_quotes(safe);
        if (is_quoted) {
            text_ += '"';
        }
        is_cut_ = !append_escaped(text_, safe, limit);
        if (is_quoted) {
            text_ += '"';
        }
    }
    std::string take() {
        if (format_ == Format::json) {
            text_ += is_cut_ ? ",\"truncated\":true}" : "}";
        } else if (is_cut_) {
            text_ += " truncated=true";
        }
        return std::move(text_);
    }

  private:
    Format format_;
    std::string text_;
    bool is_cut_ = false;
};

}  // namespace

std::string format_line(Format format, std::chrono::system_clock::time_point when, Level level,
                        std::string_view event, std::span<const Field> fields,
                        const CallTrace* call) {
    Line line(format);
    line.add("time", time_text(when));
    line.add("level", level_name(level));
    line.add("event", event);
    if (call != nullptr) {
        line.add("request_id", call->request_id);
        if (call->parent) {
            line.add("trace_id", call->parent->trace_id);
        }
    }
    for (const Field& field : fields) {
        line.add(field.key, field.value);
    }
    return line.take();
}

}  // namespace pf::host::observe
