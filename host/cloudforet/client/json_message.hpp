// JSON text and messages that are known only by their descriptors.
#pragma once

#include <string>
#include <string_view>

#include "host/base/status.hpp"

namespace google::protobuf {
class Message;
}

namespace pf::host::cloudforet {

// Fills `message` from a JSON object; empty text is an empty object. INVALID_ARGUMENT
// (ERROR_REQUEST_JSON) for text that is no JSON object, an unknown field (with the nearest name) or
// a value of the wrong type. No message quotes a value: requests hold secrets.
Status json_to_message(std::string_view json, google::protobuf::Message& message);

// JSON text with the field names of the .proto file; `is_pretty` spreads it over lines.
Result<std::string> message_to_json(const google::protobuf::Message& message, bool is_pretty);

}  // namespace pf::host::cloudforet
