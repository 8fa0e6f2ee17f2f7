// JsonText: writes a JSON document on one line.
//
//   JsonText json;
//   json.begin('{').text("title", title).begin("tags", '[').end(']').end('}');
#pragma once

#include <string>
#include <string_view>
#include <utility>

namespace notification {

class JsonText {
  public:
    // Opens an object or an array, `bracket` being '{' or '['; the second as the member `key`.
    JsonText& begin(char bracket) {
        comma();
        out_ += bracket;
        return *this;
    }
    JsonText& begin(std::string_view key, char bracket) { return name(key).begin(bracket); }

    // Closes what was opened last.
    JsonText& end(char bracket) {
        out_ += bracket;
        return *this;
    }

    // Adds a text, valid UTF-8; the second as the member `key`.
    JsonText& text(std::string_view value) {
        comma();
        quote(value);
        return *this;
    }
    JsonText& text(std::string_view key, std::string_view value) { return name(key).text(value); }

    // The same, but not for an empty text.
    JsonText& text_if_any(std::string_view key, std::string_view value) {
        return value.empty() ? *this : text(key, value);
    }

    // Adds true as the member `key`.
    JsonText& yes(std::string_view key) {
        name(key);
        out_ += "true";
        return *this;
    }

    // The document.
    std::string take() { return std::move(out_); }

  private:
    JsonText& name(std::string_view key) {
        comma();
        quote(key);
        out_ += ':';
        return *this;
    }

    // What stands before tells whether something else of the same container does: texts end with
    // a quotation mark.
    void comma() {
        const char last = out_.empty() ? '{' : out_.back();
        if (last != '{' && last != '[' && last != ':') out_ += ',';
    }

    void quote(std::string_view text) {
        constexpr char digits[] = "0123456789abcdef";
        out_ += '"';
        for (const char c : text) {
            const auto byte = static_cast<unsigned char>(c);
            if (c == '"' || c == '\\') {
                out_ += '\\';
                out_ += c;
            } else if (c == '\n') {
                out_ += "\\n";
            } else if (byte < 0x20 || c == '<') {
                // Who puts the document into a page finds no tag in it.
                out_ += "\\u00";
                out_ += digits[byte >> 4];
                out_ += digits[byte & 15];
            } else {
                out_ += c;
            }
        }
        out_ += '"';
    }

    std::string out_;
};

}  // namespace notification
