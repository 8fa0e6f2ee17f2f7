// Writes the wire bytes of ResourceInfo rows and of Structs from JSON, for tests that need rows
// without a host. Any JSON can be written, also what no honest host would send.
#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

namespace pf::test {

// {state, message, resource_type, match_rules, resource} as ResourceInfo bytes; absent members are
// not written.
std::string encode_resource_info(const nlohmann::json& row);

// An object as google.protobuf.Struct bytes.
std::string encode_struct(const nlohmann::json& object);

// Appends one length-delimited field.
void append_field(std::string& out, std::uint32_t number, std::string_view bytes);

// Appends one varint field.
void append_field(std::string& out, std::uint32_t number, std::uint64_t value);

}  // namespace pf::test
