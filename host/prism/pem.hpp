// Certificates and digests as people paste them into a form. Pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace pf::host::prism {

// The PEM blocks of `text` with the line breaks PEM needs, also when they were lost, became spaces
// or a literal backslash n. Text outside of CERTIFICATE blocks is dropped. Empty when there is
// none.
std::string repair_pem(std::string_view text);

// A SHA-256 digest as 64 lower-case hex digits; accepts upper case, colons, blanks and a leading
// "SHA256:", "sha256 Fingerprint=" or the like. Nothing when it is not 32 bytes.
std::optional<std::string> parse_sha256(std::string_view text);

}  // namespace pf::host::prism
