// The known name that a misspelt one most likely meant.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace pf::host::runtime {

// "; did you mean 'x'?" for the nearest of `known`, or nothing when none is near.
std::string suggestion(std::string_view word, const std::vector<std::string>& known);

}  // namespace pf::host::runtime
