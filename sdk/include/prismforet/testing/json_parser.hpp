// The parser behind Json::parse.
#pragma once

#include <charconv>
#include <stdexcept>
#include <string>
#include <string_view>

#include "prismforet/testing/json.hpp"
#include "prismforet/testing/text.hpp"

namespace pf::testing {

namespace detail {

class JsonParser {
  public:
    explicit JsonParser(std::string_view text) : text_(text) {}

    Json document() {
        Json json = value(0);
        skip_space();
        if (at_ != text_.size()) fail("something after the document");
        return json;
    }

  private:
    static constexpr int deepest = 1000;

    [[noreturn]] void fail(const char* what) const {
        throw std::invalid_argument("JSON, offset " + std::to_string(at_) + ": " + what);
    }

    char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }

    void skip_space() {
        while (at_ < text_.size() &&
               std::string_view(" \t\r\n").find(text_[at_]) != std::string_view::npos)
            ++at_;
    }

    bool take(std::string_view word) {
        if (text_.substr(at_, word.size()) != word) return false;
        at_ += word.size();
        return true;
    }

    Json value(int depth) {
        if (depth > deepest) fail("nested too deep");
        skip_space();
        if (take("{")) return container(PF_KIND_OBJECT, '}', depth);
        if (take("[")) return container(PF_KIND_ARRAY, ']', depth);
        if (peek() == '"') return Json::of(std::string_view(string()));
        if (take("true")) return Json::of(true);
        if (take("false")) return Json::of(false);
        if (take("null")) return Json::empty(PF_KIND_NULL);
        return number();
    }

    Json container(std::int32_t kind, char end, int depth) {
        Json json = Json::empty(kind);
        skip_space();
        if (peek() == end) return ++at_, json;
        while (true) {
            std::string key;
            skip_space();
            if (kind == PF_KIND_OBJECT) {
                key = string();
                skip_space();
                if (!take(":")) fail("':' expected");
            }
            json.add(key, value(depth + 1));
            skip_space();
            if (peek() == end) return ++at_, json;
            if (!take(",")) fail("',' or the end of the container expected");
        }
    }

    Json number() {
        const std::size_t begin = at_;
        take("-");
        if (!take("0")) digits();
        bool is_whole = true;
        if (take(".")) {
            is_whole = false;
            digits();
        }
        if (take("e") || take("E")) {
            is_whole = false;
            if (!take("+")) take("-");
            digits();
        }
        const char* first = text_.data() + begin;
        const char* last = text_.data() + at_;
        std::int64_t whole = 0;
        if (is_whole && std::from_chars(first, last, whole).ec == std::errc())
            return Json::of(whole);
        double real = 0;
        if (std::from_chars(first, last, real).ec != std::errc()) fail("a number out of range");
        return Json::of(real);
    }

    void digits() {
        if (peek() < '0' || peek() > '9') fail("a value or a digit expected");
        while (peek() >= '0' && peek() <= '9') ++at_;
    }

    std::string string() {
        if (!take("\"")) fail("a text expected");
        std::string out;
        while (true) {
            if (at_ >= text_.size()) fail("a text without end");
            const char c = text_[at_++];
            if (c == '"') return valid_utf8(out);
            if (static_cast<unsigned char>(c) < 0x20) fail("a control character in a text");
            if (c == '\\') {
                escape(out);
            } else {
                out += c;
            }
        }
    }

    void escape(std::string& out) {
        constexpr std::string_view names = "\"\\/bfnrt";
        constexpr std::string_view values = "\"\\/\b\f\n\r\t";
        const char c = peek();
        ++at_;
        if (c != 'u') {
            const std::size_t index = names.find(c);
            if (c == '\0' || index == names.npos) fail("an unknown escape");
            out += values[index];
            return;
        }
        std::uint32_t code = hex();
        if (code >= 0xD800 && code < 0xDC00 && take("\\u")) {
            const std::uint32_t low = hex();
            if (low < 0xDC00 || low > 0xDFFF) fail("half a surrogate pair");
            code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
        }
        append(out, code >= 0xD800 && code < 0xE000 ? 0xFFFD : code);
    }

    std::uint32_t hex() {
        std::uint32_t code = 0;
        const char* first = text_.data() + at_;
        if (text_.size() - at_ < 4 ||
            std::from_chars(first, first + 4, code, 16).ptr != first + 4) {
            fail("four hexadecimal digits expected");
        }
        at_ += 4;
        return code;
    }

    static void append(std::string& out, std::uint32_t code) {
        const auto put = [&](std::uint32_t byte) { out += static_cast<char>(byte); };
        if (code < 0x80) return put(code);
        if (code < 0x800) {
            put(0xC0 | code >> 6);
        } else {
            if (code < 0x10000) {
                put(0xE0 | code >> 12);
            } else {
                put(0xF0 | code >> 18);
                put(0x80 | (code >> 12 & 0x3F));
            }
            put(0x80 | (code >> 6 & 0x3F));
        }
        put(0x80 | (code & 0x3F));
    }

    std::string_view text_;
    std::size_t at_ = 0;
};

}  // namespace detail

inline Json Json::parse(std::string_view text) { return detail::JsonParser(text).document(); }

}  // namespace pf::testing
