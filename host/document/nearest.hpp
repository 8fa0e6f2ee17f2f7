// Words near to each other: what a misspelt key was meant to be.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace pf::host::document {

// "a, b and 3 more": at most `shown` of the texts.
std::string enumerate(const std::vector<std::string>& texts, std::size_t shown = 5);

// The text of `known` closest to `word` when it is close enough to be a misspelling; else empty.
std::string nearest_name(std::string_view word, const std::vector<std::string>& known);

// "; did you mean 'x'?" for the nearest of `known`, or nothing.
std::string suggestion(std::string_view word, const std::vector<std::string>& known);

}  // namespace pf::host::document
