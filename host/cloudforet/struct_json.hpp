// google.protobuf.Struct and JSON text, for the small objects of requests and metadata.
//
// Struct knows only doubles; a whole number is written without a fraction, so that 9440.0, which a
// form meant as 9440, reads as such. Rows do not pass here: they are encoded straight to bytes.
#pragma once

#include <string>
#include <string_view>

#include "host/base/status.hpp"

namespace google::protobuf {
class Struct;
}

namespace pf::host::cloudforet {

// JSON text of an object, keys in order. A value that JSON has no word for (NaN) becomes null.
std::string struct_to_json(const google::protobuf::Struct& object);

// Replaces `object` by the object in `json`; INTERNAL when the text is no JSON object, since such
// text is our own.
Status json_to_struct(std::string_view json, google::protobuf::Struct& object);

}  // namespace pf::host::cloudforet
