// The descriptor of a module: read from JSON, checked against its schema and against itself.
//
// Use it on the file beside a module's library, or on a descriptor an author is writing. Every
// failure is INVALID_ARGUMENT with the path of the place in its message.
#pragma once

#include <string>
#include <string_view>

#include "host/base/status.hpp"
#include "host/services/descriptor.hpp"

namespace pf::host::loader {

// Reads a descriptor of the format prismforet/module/1. Fails with ERROR_MODULE_DESCRIPTOR. [any]
Result<services::Descriptor> parse_descriptor(std::string_view json);

// Checks a module's configuration (JSON text of an object, empty = {}) against the config_schema of
// its descriptor; without one, only {} is valid. Fails with ERROR_MODULE_CONFIG; never quotes a
// value, as it may be a secret. [any]
Status validate_config(const services::Descriptor& descriptor, std::string_view config_json);

// The JSON Schema of a descriptor, as text.
std::string descriptor_schema();

}  // namespace pf::host::loader
