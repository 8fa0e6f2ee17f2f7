// How finished rows look as bytes.
#pragma once

#include <cstdint>

namespace pf::host::encoding {

enum class RowFormat : std::uint8_t {
    wire_json_data,  // a serialized ResourceInfo; bulky parts as json_data and json_metadata
    wire_struct,     // a serialized ResourceInfo; data and metadata as Struct
    json_line,       // one JSON object without a newline: state, resource_type, resource
};

}  // namespace pf::host::encoding
