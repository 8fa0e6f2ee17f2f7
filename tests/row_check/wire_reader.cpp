#include "tests/row_check/wire_reader.hpp"

#include <bit>
#include <cstring>

namespace pf::test {
namespace {

using nlohmann::json;

// Structs nest deeper than `data` by the levels around it; far beyond that decoding stops.
constexpr int hard_depth = 80;

struct Field {
    std::uint32_t number = 0;
    std::uint32_t type = 0;
    std::uint64_t scalar = 0;
    std::string_view bytes;
};

// A place in the row; put into words only when something is wrong there.
struct Place {
    const Place* outer = nullptr;
    std::string_view key;
    std::size_t index = no_index;

    static constexpr std::size_t no_index = static_cast<std::size_t>(-1);

    std::string words() const {
        const std::string before = outer == nullptr ? "" : outer->words();
        if (index != no_index) return before + "[" + std::to_string(index) + "]";
        return before.empty() ? std::string(key) : before + "." + std::string(key);
    }
};

class Wire {
  public:
    explicit Wire(std::string_view bytes) : rest_(bytes) {}

    bool at_end() const { return rest_.empty(); }

    bool next(Field& field) {
        std::uint64_t tag = 0;
        if (!varint(tag) || tag > 0xffffffffU || (tag >> 3) == 0) return false;
        field.number = static_cast<std::uint32_t>(tag >> 3);
        field.type = static_cast<std::uint32_t>(tag & 7U);
        switch (field.type) {
            case 0:
                return varint(field.scalar);
            case 1:
                return fixed(8, field.scalar);
            case 2:
                return delimited(field.bytes);
            case 5:
                return fixed(4, field.scalar);
            default:
                return false;
        }
    }

  private:
    bool varint(std::uint64_t& value) {
        value = 0;
        for (unsigned shift = 0; shift < 64; shift += 7) {
            if (rest_.empty()) return false;
            const auto byte = static_cast<unsigned char>(rest_.front());
            rest_.remove_prefix(1);
            value |= static_cast<std::uint64_t>(byte & 0x7fU) << shift;
            if ((byte & 0x80U) == 0) return true;
        }
        return false;
    }

    bool fixed(std::size_t size, std::uint64_t& value) {
        if (rest_.size() < size) return false;
        value = 0;
        for (std::size_t i = 0; i < size; ++i) {
            value |= static_cast<std::uint64_t>(static_cast<unsigned char>(rest_[i])) << (8 * i);
        }
        rest_.remove_prefix(size);
        return true;
    }

    bool delimited(std::string_view& bytes) {
        std::uint64_t size = 0;
        if (!varint(size) || size > rest_.size()) return false;
        bytes = rest_.substr(0, static_cast<std::size_t>(size));
        rest_.remove_prefix(static_cast<std::size_t>(size));
        return true;
    }

    std::string_view rest_;
};

class Decoder {
  public:
    explicit Decoder(const FaultSink& fault) : fault_(fault) {}

    bool row(std::string_view bytes, DecodedRow& row) {
        Wire wire(bytes);
        Field field;
        while (!wire.at_end()) {
            if (!wire.next(field) || !row_field(field, row)) return false;
        }
        return true;
    }

  private:
    bool row_field(const Field& field, DecodedRow& row) {
        switch (field.number) {
            case 1:
                row.state = field.scalar;
                return field.type == 0;
            case 2:
                return text(field, row.message, Place{nullptr, "message"});
            case 3:
                return text(field, row.resource_type, Place{nullptr, "resource_type"});
            case 4:
                row.has_match_rules = true;
                return structure(field, row.match_rules, Place{nullptr, "match_rules"}, 0);
            case 6:
                row.has_resource = true;
                return structure(field, row.resource, Place{nullptr, "resource"}, 0);
            case 7: {
                json ignored = json::object();
                return structure(field, ignored, Place{nullptr, "options"}, 0);
            }
            default:
                unknown(Place{nullptr, "row"}, field);
                return true;
        }
    }

    bool text(const Field& field, std::string& out, const Place& where) {
        if (field.type != 2) return false;
        out.assign(field.bytes);
        if (!is_utf8(field.bytes)) fault_("row.utf8", where.words(), "is not UTF-8");
        return true;
    }

    bool structure(const Field& field, json& out, const Place& where, int depth) {
        if (field.type != 2) return false;
        if (depth > hard_depth) {
            fault_("data.depth", where.words().substr(0, 120),
                   "nested far too deep; not read further");
            return true;
        }
        Wire wire(field.bytes);
        Field entry;
        while (!wire.at_end()) {
            if (!wire.next(entry)) return false;
            if (entry.number != 1) {
                unknown(where, entry);
            } else if (!map_entry(entry, out, where, depth)) {
                return false;
            }
        }
        return true;
    }

