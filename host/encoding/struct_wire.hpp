// StructWire: tokens to the wire bytes of google.protobuf.Struct, written directly.
//
// Output equals what the official serializer would write for the same members in the same order
// (lengths as short as possible). Facts: google/protobuf/struct.proto; Value is a oneof of
// null_value 1, number_value 2, string_value 3, bool_value 4, struct_value 5, list_value 6;
// Struct.fields is a map, on the wire repeated entries (1) of key (1) and value (2).
//
// A length is not known before its body is written: one byte is kept for it, and on close the
// body is shifted when more are needed.
#pragma once

#include <array>

#include "host/encoding/buffer.hpp"
#include "host/encoding/tokens.hpp"

namespace pf::host::encoding {

class StructWire final : public Tokens {
  public:
    explicit StructWire(Buffer& out) : out_(out) {}

    // Forgets containers left open by a record that was dropped.
    void reset() noexcept {
        depth_ = 0;
        entry_length_ = none;
    }

    // Opens a Struct that is field `field` of the enclosing message; close() ends it.
    void open_message(std::uint32_t field);
    // After key(): opens a text value whose bytes are appended to the Buffer by others.
    void open_text();

    void key(std::string_view text) override;
    void str(std::string_view text) override;
    void i64(std::int64_t number) override;
    void f64(double number) override;
    void boolean(bool truth) override;
    void null() override;
    void open_object() override;
    void open_array() override;
    void close() override;

  private:
    static constexpr std::size_t none = static_cast<std::size_t>(-1);
    // Positions of length bytes, outermost first; `none` where this container has no such length.
    struct Frame {
        std::size_t entry_length = none;  // of the map entry
        std::size_t value_length = none;  // of the Value
        std::size_t body_length = none;   // of the Struct, ListValue or text
        bool is_array = false;
    };

    Frame& push_frame(bool is_array);
    Frame& open_container(std::uint8_t value_tag, bool is_array);
    // Writes tag and length bytes before a Value of `size` bytes, and patches the entry's length.
    char* scalar(std::size_t size);
    void finish_entry(std::size_t end_size);

    Buffer& out_;
    std::array<Frame, max_depth + 8> frames_{};
    std::size_t depth_ = 0;
    std::size_t entry_length_ = none;  // of the entry whose key was written last
};

}  // namespace pf::host::encoding
