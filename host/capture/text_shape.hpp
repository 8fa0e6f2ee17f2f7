// The shape of a text: what it can be by its form alone. Pure functions.
#pragma once

#include <string_view>

namespace pf::host::capture {

// 8-4-4-4-12 hex digits, in either case.
bool is_uuid(std::string_view text);
// 1 to 24 digits, perhaps with a sign and a fraction.
bool is_number(std::string_view text);
// RFC 3339, or the date of an HTTP header.
bool is_date(std::string_view text);
// "v4.3", "v4.0.b1", "v1.r0": a version of an API or of a model.
bool is_api_version(std::string_view text);
// Letters, digits and underscores, beginning with a letter: an enumeration's word.
bool is_word(std::string_view text);
// A word with dots, '$', brackets and angles: the name of a type or of an attribute.
bool is_type_name(std::string_view text);
// What releases and models are called: letters, digits, blanks and ( ) . @ _ : / + , -
bool is_product_text(std::string_view text);
// "10.0.0.1"
bool is_ipv4(std::string_view text);
// Any text form of an IPv6 address.
bool is_ipv6(std::string_view text);
// Six pairs of hex digits with ':' or '-' between.
bool is_mac(std::string_view text);
// Labels with dots between, the last one of letters: "pc1.example.com".
bool is_host_name(std::string_view text);

}  // namespace pf::host::capture
