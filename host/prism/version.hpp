// Which v4 API version to ask for. Pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace pf::host::prism {

// The version to use in `api_namespace` when the server's highest is `served` ("v4.2"): that one,
// or the newest this program knows when the server's is newer. A prerelease ("v4.0.b1") stays what
// it is. Nothing when `served` is no version of the family 4 or later.
std::optional<std::string> usable_version(std::string_view api_namespace, std::string_view served);

// "v4.2" is a general release, "v4.2.b1" a beta, "v4.2.a1" neither.
bool is_general_release(std::string_view version);
bool is_beta(std::string_view version);

// A list of `api_namespace` that every release has, behind the version ("/ahv/config/vms"); empty
// when none is known.
std::string_view known_list(std::string_view api_namespace);

// True for what can stand in a path as a namespace: letters, digits, '-'.
bool proper_namespace(std::string_view api_namespace);

}  // namespace pf::host::prism