    bool map_entry(const Field& entry, json& out, const Place& where, int depth) {
        if (entry.type != 2) return false;
        Wire wire(entry.bytes);
        Field part;
        std::string key;
        Field value_field;
        bool has_value = false;
        while (!wire.at_end()) {
            if (!wire.next(part)) return false;
            if (part.number == 1) {
                if (!text(part, key, Place{&where, "(a key)"})) return false;
            } else if (part.number == 2) {
                value_field = part;
                has_value = true;
            } else {
                unknown(where, part);
            }
        }
        const Place inner{&where, key};
        if (out.contains(key)) fault_("data.duplicate_key", inner.words(), "the key appears twice");
        json decoded;
        if (has_value && !value(value_field, decoded, inner, depth)) return false;
        out[key] = std::move(decoded);
        return true;
    }

    bool value(const Field& field, json& out, const Place& where, int depth) {
        if (field.type != 2) return false;
        Wire wire(field.bytes);
        Field kind;
        while (!wire.at_end()) {
            if (!wire.next(kind) || !value_kind(kind, out, where, depth)) return false;
        }
        return true;
    }

    bool value_kind(const Field& kind, json& out, const Place& where, int depth) {
        switch (kind.number) {
            case 1:
                out = nullptr;
                return kind.type == 0;
            case 2:
                out = std::bit_cast<double>(kind.scalar);
                return kind.type == 1;
            case 3: {
                std::string decoded;
                if (!text(kind, decoded, where)) return false;
                out = std::move(decoded);
                return true;
            }
            case 4:
                out = kind.scalar != 0;
                return kind.type == 0;
            case 5:
                out = json::object();
                return structure(kind, out, where, depth + 1);
            case 6:
                out = json::array();
                return list(kind, out, where, depth + 1);
            default:
                unknown(where, kind);
                return true;
        }
    }

    bool list(const Field& field, json& out, const Place& where, int depth) {
        if (field.type != 2) return false;
        if (depth > hard_depth) {
            fault_("data.depth", where.words().substr(0, 120),
                   "nested far too deep; not read further");
            return true;
        }
        Wire wire(field.bytes);
        Field element;
        while (!wire.at_end()) {
            if (!wire.next(element)) return false;
            if (element.number != 1) {
                unknown(where, element);
                continue;
            }
            json decoded;
            const Place inner{&where, {}, out.size()};
            if (!value(element, decoded, inner, depth)) return false;
            out.push_back(std::move(decoded));
        }
        return true;
    }

    void unknown(const Place& where, const Field& field) {
        fault_("row.unknown_field", where.words(),
               "field number " + std::to_string(field.number) + " does not exist there");
    }

    const FaultSink& fault_;
};

// Length of the well-formed UTF-8 sequence at the start of text, 0 when there is none.
std::size_t sequence_length(std::string_view text) {
    const auto at = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char lead = at(0);
    if (lead < 0x80) return 1;
    std::size_t length = 0;
    unsigned char low = 0x80;
    unsigned char high = 0xbf;
    if (lead >= 0xc2 && lead <= 0xdf) {
        length = 2;
    } else if (lead >= 0xe0 && lead <= 0xef) {
        length = 3;
        if (lead == 0xe0) low = 0xa0;
        if (lead == 0xed) high = 0x9f;
    } else if (lead >= 0xf0 && lead <= 0xf4) {
        length = 4;
        if (lead == 0xf0) low = 0x90;
        if (lead == 0xf4) high = 0x8f;
    } else {
        return 0;
    }
    if (text.size() < length || at(1) < low || at(1) > high) return 0;
    for (std::size_t i = 2; i < length; ++i) {
        if ((at(i) & 0xc0U) != 0x80U) return 0;
    }
    return length;
}

}  // namespace

bool decode_resource_info(std::string_view bytes, DecodedRow& row, const FaultSink& fault) {
    if (Decoder(fault).row(bytes, row)) return true;
    fault("row.wire", "row", "the bytes are no ResourceInfo message");
    return false;
}

bool is_utf8(std::string_view text) {
    while (!text.empty()) {
        const std::size_t length = sequence_length(text);
        if (length == 0) return false;
        text.remove_prefix(length);
    }
    return true;
}

std::size_t count_characters(std::string_view text) {
    std::size_t count = 0;
    for (const char c : text) {
        if ((static_cast<unsigned char>(c) & 0xc0U) != 0x80U) ++count;
    }
    return count;
}

}  // namespace pf::test
