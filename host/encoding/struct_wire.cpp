#include "host/encoding/struct_wire.hpp"

#include <charconv>
#include <cstring>

#include "host/encoding/varint.hpp"

namespace pf::host::encoding {
namespace {

constexpr char tag_entry = 0x0A;           // Struct.fields, also ListValue.values
constexpr char tag_entry_key = 0x0A;       // FieldsEntry.key
constexpr char tag_entry_value = 0x12;     // FieldsEntry.value
constexpr char tag_null = 0x08;            // Value.null_value
constexpr char tag_number = 0x11;          // Value.number_value
constexpr char tag_string = 0x1A;          // Value.string_value
constexpr char tag_bool = 0x20;            // Value.bool_value
constexpr std::uint8_t tag_struct = 0x2A;  // Value.struct_value
constexpr std::uint8_t tag_list = 0x32;    // Value.list_value

}  // namespace

StructWire::Frame& StructWire::push_frame(bool is_array) {
    Frame& frame = frames_[depth_++];
    frame = Frame{};
    frame.is_array = is_array;
    return frame;
}

void StructWire::open_message(std::uint32_t field) {
    out_.push(static_cast<char>(field << 3 | 2));
    Frame& frame = push_frame(false);
    frame.body_length = out_.size();
    out_.push(0);
}

void StructWire::key(std::string_view text) {
    char* at = out_.room(text.size() + 16);
    char* const begin = at;
    *at++ = tag_entry;
    entry_length_ = out_.size() + 1;
    *at++ = 0;
    *at++ = tag_entry_key;
    at = put_varint(at, text.size());
    std::memcpy(at, text.data(), text.size());
    at += text.size();
    out_.advance(static_cast<std::size_t>(at - begin));
}

void StructWire::finish_entry(std::size_t end_size) {
    if (entry_length_ == none) {
        return;
    }
    const std::size_t position = entry_length_;
    entry_length_ = none;
    const std::size_t body = end_size - position - 1;
    if (body < 128) {
        out_.data()[position] = static_cast<char>(body);
        return;
    }
    const std::size_t extra = varint_size(body) - 1;
    out_.room(extra);
    char* const at = out_.data() + position;
    std::memmove(at + 1 + extra, at + 1, body);
    put_varint(at, body);
    out_.advance(extra);
}

char* StructWire::scalar(std::size_t size) {
    char* at = out_.room(size + 12);
    char* const begin = at;
    *at++ = frames_[depth_ - 1].is_array ? tag_entry : tag_entry_value;
    at = put_varint(at, size);
    out_.advance(static_cast<std::size_t>(at - begin) + size);
    return at;
}

void StructWire::str(std::string_view text) {
    const std::size_t length_size = varint_size(text.size());
    char* at = scalar(1 + length_size + text.size());
    *at++ = tag_string;
    at = put_varint(at, text.size());
    if (!text.empty()) {
        std::memcpy(at, text.data(), text.size());
    }
    finish_entry(out_.size());
}

void StructWire::i64(std::int64_t number) {
    if (number > largest_exact || number < -largest_exact) {
        std::array<char, 24> text{};
        const auto end = std::to_chars(text.data(), text.data() + text.size(), number);
        str({text.data(), static_cast<std::size_t>(end.ptr - text.data())});
        return;
    }
    f64(static_cast<double>(number));
}

void StructWire::f64(double number) {
    char* at = scalar(9);
    *at++ = tag_number;
    std::memcpy(at, &number, 8);  // little endian on every platform we build for
    finish_entry(out_.size());
}

void StructWire::boolean(bool truth) {
    char* at = scalar(2);
    at[0] = tag_bool;
    at[1] = truth ? 1 : 0;
    finish_entry(out_.size());
}

void StructWire::null() {
    char* at = scalar(2);
    at[0] = tag_null;
    at[1] = 0;
    finish_entry(out_.size());
}

StructWire::Frame& StructWire::open_container(std::uint8_t value_tag, bool is_array) {
    const bool in_array = frames_[depth_ - 1].is_array;
    Frame& frame = push_frame(is_array);
    frame.entry_length = entry_length_;
    entry_length_ = none;
    char* at = out_.room(4);
    const std::size_t start = out_.size();
    at[0] = in_array ? tag_entry : tag_entry_value;
    at[1] = 0;
    at[2] = static_cast<char>(value_tag);
    at[3] = 0;
    frame.value_length = start + 1;
    frame.body_length = start + 3;
    out_.advance(4);
    return frame;
}

void StructWire::open_object() { open_container(tag_struct, false); }

void StructWire::open_array() { open_container(tag_list, true); }

void StructWire::open_text() { open_container(static_cast<std::uint8_t>(tag_string), false); }

void StructWire::close() {
    const Frame frame = frames_[--depth_];
    const std::size_t end = out_.size();
    const std::size_t body = end - frame.body_length - 1;
    const std::size_t body_bytes = varint_size(body);
    if (frame.value_length == none) {
        const std::size_t extra = body_bytes - 1;
        out_.room(extra);
        char* const at = out_.data() + frame.body_length;
        if (extra != 0) {
            std::memmove(at + 1 + extra, at + 1, body);
        }
        put_varint(at, body);
        out_.advance(extra);
        return;
    }
    const std::size_t value = 1 + body_bytes + body;
    const std::size_t value_bytes = varint_size(value);
    std::size_t extra = (body_bytes - 1) + (value_bytes - 1);
    std::size_t entry_extra = 0;
    std::size_t entry = 0;
    if (frame.entry_length != none) {
        const std::size_t before = frame.value_length - frame.entry_length - 1;
        entry = before + value_bytes + value;
        entry_extra = varint_size(entry) - 1;
    }
    extra += entry_extra;
    out_.room(extra);
    char* const bytes = out_.data();
    if (extra != 0) {
        std::memmove(bytes + frame.body_length + 1 + extra, bytes + frame.body_length + 1, body);
    }
    const char value_tag = bytes[frame.value_length + 1];
    if (entry_extra != 0) {
        // Key and value tag move by what the entry's length needs.
        std::memmove(bytes + frame.entry_length + 1 + entry_extra, bytes + frame.entry_length + 1,
                     frame.value_length - frame.entry_length - 1);
    }
    if (frame.entry_length != none) {
        put_varint(bytes + frame.entry_length, entry);
    }
    char* at = put_varint(bytes + frame.value_length + entry_extra, value);
    *at++ = value_tag;
    put_varint(at, body);
    out_.advance(extra);
}

}  // namespace pf::host::encoding
