#include "host/encoding/row_encoder.hpp"

#include "host/encoding/varint.hpp"

namespace pf::host::encoding {
namespace {

constexpr std::uint32_t field_match_rules = 4;
constexpr std::uint32_t field_resource = 6;

void put_text_field(Buffer& out, std::uint32_t field, std::string_view text) {
    out.push(static_cast<char>(field << 3 | 2));
    char* const at = out.room(10);
    out.advance(static_cast<std::size_t>(put_varint(at, text.size()) - at));
    out.append(text);
}

void put_match_rules(Tokens& out, const std::vector<std::string>& keys) {
    out.key("1");
    out.open_array();
    for (const std::string& key : keys) {
        out.str(key);
    }
    out.close();
}

std::string wire_prefix(const RowShape& shape) {
    Buffer bytes;
    bytes.push(0x08);
    bytes.push(static_cast<char>(shape.state));
    if (!shape.message.empty()) {
        put_text_field(bytes, 2, shape.message);
    }
    put_text_field(bytes, 3, shape.resource_type);
    if (!shape.match_keys.empty()) {
        StructWire wire(bytes);
        wire.open_message(field_match_rules);
        put_match_rules(wire, shape.match_keys);
        wire.close();
    }
    return std::string(bytes.view());
}

std::string json_prefix(const RowShape& shape) {
    Buffer bytes;
    JsonText json(bytes);
    json.open_object();
    json.key("state");
    json.str(shape.state == RowState::success ? "SUCCESS" : "FAILURE");
    if (!shape.message.empty()) {
        json.key("message");
        json.str(shape.message);
    }
    json.key("resource_type");
    json.str(shape.resource_type);
    if (!shape.match_keys.empty()) {
        json.key("match_rules");
        json.open_object();
        put_match_rules(json, shape.match_keys);
        json.close();
    }
    return std::string(bytes.view());
}

std::string wire_constants(const RowShape& shape, bool as_json_text) {
    Buffer bytes;
    StructWire wire(bytes);
    wire.open_message(field_resource);
    const std::size_t start = bytes.size();
    for (const auto& [key, text] : shape.constants) {
        wire.key(key);
        wire.str(text);
    }
    if (!shape.metadata.empty()) {
        wire.key(as_json_text ? "json_metadata" : "metadata");
        if (as_json_text) {
            wire.str(shape.metadata);
        } else {
            replay_json(shape.metadata, wire);
        }
    }
    return std::string(bytes.view(start));
}

}  // namespace

RowEncoder::RowEncoder(RowFormat format, const RowShape& shape, Buffer& out)
    : format_(format), out_(out), json_(out), wire_(out) {
    if (format == RowFormat::json_line) {
        top_ = &json_;
        prefix_ = json_prefix(shape);
        Buffer bytes;
        JsonText json(bytes);
        json.open_object();
        for (const auto& [key, text] : shape.constants) {
            json.key(key);
            json.str(text);
        }
        if (!shape.metadata.empty()) {
            json.key("metadata");
            replay_json(shape.metadata, json);
        }
        constants_ = bytes.view(1);
        return;
    }
    top_ = &wire_;
    prefix_ = wire_prefix(shape);
    constants_ = wire_constants(shape, format == RowFormat::wire_json_data);
}

void RowEncoder::begin() {
    if (format_ == RowFormat::json_line) {
        json_.reset();
        out_.append(prefix_);
        out_.append(",\"resource\":");
        json_.open_object();
        if (!constants_.empty()) {
            json_.continue_after(constants_);
        }
        return;
    }
    wire_.reset();
    out_.append(prefix_);
    wire_.open_message(field_resource);
    out_.append(constants_);
}

Tokens& RowEncoder::begin_data() {
    if (format_ == RowFormat::wire_json_data) {
        wire_.key("json_data");
        wire_.open_text();
        json_.reset();
        return json_;
    }
    top_->key("data");
    return *top_;
}

void RowEncoder::end_data() {
    if (format_ == RowFormat::wire_json_data) {
        wire_.close();
    }
}

void RowEncoder::end() {
    top_->close();
    if (format_ == RowFormat::json_line) {
        out_.push('}');
    }
}

void RowEncoder::abandon() noexcept {
    json_.reset();
    wire_.reset();
}

}  // namespace pf::host::encoding
