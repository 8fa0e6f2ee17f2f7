// Reads protobuf wire format, just enough for a CloudForet row. Written from the encoding's
// specification, with no generated code, so that it is a second opinion on the bytes of the host.
#pragma once

#include <cstdint>
#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace pf::test {

// A ResourceInfo message taken apart.
struct DecodedRow {
    std::uint64_t state = 0;
    std::string message;
    std::string resource_type;
    bool has_match_rules = false;
    bool has_resource = false;
    nlohmann::json match_rules = nlohmann::json::object();
    nlohmann::json resource = nlohmann::json::object();
};

// Called for each fault: rule id, place in the row, what is wrong.
using FaultSink = std::function<void(std::string_view, std::string, std::string)>;

// Levels of objects and lists that `data` may have, itself included. It is what protobuf's own
// limit of 100 nested messages leaves for a Struct inside the `resource` of a row.
inline constexpr int max_data_depth = 32;

// Takes a row apart; false when the bytes are no ResourceInfo (row.wire is reported). Reports
// row.wire, row.unknown_field, row.utf8, data.duplicate_key and data.depth.
bool decode_resource_info(std::string_view bytes, DecodedRow& row, const FaultSink& fault);

// True for well-formed UTF-8 without surrogates and overlong forms.
bool is_utf8(std::string_view text);

// Characters (code points) of a well-formed text.
std::size_t count_characters(std::string_view text);

}  // namespace pf::test
