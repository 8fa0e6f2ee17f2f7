// Where secrets come from: files, the environment, standard input; never a flag.
//
// Every secret that is read here is also registered for redaction.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "host/app/config_environment.hpp"
#include "host/base/secret.hpp"
#include "host/base/status.hpp"

namespace pf::host::app {

// No file that is read as a value is larger, in bytes.
inline constexpr std::size_t largest_value_file = 256u << 10;

// The text of a file; "-" is standard input. FAILED_PRECONDITION (ERROR_CONFIG_FILE) says why it
// cannot be read.
Result<std::string> read_file(const std::string& path, std::size_t limit = largest_value_file);

// A secret from a file, without the line break at its end. Adds a warning when everybody on this
// machine may read the file. "-" is standard input.
Result<Secret> read_secret(const std::string& path, std::vector<std::string>& warnings);

// `text` with ${env:NAME} and ${file:PATH} replaced; $${ stands for ${ itself. INVALID_ARGUMENT
// (ERROR_CONFIG) for a name that is not set, a file that cannot be read and any other ${...}.
Result<std::string> expand_references(const std::string& text, const Environment& environment,
                                      std::vector<std::string>& warnings);
// True when `text` takes any part from elsewhere.
bool holds_reference(std::string_view text);

}  // namespace pf::host::app
