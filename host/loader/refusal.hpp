// Refusal: why a module does not come into service.
//
// Every refusal has a stable reason code, so that people can search for it and tests can name it.
// Its message says which rule was broken and how to mend it; the loader puts the module's name and
// file in front.
#pragma once

#include <string>
#include <string_view>

#include "host/base/status.hpp"
#include "host/document/nearest.hpp"

namespace pf::host::loader {

namespace reason {
// Enabled, but there is no such library.
inline constexpr std::string_view unavailable = "ERROR_MODULE_UNAVAILABLE";
// The modules directory cannot be read.
inline constexpr std::string_view directory = "ERROR_MODULE_DIRECTORY";
// Not a regular file, not readable, or too large.
inline constexpr std::string_view file = "ERROR_MODULE_FILE";
// Not an ELF shared library, or a damaged one.
inline constexpr std::string_view not_elf = "ERROR_MODULE_NOT_ELF";
// Built for another processor.
inline constexpr std::string_view architecture = "ERROR_MODULE_ARCHITECTURE";
// Exports something else than the entry symbol, or nothing.
inline constexpr std::string_view symbols = "ERROR_MODULE_SYMBOLS";
// Needs a library that modules must not bring into the process.
inline constexpr std::string_view needed = "ERROR_MODULE_NEEDED";
// The file <name>.module.json is missing or cannot be read.
inline constexpr std::string_view sidecar = "ERROR_MODULE_SIDECAR";
// The descriptor breaks a rule of its format.
inline constexpr std::string_view descriptor = "ERROR_MODULE_DESCRIPTOR";
// The descriptor's name is not the library's name.
inline constexpr std::string_view name = "ERROR_MODULE_NAME";
// The descriptor inside the library is not the one beside it.
inline constexpr std::string_view descriptor_differs = "ERROR_MODULE_DESCRIPTOR_DIFFERS";
// Host and module do not speak the same version of the module ABI.
inline constexpr std::string_view abi = "ERROR_MODULE_ABI";
// A symbol or symbol version the library uses does not exist here.
inline constexpr std::string_view unresolved = "ERROR_MODULE_UNRESOLVED";
// The dynamic linker refused the library for another reason.
inline constexpr std::string_view load = "ERROR_MODULE_LOAD";
// A module of this name was found before.
inline constexpr std::string_view duplicate = "ERROR_MODULE_DUPLICATE";
// Its configuration does not fit its config_schema.
inline constexpr std::string_view config = "ERROR_MODULE_CONFIG";
// create failed, or registered something the host cannot use.
inline constexpr std::string_view create = "ERROR_MODULE_CREATE";
}  // namespace reason

// A FAILED_PRECONDITION with the message "<rule>; <fix>".
Status refuse(std::string_view reason, std::string_view rule, std::string_view fix);

using document::enumerate;
using document::nearest_name;
using document::suggestion;

// True for [a-z][a-z0-9_]* of at most 64 characters: names of modules, endpoints, kinds, look-ups.
bool is_name(std::string_view text);

}  // namespace pf::host::loader
