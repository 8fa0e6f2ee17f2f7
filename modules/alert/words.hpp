// How the generations of Prism's API write the same words: severities, ids, times.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <prismforet/module.hpp>

namespace alert {

// PF_SEVERITY_* of "CRITICAL", "critical", "kCritical", ...; not available for any other text.
std::int32_t severity_of(std::string_view word);
// In lower case; empty when it is no UUID.
std::string uuid_of(std::string_view text);
// Whether two texts are the same but for the case of ASCII letters.
bool same_word(std::string_view a, std::string_view b);
// A time as a text: as it is, or the digits of a whole number; empty for anything else.
std::string time_of(pf::Value value);
// True or false, also as a text as templates write it.
bool truth_of(pf::Value value);

}  // namespace alert
