// JsonText: tokens to compact JSON text, appended to a Buffer.
#pragma once

#include "host/encoding/buffer.hpp"
#include "host/encoding/plain_text.hpp"
#include "host/encoding/tokens.hpp"

namespace pf::host::encoding {

class JsonText final : public Tokens {
  public:
    explicit JsonText(Buffer& out) : out_(out) {}

    // Forgets containers left open by a record that was dropped.
    void reset() noexcept {
        is_array_ = 0;
        comma_ = 0;
    }

    // Appends members already encoded by another JsonText to the object just opened.
    void continue_after(std::string_view members) {
        out_.append(members);
        comma_ = 1;
    }

    // The quick ways of key() and str(): for text that is plain (plain_text.hpp) and, as a key,
    // without dots. False: it is not; nothing was written, go the other way.
    bool plain_key(std::string_view text) {
        char* at = begin_token(text.size() + 3);
        *at++ = '"';
        if (!copy_plain(at, text, '.')) {
            return false;
        }
        at += text.size();
        *at++ = '"';
        *at++ = ':';
        end_token(at, 0);
        return true;
    }
    // A key that is JSON text already, with its colon.
    void encoded_key(std::string_view text) {
        char* const at = begin_token(text.size());
        std::memcpy(at, text.data(), text.size());
        end_token(at + text.size(), 0);
    }
    bool plain_str(std::string_view text) {
        char* at = begin_token(text.size() + 3);
        *at++ = '"';
        if (!copy_plain(at, text)) {
            return false;
        }
        at += text.size();
        *at++ = '"';
        end_token(at, 1);
        return true;
    }

    void key(std::string_view text) override;
    void str(std::string_view text) override;
    void i64(std::int64_t number) override;
    void f64(double number) override;
    void boolean(bool truth) override;
    void null() override;
    void open_object() override { open('{', 0); }
    void open_array() override { open('[', 1); }
    void close() override {
        out_.push((is_array_ & 1) != 0 ? ']' : '}');
        is_array_ >>= 1;
        comma_ = 1;
    }

  private:
    // Where a token's bytes go, `size` at most: behind a comma when one is due.
    char* begin_token(std::size_t size) {
        char* const at = out_.room(size + 1);
        *at = ',';
        return at + comma_;
    }
    // The token ends at `end`; another one behind it needs `comma` commas before it.
    void end_token(const char* end, std::size_t comma) noexcept {
        out_.advance(static_cast<std::size_t>(end - (out_.data() + out_.size())));
        comma_ = comma;
    }
    void open(char bracket, std::uint64_t is_array) {
        char* at = begin_token(1);
        *at++ = bracket;
        end_token(at, 0);
        is_array_ = is_array_ << 1 | is_array;
    }

    Buffer& out_;
    std::uint64_t is_array_ = 0;  // one bit per open container, innermost lowest
    std::size_t comma_ = 0;       // 1 behind a value, 0 behind a key or an opening bracket
};

// Appends `text` as a JSON string with its quotes.
void append_json_string(Buffer& out, std::string_view text);

}  // namespace pf::host::encoding
