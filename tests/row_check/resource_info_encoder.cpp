#include "tests/row_check/resource_info_encoder.hpp"

#include <bit>
#include <nlohmann/json.hpp>

namespace pf::test {
namespace {

using nlohmann::json;

void append_varint(std::string& out, std::uint64_t value) {
    while (value >= 0x80) {
        out.push_back(static_cast<char>((value & 0x7fU) | 0x80U));
        value >>= 7U;
    }
    out.push_back(static_cast<char>(value));
}

std::string encode_value(const json& value);

std::string encode_list(const json& list) {
    std::string out;
    for (const json& element : list) append_field(out, 1, encode_value(element));
    return out;
}

std::string encode_value(const json& value) {
    std::string out;
    if (value.is_null()) {
        append_field(out, 1, std::uint64_t{0});
    } else if (value.is_number()) {
        out.push_back(static_cast<char>((2U << 3U) | 1U));
        auto bits = std::bit_cast<std::uint64_t>(value.get<double>());
        for (int i = 0; i < 8; ++i, bits >>= 8U) out.push_back(static_cast<char>(bits & 0xffU));
    } else if (value.is_string()) {
        append_field(out, 3, value.get_ref<const std::string&>());
    } else if (value.is_boolean()) {
        append_field(out, 4, std::uint64_t{value.get<bool>() ? 1U : 0U});
    } else if (value.is_object()) {
        append_field(out, 5, encode_struct(value));
    } else {
        append_field(out, 6, encode_list(value));
    }
    return out;
}

}  // namespace

void append_field(std::string& out, std::uint32_t number, std::string_view bytes) {
    append_varint(out, (std::uint64_t{number} << 3U) | 2U);
    append_varint(out, bytes.size());
    out.append(bytes);
}

void append_field(std::string& out, std::uint32_t number, std::uint64_t value) {
    append_varint(out, std::uint64_t{number} << 3U);
    append_varint(out, value);
}

std::string encode_struct(const json& object) {
    std::string out;
    for (const auto& [key, value] : object.get_ref<const json::object_t&>()) {
        std::string entry;
        append_field(entry, 1, key);
        append_field(entry, 2, encode_value(value));
        append_field(out, 1, entry);
    }
    return out;
}

std::string encode_resource_info(const json& row) {
    std::string out;
    if (row.contains("state")) append_field(out, 1, row["state"].get<std::uint64_t>());
    if (row.contains("message")) append_field(out, 2, row["message"].get<std::string>());
    if (row.contains("resource_type")) {
        append_field(out, 3, row["resource_type"].get<std::string>());
    }
    if (row.contains("match_rules")) append_field(out, 4, encode_struct(row["match_rules"]));
    if (row.contains("resource")) append_field(out, 6, encode_struct(row["resource"]));
    return out;
}

}  // namespace pf::test
