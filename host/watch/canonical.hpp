// Canonical texts: the same JSON text for the same content, whatever the order of members and of
// elements that are objects.
#pragma once

#include <set>
#include <string>
#include <string_view>

#include "prismforet/abi/reader.h"

namespace pf::host::watch {

// `path` is the dotted path of the value; what is at or below one of `ignored` is left out, and
// ignored itself has an empty text.
std::string canonical(pf_val value, const std::string& path,
                      const std::set<std::string, std::less<>>& ignored);

// `text` as a JSON string.
std::string quoted(std::string_view text);

}  // namespace pf::host::watch
