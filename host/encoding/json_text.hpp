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
    void reset() noexcept;

    // Appends members already encoded by another JsonText to the object just opened.
    void continue_after(std::string_view members) {
        out_.append(members);
        has_items_ |= 1;
    }

    // The quick ways of key() and str(): for text that is plain (plain_text.hpp) and, as a key,
    // without dots. False: it is not; nothing was written, go the other way.
    bool plain_key(std::string_view text) {
        char* const begin = out_.room(text.size() + 4);
        char* at = begin;
        *at = ',';
        at += has_items_ & 1;
        *at++ = '"';
        if (!copy_plain(at, text, '.')) {
            return false;
        }
        at += text.size();
        *at++ = '"';
        *at++ = ':';
        out_.advance(static_cast<std::size_t>(at - begin));
        has_items_ |= 1;
        after_key_ = true;
        return true;
    }
    bool plain_str(std::string_view text) {
        char* const begin = out_.room(text.size() + 3);
        char* at = begin;
        *at = ',';
        at += after_key_ ? 0 : has_items_ & 1;
        *at++ = '"';
        if (!copy_plain(at, text)) {
            return false;
        }
        at += text.size();
        *at++ = '"';
        out_.advance(static_cast<std::size_t>(at - begin));
        has_items_ |= 1;
        after_key_ = false;
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
        has_items_ >>= 1;
    }

  private:
    // Where a value's bytes go: behind a comma when one is due. `size` more may be written there.
    char* begin_value(std::size_t size) {
        char* at = out_.room(size + 1);
        *at = ',';
        at += after_key_ ? 0 : has_items_ & 1;
        after_key_ = false;
        has_items_ |= 1;
        return at;
    }
    void end_value(const char* at) noexcept {
        out_.advance(static_cast<std::size_t>(at - (out_.data() + out_.size())));
    }
    void open(char bracket, std::uint64_t is_array) {
        char* at = begin_value(1);
        *at++ = bracket;
        end_value(at);
        is_array_ = is_array_ << 1 | is_array;
        has_items_ <<= 1;
    }

    Buffer& out_;
    // One bit per open container, innermost lowest.
    std::uint64_t is_array_ = 0;
    std::uint64_t has_items_ = 0;
    bool after_key_ = false;
};

// Appends `text` as a JSON string with its quotes.
void append_json_string(Buffer& out, std::string_view text);

}  // namespace pf::host::encoding
